import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AudioSource, msToSamples } from '../../src/audio/contract.js';
import { openTalk, type RunningDevice } from '../../src/device/open.js';
import { ReplayPace } from '../../src/device/pace.js';
import { EventLog } from '../../src/events/eventLog.js';
import type { LoggedEvent } from '../../src/events/events.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import { Stage } from '../../src/scenario/stage.js';
import { KeptLog } from './keptLog.js';

/** A person would have lost patience long ago, in ms of the input. */
const LIMIT_MS = 120_000;

/** A whole device of the starter profile in a room: time passes while somebody waits for something. */
export class Room implements AudioSource {
  readonly label = 'room';
  readonly events: LoggedEvent[] = [];
  /** What the loudspeaker plays comes back into the microphone multiplied by this. */
  echo = 0;
  running: RunningDevice | undefined;
  readonly #stage: Stage;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tandem-room-'));
  readonly #stop = new AbortController();
  #listening: Promise<void> = Promise.resolve();
  #wanted: { readonly is: () => boolean; readonly until: number; readonly done: (came: boolean) => void } | undefined;
  #goOn: () => void = () => {};
  /** Samples of input until the last one that was heard of the device. */
  lastSound = 0;

  private constructor() {
    const echo = (): number => this.echo;
    this.#stage = new Stage({
      goesOn: () => true,
      background: undefined,
      get echo() {
        return echo();
      },
      copy: undefined,
    });
  }

  static async open(): Promise<Room> {
    const room = new Room();
    const loaded = await loadDeviceProfile('starter');
    const profile = { ...loaded.profile, audio: { ...loaded.profile.audio, earcons: false } };
    const log = new EventLog();
    log.listen((event) => room.events.push(event));
    const rehearsal = {
      pace: new ReplayPace(),
      dataFolder: room.#folder,
      onPlayed: (samples: Int16Array) => {
        if (samples.some((sample) => Math.abs(sample) > 100)) room.lastSound = room.#stage.position;
        room.#stage.loudspeaker(samples);
      },
      onWords: () => {},
    };
    const out = join(room.#folder, 'out.wav');
    room.running = await openTalk({ ...loaded, profile }, { in: room, out, fast: true, rehearsal }, log, new KeptLog());
    room.#listening = room.running.listen(room.#stop.signal);
    return room;
  }

  get device(): RunningDevice['device'] {
    if (this.running === undefined) throw new Error('the device is not open');
    return this.running.device;
  }

  /** Samples of input so far. */
  get position(): number {
    return this.#stage.position;
  }

  /** Somebody says this, from now on. */
  play(samples: Int16Array): void {
    this.#stage.play(samples);
  }

  /** Lets time pass until this is so; false where it is not within two minutes. */
  async until(is: () => boolean): Promise<boolean> {
    return await new Promise<boolean>((done) => {
      this.#wanted = { is, until: this.position + msToSamples(LIMIT_MS), done };
      this.#goOn();
    });
  }

  async passes(ms: number): Promise<void> {
    const from = this.position;
    await this.until(() => this.position - from >= msToSamples(ms));
  }

  /** Names of what happened since `from`, an index into `events`. */
  since(from: number): string[] {
    return this.events.slice(from).map(({ event }) => event);
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    signal.addEventListener('abort', () => this.#goOn(), { once: true });
    for await (const frame of this.#stage.frames(signal)) {
      yield frame;
      await this.#somebodyWaits(signal);
    }
  }

  async close(): Promise<void> {}

  async leave(): Promise<void> {
    this.#stop.abort();
    await this.#listening;
    await this.running?.close();
    rmSync(this.#folder, { recursive: true });
  }

  async #somebodyWaits(signal: AbortSignal): Promise<void> {
    const wanted = this.#wanted;
    if (wanted !== undefined && (wanted.is() || this.position > wanted.until)) {
      this.#wanted = undefined;
      wanted.done(wanted.is());
    }
    while (this.#wanted === undefined && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#goOn = resolve;
      });
    }
  }
}
