import { createInterface, type Interface } from 'node:readline';
import type { Device } from '../device/device.js';
import { languageOf } from '../device/hearing/languageOf.js';
import type { Language } from '../speech-to-text/contract.js';
import { unlessStopped } from '../waiting.js';
import type { TalkScreen } from './talkScreen.js';

/** The longest question taken from a line, characters. */
const MAX_QUESTION = 2_000;

/** Lines of standard input. One that nobody waited for any more is there for whoever asks next. */
export class QuestionLines {
  private readonly lines: Interface;
  private readonly iterator: AsyncIterator<string>;
  private coming: Promise<IteratorResult<string>> | undefined;

  constructor(input: NodeJS.ReadableStream = process.stdin) {
    this.lines = createInterface({ input, terminal: false });
    this.iterator = this.lines[Symbol.asyncIterator]();
  }

  /** Undefined where the input has ended or `signal` fires. */
  async next(signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) return undefined;
    this.coming ??= this.iterator.next();
    let stop = (): void => {};
    const stopped = new Promise<undefined>((resolve) => {
      stop = () => resolve(undefined);
      signal.addEventListener('abort', stop);
    });
    try {
      const line = await Promise.race([this.coming, stopped]);
      if (line === undefined) return undefined;
      this.coming = undefined;
      return line.done === true ? undefined : line.value;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.lines.close();
  }
}

/** `--text`: a question a line; the next one is taken when the answer to the last is written. Ends soon after `signal` fires. */
export async function answerLines(
  device: Pick<Device, 'send' | 'idle'>,
  languages: readonly Language[],
  lines: QuestionLines,
  screen: TalkScreen,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    if (process.stdin.isTTY) screen.status('> ');
    const line = await lines.next(signal);
    if (signal.aborted) screen.status('');
    else screen.lineTaken();
    if (line === undefined) return;
    const text = line.trim().slice(0, MAX_QUESTION);
    if (text === '') continue;
    if (line.trim().length > MAX_QUESTION) screen.problem(`Only the first ${MAX_QUESTION} characters of that line were taken.`);
    device.send({ type: 'ASK', question: { text, language: languageOf(text, languages) } });
    await unlessStopped(device.idle(), signal);
  }
}

/** Keys while it listens to a microphone. Returns what gives the terminal back. */
export function watchKeys(device: Device, quit: () => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  const onKey = (data: Buffer): void => {
    for (const key of data.toString('utf8')) {
      if (key === '\u0003' || key === 'q') quit();
      else if (key === ' ' || key === '\r') device.send({ type: 'PUSH' });
      else if (key === 's' || key === '\u001b') device.send({ type: 'STOP' });
      else if (key === 'm') device.send({ type: 'TOGGLE_MUTE' });
    }
  };
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', onKey);
  return () => {
    stdin.off('data', onKey);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

export const KEYS = 'space: talk   s: stop   m: mute   q: quit';
