import type { AudioSink, AudioSource } from '../../audio/contract.js';
import { createSink, createSource } from '../../audio/create.js';
import { echoCancellerOrWarning } from '../../audio/echoCanceller.js';
import type { AudioOptions } from '../../audio/options.js';
import { TimelineSink } from '../../audio/playback/timelineSink.js';
import { throwIfAborted } from '../../errors.js';
import type { MuteSwitch } from '../../mute-switch/muteSwitch.js';
import { SwitchedSource } from '../../mute-switch/switchedSource.js';
import { createSpeechOutput } from '../../speech-output/create.js';
import { overheard } from '../../speech-output/overheard.js';
import { makeSpeakable } from '../../speech-output/speakable/makeSpeakable.js';
import type { SpeechToText } from '../../speech-to-text/contract.js';
import { createSpeechToText } from '../../speech-to-text/create.js';
import { createStopWord } from '../../stop-word/create.js';
import { createVoiceActivity } from '../../voice-activity/create.js';
import { createWakeWord } from '../../wake-word/create.js';
import { Ear } from '../hearing/ear.js';
import { OwnVoice } from '../hearing/ownVoice.js';
import type { Mouth } from '../speaking/mouth.js';
import { Voice } from '../speaking/voice.js';
import type { Opening } from './opening.js';

/** Everything between the microphone and the text, and between the text and the loudspeaker. */
export interface Sound {
  readonly ear: Ear;
  readonly sink: AudioSink;
  readonly mouth: Mouth;
  readonly speechToText: SpeechToText;
  readonly wakeWords: readonly string[];
  /** By stage, what it runs on, for people to see. */
  readonly engines: Readonly<Record<string, string>>;
}

/** `muteSwitch`: undefined where the profile has none. */
export async function openSound(opening: Opening, muteSwitch: MuteSwitch | undefined): Promise<Sound> {
  const { loaded, options, pace, context, closers } = opening;
  const { profile } = loaded;
  const live = options.in === 'mic' && options.out === 'speaker';
  const echoCanceller = closers.add(live ? await echoCancellerOrWarning(profile.audio, context.log) : undefined);
  const audio = echoCanceller === undefined ? ({ ...profile.audio, echoCancel: 'none' } as const) : profile.audio;
  const sink = await openSink(opening, audio);
  const source = await openSource(opening, audio, muteSwitch);
  const wakeWord = closers.add(await createWakeWord(profile.wakeWord, profile.voiceActivity, context));
  const stopWord = closers.add(await createStopWord(profile.stopWord, profile.voiceActivity, profile.languages, context));
  const ownVoice = closers.add(echoCanceller === undefined ? await OwnVoice.load(pace, stopWord) : undefined);
  const voice = closers.add(await createVoiceActivity(profile.voiceActivity));
  throwIfAborted(options.signal, 'device');
  const speechToText = await openSpeechToText(opening);
  const mouth = await openVoice(opening, sink, ownVoice);
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
  const engines = {
    wakeWord: wakeWord === undefined ? 'none: push to talk' : wakeWord.words.join(', '),
    ...(stopWord === undefined ? {} : { stopWord: stopWord.words.join(', ') }),
    speechToText: speechToText.label,
    speechOutput: profile.speechOutput.engine,
  };
  return { ear, sink, mouth, speechToText, wakeWords: wakeWord?.words ?? [], engines };
}

async function openSink({ options: { out, rehearsal }, closers }: Opening, audio: AudioOptions) {
  const sink = closers.add(await createSink(audio, { out, ...(rehearsal === undefined ? {} : { onPlayed: rehearsal.onPlayed }) }));
  sink.setVolume(audio.volume);
  return sink;
}

async function openSource(
  { options, context: { log }, closers, toCome }: Opening,
  audio: AudioOptions,
  muteSwitch: MuteSwitch | undefined,
): Promise<AudioSource> {
  // A file goes on with silence until the device has finished with what it heard.
  const moreSilence = () => toCome.device?.quiet === false;
  const source = closers.add(
    typeof options.in === 'string'
      ? await createSource(audio, { in: options.in, fast: options.fast === true, moreSilence, log })
      : options.in,
  );
  return muteSwitch === undefined ? source : new SwitchedSource(source, muteSwitch, options.in === 'mic');
}

async function openSpeechToText({ loaded: { profile }, options, context, closers }: Opening): Promise<SpeechToText> {
  const create = () => createSpeechToText(profile.speechToText, context);
  return closers.add(await (options.rehearsal?.engines?.speechToText(profile.speechToText, create) ?? create()));
}

async function openVoice(
  { loaded: { profile }, options: { rehearsal }, pace, context, closers }: Opening,
  sink: AudioSink,
  ownVoice: OwnVoice | undefined,
): Promise<Voice> {
  const output = await createSpeechOutput(profile.speechOutput, context);
  // The rules for speech are compiled at their first use: here, so that the first answer does not wait for it.
  for (const language of profile.languages) makeSpeakable('One.', language);
  return closers.add(new Voice(rehearsal === undefined ? output : overheard(output, rehearsal.onWords), sink, pace, ownVoice));
}
