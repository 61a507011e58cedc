import type { Log } from '../engineContext.js';
import type { AudioSource } from './contract.js';
import { FileSource } from './fileSource.js';
import type { AudioOptions } from './options.js';
import { PatientMicrophone } from './patientMicrophone.js';
import { Speaker } from './playback/speaker.js';
import { TimelineSink } from './playback/timelineSink.js';

export interface SourceChoice {
  /** `mic`, a WAV file's path, or `-` for a WAV file on standard input. */
  readonly in: string;
  /** Files only: as fast as the frames are asked for, not at the pace of real time. */
  readonly fast?: boolean;
  /** Files only: asked after the end before each frame; true gives one more, of silence. */
  readonly moreSilence?: () => boolean;
  readonly log?: Log;
}

export interface SinkChoice {
  /** `speaker`, or the path of a WAV file to write. */
  readonly out: string;
  /** Files only: told of each stretch as it goes into the file. */
  readonly onPlayed?: (samples: Int16Array) => void;
}

/** What the device hears. Throws `TandemError` for what is wrong with a file; a microphone that is not there may still come. */
export async function createSource(options: AudioOptions, choice: SourceChoice): Promise<AudioSource> {
  if (choice.in === 'mic') return await PatientMicrophone.load(options, choice.log);
  const { fast = false, moreSilence, log } = choice;
  return await FileSource.load(choice.in, {
    pace: fast ? 'fast' : 'real-time',
    ...(moreSilence === undefined ? {} : { moreSilence }),
    ...(log === undefined ? {} : { log }),
  });
}

/** Where the device plays. A `TimelineSink` wants to be told of the time by `advance`. Throws `TandemError`: `player-missing`, `wav-not-written`. */
export async function createSink(options: AudioOptions, choice: SinkChoice): Promise<Speaker | TimelineSink> {
  if (choice.out === 'speaker') return await Speaker.load(options);
  return await TimelineSink.load(choice.out, options.volume, choice.onPlayed);
}
