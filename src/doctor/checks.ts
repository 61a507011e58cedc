import { Microphone } from '../audio/microphone.js';
import { Speaker } from '../audio/playback/speaker.js';
import type { Log } from '../engineContext.js';
import { type TandemError, toTandemError, UsageError } from '../errors.js';
import { lookAround, type Surroundings } from '../handoff/lookAround.js';
import { reachBroker } from '../handoff/reach.js';
import { createLanguageModel } from '../language-model/create.js';
import { engineContext } from '../profile/engineContext.js';
import type { LoadedProfile } from '../profile/load.js';
import type { DeviceProfile, HostProfile } from '../profile/schema.js';
import { createSpeechOutput } from '../speech-output/create.js';
import { createSpeechToText } from '../speech-to-text/create.js';
import { createStopWord } from '../stop-word/create.js';
import { createWakeWord } from '../wake-word/create.js';
import { echoCancelling } from './echo.js';
import type { Finding } from './finding.js';
import { helpersOf } from './helpers.js';

/** Above this, a round trip on one's own network says that small messages wait for each other somewhere, ms. */
const SLOW_ROUND_TRIP_MS = 20;

interface Closable {
  close(): Promise<void>;
}

/** Loads each engine of the profile and lets go of it; asks the broker, `mqttUrl` before the profile's, who is there. Nothing is changed. */
export async function examine(loaded: LoadedProfile, log: Log, mqttUrl?: string): Promise<readonly Finding[]> {
  const { profile } = loaded;
  const context = engineContext(loaded, log);
  const findings = [await tries('language model', async () => await createLanguageModel(profile.languageModel, context))];
  if (profile.kind === 'device') {
    const device = loaded as LoadedProfile<DeviceProfile>;
    findings.push(...(await soundOf(device, log)), ...(await helpersOf(device)));
  }
  if (profile.mqtt !== undefined || mqttUrl !== undefined) findings.push(...(await brokerOf(loaded, log, mqttUrl)));
  return findings;
}

async function soundOf(loaded: LoadedProfile<DeviceProfile>, log: Log): Promise<readonly Finding[]> {
  const { profile } = loaded;
  const context = engineContext(loaded, log);
  const wakeWord = await tries('wake word', async () => {
    const detector = await createWakeWord(profile.wakeWord, profile.voiceActivity, context);
    return detector === undefined ? undefined : Object.assign(detector, { says: detector.notice });
  });
  const stopWord = await tries(
    'stop word',
    async () => await createStopWord(profile.stopWord, profile.voiceActivity, profile.languages, context),
  );
  return [
    ...(await echoCancelling(profile.audio, async (isThere) => {
      const audio = isThere ? profile.audio : ({ ...profile.audio, echoCancel: 'none' } as const);
      const microphone = await tries('microphone', async () => await Microphone.load(audio, log));
      return [microphone, await tries('loudspeaker', async () => await Speaker.load(audio))];
    })),
    wakeWord,
    stopWord,
    await tries('speech-to-text', async () => await createSpeechToText(profile.speechToText, context)),
    await tries('speech output', async () => await createSpeechOutput(profile.speechOutput, context)),
  ];
}

async function brokerOf(
  loaded: LoadedProfile<DeviceProfile | HostProfile>,
  log: Log,
  url: string | undefined,
): Promise<readonly Finding[]> {
  const { secret } = engineContext(loaded, log);
  try {
    const reach = await reachBroker({ mqtt: loaded.profile.mqtt, url, folder: loaded.folder, secret });
    return judge(await lookAround({ ...reach, log }), reach.mqtt.url);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return [bad('broker', error)];
  }
}

/** What is said of a broker and the hosts at it. */
export function judge({ protocol, hosts }: Surroundings, url: string): readonly Finding[] {
  const broker: Finding = { what: 'broker', state: 'good', detail: `${url}, MQTT ${protocol}` };
  if (hosts.length === 0) {
    return [broker, { what: 'hosts', state: 'poor', detail: 'none has been here', remedy: 'Start one: tandem host' }];
  }
  return [
    broker,
    ...hosts.map(({ host, status, roundTripMs }): Finding => {
      const what = `host ${host}`;
      if (status.state === 'offline') return { what, state: 'poor', detail: 'offline', remedy: 'Start it: tandem host' };
      if (roundTripMs === undefined)
        return { what, state: 'bad', detail: `${status.state}, but it does not answer`, remedy: 'Restart it.' };
      const detail = `${status.state}, ${status.queue} of ${status.queueLimit} waiting, round trip ${roundTripMs.toFixed(1)} ms`;
      if (roundTripMs < SLOW_ROUND_TRIP_MS) return { what, state: 'good', detail };
      return { what, state: 'poor', detail, remedy: 'Put "set_tcp_nodelay true" into mosquitto.conf and restart the broker.' };
    }),
  ];
}

async function tries(
  what: string,
  load: () => Promise<(Closable & { readonly label?: string; readonly says?: TandemError | undefined }) | undefined>,
): Promise<Finding> {
  try {
    const thing = await load();
    if (thing === undefined) return { what, state: 'good', detail: 'not used' };
    await thing.close();
    if (thing.says !== undefined) return { ...bad(what, thing.says), state: 'poor' };
    return { what, state: 'good', detail: thing.label ?? 'works' };
  } catch (error) {
    return bad(what, error);
  }
}

function bad(what: string, error: unknown): Finding {
  const { message, remedy } = toTandemError(error, 'device');
  return { what, state: 'bad', detail: message, ...(remedy === undefined ? {} : { remedy }) };
}
