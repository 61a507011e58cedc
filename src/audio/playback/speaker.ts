import { pause } from '../../waiting.js';
import { SAMPLE_RATE } from '../contract.js';
import type { AudioOptions } from '../options.js';
import { gainOf, toBytes } from '../pcm.js';
import { type ChosenProgram, chooseProgram } from '../programs/choose.js';
import { startPlayer } from '../programs/runningProgram.js';
import { allowed, deviceOf, players } from '../programs/soundPrograms.js';
import { type Playback, Player } from './player.js';
import { ProgramPlayback } from './programPlayback.js';

export type SpeakerOptions = Pick<AudioOptions, 'output' | 'outputDevice' | 'echoCancel' | 'volume'>;

const TRIAL_MS = 3_000;
/** 50 ms of silence. */
const TRIAL_SOUND = new Int16Array(SAMPLE_RATE / 20);

/** The loudspeaker, through a program of the sound system: `pw-play`, `paplay` or `aplay`, started for each piece of sound. */
export class Speaker extends Player {
  readonly label: string;
  readonly #chosen: ChosenProgram;
  readonly #gain: { now: number };

  private constructor(chosen: ChosenProgram, volume: number) {
    super();
    this.label = chosen.program.name;
    this.#chosen = chosen;
    this.#gain = { now: gainOf(volume) };
  }

  /** Finds a program that plays. Throws `TandemError` `player-missing`. */
  static async load(options: SpeakerOptions): Promise<Speaker> {
    const device = deviceOf(options).output;
    const programs = allowed(players, { system: options.output, device, echoCancel: options.echoCancel });
    const chosen = await chooseProgram({ what: 'player', programs, device, trial });
    return new Speaker(chosen, options.volume);
  }

  setVolume(percent: number): void {
    this.#gain.now = gainOf(percent);
  }

  protected override begin(signal: AbortSignal, onStart: () => void): Playback {
    return new ProgramPlayback(this.#chosen, this.#gain, signal, onStart);
  }
}

const HANGS = 'it does not play';

/** Undefined where the program plays. One that hangs is tried again: PipeWire now and then forgets to connect a sound. */
async function trial(chosen: ChosenProgram): Promise<string | undefined> {
  const complaint = await playOnce(chosen);
  return complaint === HANGS ? await playOnce(chosen) : complaint;
}

async function playOnce(chosen: ChosenProgram): Promise<string | undefined> {
  const program = startPlayer(chosen.path, chosen.argumentsFor(SAMPLE_RATE));
  program.input.end(toBytes(TRIAL_SOUND));
  const limit = new AbortController();
  const code = await Promise.race([program.ended, pause(TRIAL_MS, limit.signal)]);
  const ended = program.hasEnded();
  limit.abort();
  await program.stop(0);
  if (program.hasWrongRate()) return 'it plays at another speed; name the device with plughw: instead of hw:';
  if (ended && code === 0) return undefined;
  return ended ? program.lastWords() || 'it ended at once' : HANGS;
}
