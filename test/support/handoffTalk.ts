import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { LoggedEvent } from '../../src/events/events.js';
import { projectRoot } from '../../src/paths.js';
import { eventually } from './eventually.js';
import { type CommandSettings, TandemProcess } from './handoffCommand.js';

/** The starter profile with a hand-off whose limits are short, written as text for a file of its own. */
export function deviceProfile(device: string, handoff: object = {}): string {
  const profiles = join(projectRoot, 'device-profiles');
  const starter = parse(readFileSync(join(profiles, 'starter.yaml'), 'utf8'));
  const model = join(profiles, starter.languageModel.model);
  const phrases = join(profiles, starter.speechToText.phrases);
  return stringify({
    ...starter,
    name: 'Short of patience',
    languageModel: { ...starter.languageModel, model },
    speechToText: { ...starter.speechToText, phrases },
    mqtt: { keepAliveSeconds: 1, connectTimeoutMs: 1_000, reconnectMinMs: 50, reconnectMaxMs: 300 },
    handoff: { enabled: true, device, ...patience, ...handoff },
  });
}

/** What a device of these tests waits for a host, ms. */
export const patience = {
  acceptedTimeoutMs: 1_500,
  firstTextTimeoutMs: 2_500,
  idleTimeoutMs: 1_500,
  deadlineMs: 6_000,
  gapTimeoutMs: 300,
  staleAfterMs: 1_500,
};

/** For the starter model's answer, on a machine that is busy otherwise, ms. */
const localModelMs = 15_000;

export interface AskedDevice {
  /** The answer as it stands on the terminal now. */
  readonly text: string;
  /** What the device's event log says since the question. */
  readonly events: readonly LoggedEvent[];
  /** The whole answer; rejects where it takes longer than the deadline of the hand-off and the local model's time. */
  answer(): Promise<string>;
}

/** `tandem talk --text` with a broker, as a person at the terminal has it. */
export class TalkProcess {
  readonly #process: TandemProcess;
  readonly #events: string;

  private constructor(process: TandemProcess, events: string) {
    this.#process = process;
    this.#events = events;
  }

  /** Resolves when it is ready for questions, whether broker and hosts are there or not. */
  static async start(profile: string, url: string, events: string, settings: CommandSettings = {}): Promise<TalkProcess> {
    const args = ['talk', '--text', '--profile', profile, '--mqtt', url, '--events', events];
    const talk = new TalkProcess(new TandemProcess(args, settings), events);
    try {
      await eventually('the device is ready', () => talk.#logged().some(({ event }) => event === 'ready'), 60_000);
    } catch (error) {
      await talk.close();
      throw new Error(talk.#process.err, { cause: error });
    }
    return talk;
  }

  /** One question at a time. */
  ask(question: string): AskedDevice {
    const [printed, logged] = [this.#process.out.length, this.#logged().length];
    const printedSince = () => this.#process.out.slice(printed);
    const loggedSince = () => this.#logged().slice(logged);
    this.#process.write(question);
    return {
      get text() {
        return printedSince().trim();
      },
      get events() {
        return loggedSince();
      },
      answer: async () => {
        // What is printed takes another way here than what is logged.
        const over = () => {
          const events = loggedSince();
          const last =
            events
              .findLast((event) => event.event === 'sentence')
              ?.text.replaceAll(/\s+/g, ' ')
              .trim() ?? '';
          return events.some(({ event }) => event === 'turn-end') && printedSince().endsWith('\n') && printedSince().includes(last);
        };
        await eventually(`"${question}" is answered`, over, patience.deadlineMs + localModelMs);
        return printedSince().trim();
      },
    };
  }

  get complaints(): string {
    return this.#process.err;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.signal(signal);
  }

  async close(): Promise<void> {
    await this.#process.close();
  }

  #logged(): readonly LoggedEvent[] {
    if (!existsSync(this.#events)) return [];
    const lines = readFileSync(this.#events, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as LoggedEvent);
  }
}

/** Where the question went first: `host`, `device`. */
export function routeOf({ events }: AskedDevice): string | undefined {
  return events.find((event) => event.event === 'route')?.to;
}

/** Why no host answered it to the end; undefined where one did. */
export function fallbackOf({ events }: AskedDevice): string | undefined {
  return events
    .flatMap((event) => (event.event === 'handoff' && event.state === 'failed' && event.host === undefined ? [event] : []))
    .at(-1)?.code;
}
