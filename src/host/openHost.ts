import { Closers } from '../closers.js';
import type { Log } from '../engineContext.js';
import { throwIfAborted, UsageError } from '../errors.js';
import type { RequestEvent } from '../events/events.js';
import { nameInTopics } from '../handoff/names.js';
import { type Reach, reachBroker } from '../handoff/reach.js';
import type { LanguageModel } from '../language-model/contract.js';
import { createLanguageModel } from '../language-model/create.js';
import { engineContext } from '../profile/engineContext.js';
import type { LoadedProfile } from '../profile/load.js';
import type { HostProfile, Profile } from '../profile/schema.js';
import { EmbeddedBroker } from './embeddedBroker.js';
import { Host } from './host.js';

/** How long the broker is waited for at the start, ms: at a power cut everything boots at once. */
const brokerWaitMs = 10_000;
const warmUpLimitMs = 120_000;

export interface OpenHostOptions {
  /** Instead of the profile's broker. */
  readonly mqttUrl?: string;
  /** Starts a broker inside this process. */
  readonly broker?: boolean;
  readonly onProgress: (line: string) => void;
  readonly onEvent: (event: RequestEvent) => void;
  readonly onChange: () => void;
}

export interface OpenedHost {
  readonly host: Host;
  readonly name: string;
  readonly model: string;
  /** Finishes what runs, then closes everything. */
  drain(): Promise<void>;
}

/** Everything that a host's profile names, loaded and at work. What was opened until a failure is closed again. */
export async function openHost(
  loaded: LoadedProfile<HostProfile>,
  options: OpenHostOptions,
  log: Log,
  signal: AbortSignal,
): Promise<OpenedHost> {
  const closers = new Closers();
  try {
    return await open(loaded, options, log, signal, closers);
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

async function open(
  loaded: LoadedProfile<HostProfile>,
  options: OpenHostOptions,
  log: Log,
  signal: AbortSignal,
  closers: Closers,
): Promise<OpenedHost> {
  const { profile } = loaded;
  const { onProgress, onEvent, onChange } = options;
  const reach = await brokerOf(loaded, options.mqttUrl, log);
  const name = nameInTopics(profile.host.name, reach.mqtt.username);
  const mqtt = options.broker === true ? { ...reach.mqtt, url: await startBroker(reach.mqtt.url, onProgress, closers) } : reach.mqtt;
  const host = new Host({ ...reach, mqtt, name, options: profile.host, log, onEvent, onChange });
  closers.call(() => host.close());
  const waiting = setTimeout(() => onProgress(`Waiting for the broker at ${mqtt.url} …`), 1_000);
  await host.whenConnected(brokerWaitMs).finally(() => clearTimeout(waiting));
  throwIfAborted(signal, 'host');
  onProgress(`Connected to ${mqtt.url} (MQTT ${host.protocol}). Loading ${profile.languageModel.model} …`);
  const models = await loadModels(loaded, log, closers);
  throwIfAborted(signal, 'host');
  const warm = await warmUp(models, profile.languageModel.systemMessage.en, signal);
  host.serve(models, warm);
  return {
    host,
    name,
    model: models[0]?.label ?? '',
    drain: async () => {
      await host.drain();
      await closers.close();
    },
  };
}

/** The broker of a profile, `url` going before what is in it. For `--status` too. */
export function brokerOf(loaded: LoadedProfile<Profile>, url: string | undefined, log: Log): Promise<Reach> {
  const { secret } = engineContext(loaded, log);
  return reachBroker({ mqtt: loaded.profile.mqtt, url, folder: loaded.folder, secret });
}

async function startBroker(url: string, onProgress: (line: string) => void, closers: Closers): Promise<string> {
  const broker = closers.add(await EmbeddedBroker.start(url));
  onProgress(`A broker of its own runs at ${broker.url}, with no accounts and no TLS: for trying out.`);
  if (broker.open) onProgress('Everybody in this network can use it. For more than trying out: scripts/mosquitto/setup.');
  return broker.url;
}

/** One model for each answer that is generated at once; only servers can be asked several things at a time. */
async function loadModels(loaded: LoadedProfile<HostProfile>, log: Log, closers: Closers): Promise<readonly LanguageModel[]> {
  const { languageModel, host } = loaded.profile;
  if (host.maxConcurrent > 1 && languageModel.engine !== 'openAiCompatible') {
    throw new UsageError(
      `host.maxConcurrent is ${host.maxConcurrent}, but the ${languageModel.engine} engine answers one question at a time.`,
      'Leave it at 1, use the openAiCompatible engine, or start several hosts with the same pool.',
    );
  }
  const models: LanguageModel[] = [];
  for (let at = 0; at < host.maxConcurrent; at += 1) {
    models.push(closers.add(await createLanguageModel(languageModel, engineContext(loaded, log))));
  }
  return models;
}

/** The first answer of a model is slower than those after it; and its speed is worth knowing. Tokens per second. */
async function warmUp(models: readonly LanguageModel[], systemMessage: string, signal: AbortSignal): Promise<number | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(warmUpLimitMs)]);
  const messages = [
    { role: 'system', content: systemMessage },
    { role: 'user', content: 'Hello!' },
  ] as const;
  const generations = await Promise.all(models.map((model) => model.generate({ messages, maxTokens: 16, signal: limit })));
  throwIfAborted(signal, 'host');
  return generations[0]?.tokensPerSecond;
}
