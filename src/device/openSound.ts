import type { AudioSink } from '../audio/contract.js';
import { createSink, createSource } from '../audio/create.js';
import { echoCancellerOrWarning } from '../audio/echoCanceller.js';
import { TimelineSink } from '../audio/playback/timelineSink.js';
import type { Closers } from '../closers.js';
import type { EngineContext } from '../engineContext.js';
import type { MuteSwitch } from '../mute-switch/muteSwitch.js';
import { SwitchedSource } from '../mute-switch/switchedSource.js';
import type { DeviceProfile } from '../profile/schema.js';
import { createSpeechOutput } from '../speech-output/create.js';
import { overheard } from '../speech-output/overheard.js';
import { makeSpeakable } from '../speech-output/speakable/makeSpeakable.js';
import type { SpeechToText } from '../speech-to-text/contract.js';
import { createSpeechToText } from '../speech-to-text/create.js';
import { createStopWord } from '../stop-word/create.js';
import { createVoiceActivity } from '../voice-activity/create.js';
import { createWakeWord } from '../wake-word/create.js';
import { Ear } from './hearing/ear.js';
import { OwnVoice } from './hearing/ownVoice.js';
import type { Pace } from './pace.js';
import type { Mouth } from './speaking/mouth.js';
import { Voice } from './speaking/voice.js';
import type { TalkOptions } from './talkOptions.js';

export interface SoundParts {
  readonly pace: Pace;
  readonly context: EngineContext;
  readonly closers: Closers;
  /** Undefined where the profile has none. */
  readonly muteSwitch: MuteSwitch | undefined;
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

export async function openSound(profile: DeviceProfile, options: TalkOptions, parts: SoundParts): Promise<Sound> {
  const { pace, context, closers, busy } = parts;
  const { rehearsal } = options;
  const live = options.in === 'mic' && options.out === 'speaker';
  const echoCanceller = live ? await echoCancellerOrWarning(profile.audio, context.log) : undefined;
  if (echoCanceller !== undefined) closers.add(echoCanceller);
  const audio = echoCanceller === undefined ? ({ ...profile.audio, echoCancel: 'none' } as const) : profile.audio;
  const sink = closers.add(
    await createSink(audio, { out: options.out, ...(rehearsal === undefined ? {} : { onPlayed: rehearsal.onPlayed }) }),
  );
  sink.setVolume(profile.audio.volume);
  const input = closers.add(
    typeof options.in === 'string'
      ? await createSource(audio, { in: options.in, fast: options.fast === true, moreSilence: busy, log: context.log })
      : options.in,
  );
  const source = parts.muteSwitch === undefined ? input : new SwitchedSource(input, parts.muteSwitch, options.in === 'mic');
  const wakeWord = await createWakeWord(profile.wakeWord, profile.voiceActivity, context);
  if (wakeWord !== undefined) closers.add(wakeWord);
  const stopWord = await createStopWord(profile.stopWord, profile.voiceActivity, profile.languages, context);
  if (stopWord !== undefined) closers.add(stopWord);
  const ownVoice = echoCanceller === undefined ? closers.add(await OwnVoice.load(pace, stopWord)) : undefined;
  const voice = closers.add(await createVoiceActivity(profile.voiceActivity));
  const recogniser = () => createSpeechToText(profile.speechToText, context);
  const speechToText = closers.add(await (rehearsal?.engines?.speechToText(profile.speechToText, recogniser) ?? recogniser()));
  const speechOutput = await createSpeechOutput(profile.speechOutput, context);
  // The rules for speech are compiled at their first use: here, so that the first answer does not wait for it.
  for (const language of profile.languages) makeSpeakable('One.', language);
  const mouth = closers.add(
    new Voice(rehearsal === undefined ? speechOutput : overheard(speechOutput, rehearsal.onWords), sink, pace, ownVoice),
  );
  const ear = new Ear({
    source,
    pace,
    timekeeper: sink instanceof TimelineSink ? sink : undefined,
    wakeWord,
    stopWord,
    ownVoice,
    voice,
    voiceThreshold: profile.voiceActivity.threshold,
    endpointing: profile.endpointing,
    followUpMs: profile.conversation.followUpMs,
  });
  return {
    ear,
    sink,
    mouth,
    speechToText,
    engines: {
      wakeWord: wakeWord === undefined ? 'none: push to talk' : wakeWord.words.join(', '),
      ...(stopWord === undefined ? {} : { stopWord: stopWord.words.join(', ') }),
      speechToText: speechToText.label,
      speechOutput: profile.speechOutput.engine,
    },
  };
}
