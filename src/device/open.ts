import type { AudioSink } from '../audio/contract.js';
import { createSink, createSource } from '../audio/create.js';
import { Closers } from '../closers.js';
import type { EngineContext, Log } from '../engineContext.js';
import type { EventLog } from '../events/eventLog.js';
import { createLanguageModel } from '../language-model/create.js';
import { dataFolder } from '../paths.js';
import type { LoadedProfile } from '../profile/load.js';
import type { DeviceProfile } from '../profile/schema.js';
import { loadSkills } from '../skills/create.js';
import { createSpeechOutput } from '../speech-output/create.js';
import { createSpeechToText } from '../speech-to-text/create.js';
import { Answerers } from './answerers.js';
import { chartInput } from './chartInput.js';
import { ConversationMemory } from './conversationMemory.js';
import { Device } from './device.js';
import { engineContext } from './engines.js';
import { type Mouth, Page, Voice } from './mouth.js';
import { Notices } from './notices.js';
import { openEar } from './openEar.js';
import { type Pace, RealTimePace, ReplayPace } from './pace.js';

/** Where a conversation comes from and goes to. */
export interface TalkOptions {
  /** `mic`, a WAV file, or `-`. */
  readonly in: string;
  /** `speaker` or a WAV file. */
  readonly out: string;
  readonly fast?: boolean;
  /** No sound at all. */
  readonly text?: boolean;
  readonly mqtt?: string;
}

export interface RunningDevice {
  readonly device: Device;
  /** Hears until the file has ended and everything is said, or until `signal` fires. Rejects where the microphone is lost for good. */
  listen(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Everything that a profile names, loaded, put together and started. What was loaded until a failure is closed again. */
export async function openTalk(
  loaded: LoadedProfile<DeviceProfile>,
  options: TalkOptions,
  events: EventLog,
  log: Log,
): Promise<RunningDevice> {
  const closers = new Closers();
  try {
    return await open(loaded, options, events, engineContext(loaded, log), closers);
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

async function open(
  loaded: LoadedProfile<DeviceProfile>,
  options: TalkOptions,
  events: EventLog,
  context: EngineContext,
  closers: Closers,
): Promise<RunningDevice> {
  const { profile } = loaded;
  const withSound = options.text !== true;
  const pace: Pace = options.fast === true ? new ReplayPace() : new RealTimePace();
  const sink = withSound ? closers.add(await createSink(profile.audio, { out: options.out })) : undefined;
  const source = withSound
    ? closers.add(
        await createSource(profile.audio, {
          in: options.in,
          fast: options.fast === true,
          moreSilence: () => !device.asleep || voiceIsBusy(),
        }),
      )
    : undefined;
  const [languageModel, speechToText] = await Promise.all([
    createLanguageModel(profile.languageModel, context).then((engine) => closers.add(engine)),
    withSound ? createSpeechToText(profile.speechToText, context).then((engine) => closers.add(engine)) : undefined,
  ]);
  const hearing = source === undefined ? undefined : await openEar(profile, { source, pace, sink, events, context, closers });
  const mouth: Mouth = closers.add(
    sink === undefined
      ? new Page((text) => process.stdout.write(text))
      : new Voice(await createSpeechOutput(profile.speechOutput, context), sink, pace),
  );
  const skills = closers.add(
    await loadSkills({ dataFolder: dataFolder(), languages: profile.languages, ring: (alert) => device.alerts.add(alert) }),
  );
  const memory = new ConversationMemory(profile.conversation.forgetAfterMs);
  let volume = profile.audio.volume;
  sink?.setVolume(volume);
  const answerers = new Answerers({
    skills,
    skillContext: (signal) => ({
      signal,
      offers: (language) => skills.skills.map((skill) => skill.offer[language]),
      stopEverything: () => device.alerts.stopAll(),
      lastAnswer: () => memory.lastAnswer(),
      volume: () => volume,
      setVolume: (percent) => {
        volume = percent;
        sink?.setVolume(percent);
      },
      setMuted: (muted) => device.send({ type: muted ? 'MUTE' : 'UNMUTE' }),
    }),
    languageModel,
    systemMessage: profile.languageModel.systemMessage,
    maxAnswerTokens: profile.languageModel.maxAnswerTokens,
    memory,
    events,
    pace,
    router: { decide: async () => ({ to: 'device', reason: 'no-host' }) },
    host: undefined,
  });
  const device: Device = new Device({
    chart: chartInput(profile),
    languages: profile.languages,
    earcons: profile.audio.earcons,
    events,
    pace,
    ear: hearing?.ear,
    sink,
    mouth,
    speechToText,
    answerers,
    memory,
    notices: Notices.load(),
  });
  closers.call(() => device.stop());
  device.start();
  events.emit({
    event: 'ready',
    profile: profile.name,
    engines: {
      ...(hearing === undefined ? {} : { wakeWord: hearing.words.join(', ') }),
      ...(speechToText === undefined ? {} : { speechToText: speechToText.label }),
      languageModel: languageModel.label,
      ...(withSound ? { speechOutput: profile.speechOutput.engine } : {}),
    },
  });
  const voiceIsBusy = (): boolean => false;
  return {
    device,
    listen: async (signal) => {
      await hearing?.ear.run(signal);
    },
    close: () => closers.close(),
  };
}
