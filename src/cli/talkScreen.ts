import type { LoggedEvent } from '../events/events.js';

/** What somebody at the terminal sees of a conversation: one line for each thing that happened, on standard error. */
export class TalkScreen {
  private readonly onlyProblems: boolean;

  /** `onlyProblems`: the answers themselves are on standard output. */
  constructor(onlyProblems: boolean) {
    this.onlyProblems = onlyProblems;
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
    process.stderr.write(`${line}\n`);
  }

  problem(line: string): void {
    process.stderr.write(`tandem: ${line.trim()}\n`);
  }
}

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
