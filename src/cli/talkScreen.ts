import type { TandemError } from '../errors.js';
import type { LoggedEvent } from '../events/events.js';
import type { ProgressOutput } from './progress.js';

/** What somebody at the terminal sees of a conversation: one line for each thing that happened, on standard error. */
export class TalkScreen {
  private readonly onlyProblems: boolean;
  private readonly output: ProgressOutput;
  /** The line below all others: the cursor stands behind it. */
  private last = '';

  /** `onlyProblems`: the answers themselves are on standard output. */
  constructor(onlyProblems: boolean, output: ProgressOutput = process.stderr) {
    this.onlyProblems = onlyProblems;
    this.output = output;
  }

  show(event: LoggedEvent): void {
    if (event.event === 'error') this.problem(event.message);
    else if (event.event === 'notice') this.problem(event.message);
    else if (!this.onlyProblems) {
      const line = lineFor(event);
      if (line !== undefined) this.hint(line);
    }
  }

  hint(line: string): void {
    this.write(`${line}\n`);
  }

  problem(line: string): void {
    this.write(`tandem: ${line.trim()}\n`);
  }

  trouble({ message, remedy }: TandemError): void {
    this.problem(`${message} ${remedy ?? ''}`);
  }

  /** Whole lines; they go above the last one. */
  write(lines: string): void {
    this.output.write(this.last === '' ? lines : `${CLEAR}${lines}${this.last}`);
  }

  /** Keeps a line below all others, as long as it is not empty. Only for a terminal. */
  status(text: string): void {
    const fits = text.slice(0, widthOf(this.output) - 1);
    if (fits !== '' || this.last !== '') this.output.write(`${CLEAR}${fits}`);
    this.last = fits;
  }

  /** The person has ended the last line by the return key: it stays where it is. */
  lineTaken(): void {
    this.last = '';
  }
}

/** Some terminals say 0. */
function widthOf({ columns = 0 }: ProgressOutput): number {
  return columns > 0 ? columns : 100;
}

/** Back to the beginning of the line, which is emptied. */
const CLEAR = '\r\u001b[2K';

function lineFor(event: LoggedEvent): string | undefined {
  switch (event.event) {
    case 'ready':
      return `${event.profile} is ready. ${event.engines.wakeWord === undefined ? '' : `Wake word: ${event.engines.wakeWord}.`}`.trim();
    case 'wake':
      return `· heard "${event.word}" (${event.score.toFixed(2)})`;
    case 'transcript':
      return event.text === '' ? undefined : `you: ${event.text}`;
    case 'route':
      return `· ${event.to} answers (${event.reason})`;
    case 'sentence':
      return event.text === '' ? undefined : `tandem: ${event.text}`;
    case 'barge-in':
      return '· interrupted';
    default:
      return undefined;
  }
}
