import { join } from 'node:path';
import { openButtons } from '../buttons/open.js';
import { Closers } from '../closers.js';
import type { EngineContext, Log } from '../engineContext.js';
import type { EventLog } from '../events/eventLog.js';
import type { LanguageModel } from '../language-model/contract.js';
import { createLanguageModel } from '../language-model/create.js';
import { MuteSwitch } from '../mute-switch/muteSwitch.js';
import { dataFolder } from '../paths.js';
import type { LoadedProfile } from '../profile/load.js';
import type { DeviceProfile } from '../profile/schema.js';
import { createRouter } from '../routing/create.js';
import { openSignals } from '../signals/open.js';
import { loadSkills } from '../skills/create.js';
import { Answerers } from './answering/answerers.js';
import { ConversationMemory } from './answering/conversationMemory.js';
import { KeptConversation } from './answering/keptConversation.js';
import { orWithout, WithoutModel } from './answering/withoutModel.js';
import { chartInput } from './chartInput.js';
import { obey, press } from './commands.js';
import { Device } from './device.js';
import { engineContext } from './engines.js';
import { keepHearing } from './hearing/keepHearing.js';
import { microphoneNews } from './hearing/microphoneNews.js';
import { openHandoff } from './openHandoff.js';
import { type Pace, RealTimePace, ReplayPace } from './pace.js';
import { Alerts } from './speaking/alerts.js';
import { Page } from './speaking/mouth.js';
import { Notices } from './speaking/notices.js';
import { QuietHours } from './speaking/quietHours.js';
import { Volume } from './speaking/volume.js';
import type { TalkOptions } from './talkOptions.js';

export interface RunningDevice {
  readonly device: Device;
  /** Hears until the file has ended and everything is said, or until `signal` fires. A microphone that goes is waited for. */
  listen(signal: AbortSignal): Promise<void>;
  /** What the person wants, 0 to 100; quiet hours may keep it lower. */
  volume(): number;
  setVolume(percent: number): void;
  /** What was said so far in this conversation. */
  readonly memory: ConversationMemory;
  /** Hosts that the device believes in at present. */
  hosts(): number;
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
  const context = engineContext(loaded, log);
  try {
    return await open(loaded, options, events, context, closers);
  } catch (error) {
    await closers.close().catch(() => {});
    if (options.text !== true) await (await import('./speaking/lastWords.js')).sayLastWords(error, loaded.profile, options.out, context);
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
  const pace: Pace = options.rehearsal?.pace ?? (options.fast === true ? new ReplayPace() : new RealTimePace());
  const withSwitch = options.text === true ? undefined : profile.hardwareMute;
  const muteSwitch = withSwitch === undefined ? undefined : closers.add(await MuteSwitch.open(withSwitch, loaded.folder, events));
  const busy = (): boolean => !device.quiet;
  const sound = options.text === true ? undefined : await openSoundFor(profile, options, { pace, context, closers, muteSwitch, busy });
  const languageModel = closers.add(await openLanguageModel(profile, options, context));
  const mouth = sound?.mouth ?? new Page((text) => process.stdout.write(text));
  const quietHours = new QuietHours(profile.quietHours, pace.skillClock);
  const volume = new Volume(profile.audio.volume, quietHours, (percent) => sound?.sink.setVolume(percent));
  const setVolume = (percent: number): void => volume.set(percent);
  const alerts = new Alerts((ringing) => volume.ring(ringing));
  closers.call(
    quietHours.watch((quiet) => {
      volume.refresh();
      alerts.hush(quiet);
    }),
  );
  const folder = options.rehearsal?.dataFolder ?? dataFolder();
  const skills = await loadSkills({
    dataFolder: folder,
    languages: profile.languages,
    ring: (alert) => alerts.add(alert),
    onTrouble: (error) => device.reportError(error),
    clock: pace.skillClock,
  });
  const notices = Notices.load();
  const host = await openHandoff(loaded, options.mqtt, events, context, (command) => obey(command, device, profile.languages, setVolume));
  if (host !== undefined) closers.add(host);
  closers.add(await openSignals(profile.signals, { events, folder: loaded.folder, broker: host }));
  const memory = await openMemory(profile, folder, pace, context.log, closers);
  const answerers = new Answerers({
    skills,
    skillContext: (signal) => ({
      signal,
      offers: (language) => skills.skills.map((skill) => skill.offer[language]),
      stopEverything: () => alerts.stopAll(),
      lastAnswer: () => memory.lastAnswer(),
      volume: () => volume.heard,
      setVolume,
      setMuted: (muted) => device.send({ type: muted ? 'MUTE' : 'UNMUTE' }),
    }),
    languageModel,
    systemMessage: profile.languageModel.systemMessage,
    maxAnswerTokens: profile.languageModel.maxAnswerTokens,
    memory,
    events,
    pace,
    router: createRouter(profile.routing),
    host,
    notices,
  });
  const device: Device = new Device({
    chart: chartInput(profile),
    alerts,
    languages: profile.languages,
    earcons: () => profile.audio.earcons && !quietHours.active,
    events,
    pace,
    ear: sound?.ear,
    sink: sound?.sink,
    mouth,
    speechToText: sound?.speechToText,
    answerers,
    memory,
    notices,
    sentencesAtOnce: profile.conversation.sentencesAtOnce,
    home: host,
  });
  // Skills first: what rings while the device ends is kept for the next start, not taken as stopped.
  closers.call(async () => {
    await skills.close();
    await device.stop();
  });
  device.start();
  muteSwitch?.watch((off) => device.send({ type: off ? 'SWITCH_OFF' : 'SWITCH_ON' }));
  closers.add(await openButtons(profile.buttons, { events, folder: loaded.folder, onPress: (action) => press(action, device) }));
  events.emit({ event: 'ready', profile: profile.name, engines: { ...sound?.engines, languageModel: languageModel.label } });
  const [language = 'en'] = profile.languages;
  if (languageModel instanceof WithoutModel) {
    const { code, stage, message, remedy = '' } = languageModel.reason;
    events.emit({ event: 'error', code, stage, message: `${message} ${remedy}`.trim(), recoverable: true });
    if (sound !== undefined && !quietHours.active) device.send({ type: 'SAY', text: notices.withoutModel(language), language });
  }
  return {
    device,
    memory,
    listen: async (signal) => {
      if (sound !== undefined) await keepHearing(sound.ear, signal, microphoneNews({ device, events, notices, language }));
      if (!signal.aborted) await device.idle();
    },
    volume: () => volume.wanted,
    setVolume,
    hosts: () => host?.hostsAvailable().count ?? 0,
    close: () => closers.close(),
  };
}

/** Loaded only where there is sound at all: `--text` starts without its engines. */
async function openSoundFor(...[profile, options, parts]: Parameters<typeof import('./openSound.js').openSound>) {
  const { openSound } = await import('./openSound.js');
  return await openSound(profile, options, parts);
}

/** Somebody at a keyboard reads what is missing; a speaker goes on with what works. */
async function openLanguageModel(profile: DeviceProfile, options: TalkOptions, context: EngineContext): Promise<LanguageModel> {
  const create = () => createLanguageModel(profile.languageModel, context);
  const load = () => options.rehearsal?.engines?.languageModel(profile.languageModel, create) ?? create();
  return await (options.needsModel === true || options.text === true ? load() : orWithout(load));
}

async function openMemory(
  { conversation: { forgetAfterMs }, privacy }: DeviceProfile,
  folder: string,
  pace: Pace,
  log: Log,
  closers: Closers,
): Promise<ConversationMemory> {
  const path = join(folder, 'conversation.json');
  const kept = await KeptConversation.open({ path, keep: privacy.keepConversation, forgetAfterMs, clock: pace.skillClock, log });
  return new ConversationMemory(forgetAfterMs, () => pace.now(), closers.add(kept));
}
