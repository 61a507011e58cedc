import type { AudioSink } from '../audio/contract.js';
import { createSink, createSource } from '../audio/create.js';
import { TimelineSink } from '../audio/playback/timelineSink.js';
import type { Closers } from '../closers.js';
import type { EngineContext } from '../engineContext.js';
import type { DeviceProfile } from '../profile/schema.js';
import { createSpeechOutput } from '../speech-output/create.js';
import type { SpeechToText } from '../speech-to-text/contract.js';
import { createSpeechToText } from '../speech-to-text/create.js';
import type { Ear } from './ear.js';
import type { Mouth } from './mouth.js';
import type { TalkOptions } from './open.js';
import type { Pace } from './pace.js';
import { Voice } from './voice.js';

export interface SoundParts {
  readonly pace: Pace;
  readonly context: EngineContext;
  readonly closers: Closers;
  /** The device has not finished with what it heard: a file goes on with silence. */
  readonly busy: () => boolean;
}

/** Everything between the microphone and the text, and between the text and the loudspeaker. */
export interface Sound {
  readonly ear: Ear;
  readonly sink: AudioSink;
  readonly mouth: Mouth;
  readonly speechToText: SpeechToText;
  /** By stage, what it runs on, for people to see. */
  readonly engines: Readonly<Record<string, string>>;
}
