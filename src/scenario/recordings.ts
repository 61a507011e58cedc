import { resolve } from 'node:path';
import { withGain } from '../audio/pcm.js';
import { readWav } from '../audio/wav/reader.js';
import type { LoadedScenario } from './load.js';

/** All that the microphone of a scenario will hear, 16 kHz, as loud as the scenario says. */
export interface Recordings {
  /** By the number of the turn; undefined where the turn is no recording. */
  readonly turns: readonly (Int16Array | undefined)[];
  readonly background: Int16Array | undefined;
}

/** Rejects with a `TandemError` that says what is wrong with a file. */
export async function readRecordings({ scenario, folder }: LoadedScenario): Promise<Recordings> {
  const read = async (file: string, gain: number): Promise<Int16Array> => withGain(await readWav(resolve(folder, file)), gain, gain);
  const { background, turns } = scenario;
  return {
    turns: await Promise.all(turns.map(async ({ hear, level }) => (hear === undefined ? undefined : await read(hear, level ?? 1)))),
    background: background === undefined ? undefined : await read(background.hear, background.level),
  };
}
