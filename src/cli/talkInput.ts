import { createInterface } from 'node:readline';
import type { Device } from '../device/device.js';
import { languageOf } from '../device/languageOf.js';
import type { Language } from '../speech-to-text/contract.js';

/** The longest question taken from a line, characters. */
const MAX_QUESTION = 2_000;

/** `--text`: a question a line from standard input; the next one is taken when the answer to the last is written. */
export async function answerLines(device: Device, languages: readonly Language[], signal: AbortSignal): Promise<void> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  const stop = (): void => lines.close();
  signal.addEventListener('abort', stop);
  const prompt = (): void => {
    if (process.stdin.isTTY) process.stderr.write('> ');
  };
  try {
    prompt();
    for await (const line of lines) {
      if (signal.aborted) return;
      const text = line.trim().slice(0, MAX_QUESTION);
      if (text !== '') {
        device.send({ type: 'ASK', question: { text, language: languageOf(text, languages) } });
        await device.idle();
      }
      prompt();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
}

/** Keys while it listens to a microphone. Returns what gives the terminal back. */
export function watchKeys(device: Device, quit: () => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  let muted = false;
  const onKey = (data: Buffer): void => {
    for (const key of data.toString('utf8')) {
      if (key === '\u0003' || key === 'q') quit();
      else if (key === ' ' || key === '\r') device.send({ type: 'PUSH' });
      else if (key === 's' || key === '\u001b') device.send({ type: 'STOP' });
      else if (key === 'm') {
        muted = !muted;
        device.send({ type: muted ? 'MUTE' : 'UNMUTE' });
      }
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
