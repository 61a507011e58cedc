import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { EventFile } from '../events/eventFile.js';
import { EventLog } from '../events/eventLog.js';
import { lookAround } from '../handoff/lookAround.js';
import { HostScreen } from '../host/hostScreen.js';
import { brokerOf, type OpenedHost, openHost } from '../host/openHost.js';
import { loadHostProfile, loadProfile } from '../profile/load.js';
import { mistakeText } from '../profile/mistake.js';
import { logToStderr } from './log.js';
import { stopOnSignals } from './signals.js';
import { surroundingsText } from './surroundingsText.js';

interface Flags {
  readonly profile: string;
  readonly mqtt?: string;
  readonly broker?: boolean;
  readonly status?: boolean;
  readonly events?: string;
}

export function register(program: Command): void {
  program
    .command('host')
    .description('answer hard questions for the devices at home')
    .option('--profile <name|file>', 'profile of the host', 'home-server')
    .option('--mqtt <url>', "the broker, instead of the profile's")
    .option('--broker', 'bring a broker along, for trying out: on this machine alone, with no accounts and no TLS')
    .option('--status', 'show the hosts and devices at the broker, and end')
    .option('--events <file.jsonl>', 'write what happens to a file')
    .action((flags: Flags) => (flags.status === true ? status(flags) : host(flags)));
}

async function status(flags: Flags): Promise<void> {
  if (flags.broker === true || flags.events !== undefined) throw new UsageError('--status goes with neither --broker nor --events.');
  const log = logToStderr();
  const reach = await brokerOf(await loadProfile(flags.profile), flags.mqtt, log);
  process.stdout.write(`${surroundingsText(await lookAround({ ...reach, log }), reach.mqtt.url)}\n`);
}

async function host(flags: Flags): Promise<void> {
  const loaded = await loadHostProfile(flags.profile);
  for (const warning of loaded.warnings) process.stderr.write(`tandem: ${mistakeText(warning)}\n`);
  const events = new EventLog();
  const stopping = stopOnSignals();
  let opened: OpenedHost | undefined;
  const screen = new HostScreen(() => ({
    name: opened?.name ?? loaded.profile.name,
    connected: opened?.host.connected ?? false,
    devices: opened?.host.devices ?? 0,
    queueLimit: loaded.profile.host.queueLimit,
    figures: opened?.host.figures,
  }));
  const file =
    flags.events === undefined
      ? undefined
      : await EventFile.open(flags.events, events, (error) => process.stderr.write(`tandem: ${error.message} ${error.remedy ?? ''}\n`));
  let wasConnected = true;
  try {
    opened = await openHost(
      loaded,
      {
        ...(flags.mqtt === undefined ? {} : { mqttUrl: flags.mqtt }),
        broker: flags.broker === true,
        onProgress: (line) => screen.line(line),
        onEvent: (event) => {
          events.emit({ event: 'request', ...event });
          screen.event(event);
        },
        onChange: () => {
          screen.changed();
          if (opened === undefined || opened.host.connected === wasConnected) return;
          wasConnected = opened.host.connected;
          if (!stopping.signal.aborted) screen.line(wasConnected ? 'The broker is back.' : 'The broker is away; trying to reach it again.');
        },
      },
      logToStderr(),
      stopping.signal,
    );
    events.emit({ event: 'ready', profile: loaded.profile.name, engines: { languageModel: opened.model } });
    screen.line(`${opened.name} is ready: ${opened.model}, pool ${loaded.profile.host.pool}. Ctrl-C ends it.`);
    await fired(stopping.signal);
    const { running, queue } = opened.host.figures ?? { running: 0, queue: 0 };
    if (running + queue > 0)
      screen.line(`Ending: ${running} running will be finished, ${queue} waiting go elsewhere. Ctrl-C again ends at once.`);
    await opened.drain();
  } finally {
    screen.close();
    stopping.dispose();
    await file?.close();
  }
}

function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
