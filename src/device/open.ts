import { openButtons } from '../buttons/open.js';
import { Closers } from '../closers.js';
import type { Log } from '../engineContext.js';
import { throwIfAborted } from '../errors.js';
import type { EventLog } from '../events/eventLog.js';
import { MuteSwitch } from '../mute-switch/muteSwitch.js';
import { dataFolder } from '../paths.js';
import { engineContext } from '../profile/engineContext.js';
import type { LoadedProfile } from '../profile/load.js';
import type { DeviceProfile } from '../profile/schema.js';
import { openSignals } from '../signals/open.js';
import type { ConversationMemory } from './answering/conversationMemory.js';
import { WithoutModel } from './answering/withoutModel.js';
import { chartInput } from './chartInput.js';
import { obey, press } from './commands.js';
import { Device } from './device.js';
import { keepHearing } from './hearing/keepHearing.js';
import { microphoneNews } from './hearing/microphoneNews.js';
import { DeviceToCome } from './opening/deviceToCome.js';
import { openAnswerers, openMemory } from './opening/openAnswerers.js';
import { openHandoff } from './opening/openHandoff.js';
import type { Opening } from './opening/opening.js';
import { openLanguageModel } from './opening/openLanguageModel.js';
import { openLoudness } from './opening/openLoudness.js';
import type { Sound } from './opening/openSound.js';
import { RealTimePace, ReplayPace } from './pace.js';
import { Page } from './speaking/mouth.js';
import { Notices } from './speaking/notices.js';
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
  const pace = options.rehearsal?.pace ?? (options.fast === true ? new ReplayPace() : new RealTimePace());
  const folder = options.rehearsal?.dataFolder ?? dataFolder();
  try {
    return await open({ loaded, options, dataFolder: folder, pace, events, context, closers, toCome: new DeviceToCome() });
  } catch (error) {
    await closers.close().catch(() => {});
    if (options.text !== true) await (await import('./speaking/lastWords.js')).sayLastWords(error, loaded.profile, options.out, context);
    throw error;
  }
}

/** Part by part; closed in the reverse order. */
async function open(opening: Opening): Promise<RunningDevice> {
  const { loaded, options, pace, events, closers, toCome } = opening;
  const { profile, folder } = loaded;
  const notices = Notices.load();
  const muteSwitch = await openMuteSwitch(opening);
  const sound = await openSound(opening, muteSwitch);
  throwIfAborted(options.signal, 'device');
  const languageModel = await openLanguageModel(opening);
  throwIfAborted(options.signal, 'device');
  const mouth = sound?.mouth ?? new Page((text) => process.stdout.write(text));
  const loudness = openLoudness(opening, sound?.sink);
  const { quietHours, volume, alerts } = loudness;
  const setVolume = (percent: number): void => volume.set(percent);
  const host = await openHandoff(opening, (command) => toCome.tell((device) => obey(command, device, profile.languages, setVolume)));
  closers.add(await openSignals(profile.signals, { events, folder, broker: host }));
  const memory = await openMemory(opening);
  // The skills, opened after this, are closed before it: what rings while the device ends is kept for the next start, not taken as stopped.
  closers.call(() => toCome.device?.stop());
  // A broker may be there for lamps and commands alone; one that is named by hand is there to be tried.
  const handsOff = profile.handoff.enabled || options.mqtt !== undefined;
  const answerers = await openAnswerers(opening, { languageModel, host: handsOff ? host : undefined, memory, notices, loudness });
  const device = new Device({
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
    wakeWords: sound?.wakeWords ?? [],
    answerers,
    memory,
    notices,
    sentencesAtOnce: profile.conversation.sentencesAtOnce,
    home: host,
  });
  device.start();
  muteSwitch?.watch((off) => device.send({ type: off ? 'SWITCH_OFF' : 'SWITCH_ON' }));
  toCome.arrive(device);
  closers.add(await openButtons(profile.buttons, { events, folder, onPress: (action) => press(action, device) }));
  events.emit({ event: 'ready', profile: profile.name, engines: { ...sound?.engines, languageModel: languageModel.label } });
  const [language = 'en'] = profile.languages;
  if (languageModel instanceof WithoutModel) {
    reportMissingModel(languageModel, events);
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

async function openMuteSwitch({ loaded: { profile, folder }, options, events, closers }: Opening): Promise<MuteSwitch | undefined> {
  if (options.text === true || profile.hardwareMute === undefined) return undefined;
  return closers.add(await MuteSwitch.open(profile.hardwareMute, folder, events));
}

/** Undefined with `--text`, which starts without loading the engines of sound at all. */
async function openSound(opening: Opening, muteSwitch: MuteSwitch | undefined): Promise<Sound | undefined> {
  if (opening.options.text === true) return undefined;
  return await (await import('./opening/openSound.js')).openSound(opening, muteSwitch);
}

function reportMissingModel({ reason: { code, stage, message, remedy = '' } }: WithoutModel, events: EventLog): void {
  events.emit({ event: 'error', code, stage, message: `${message} ${remedy}`.trim(), recoverable: true });
}
