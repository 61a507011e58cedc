import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBytes } from '../../src/audio/pcm.js';
import { endProcess } from './endProcess.js';
import { eventually } from './eventually.js';

export interface PulseAudio {
  /** Name of its loudspeaker, which nobody hears. */
  readonly sink: string;
  /** Name of the source that gives what the loudspeaker plays. */
  readonly monitor: string;
  /** Variables that make a program use this server; already set in this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Records what the loudspeaker plays, 16 kHz mono, from when it resolves until `stop`. */
  record(): Promise<Recording>;
  /** Loads a module of PulseAudio. */
  load(module: string, ...args: readonly string[]): Promise<void>;
  /** Kills the server; programs that use it lose it. */
  kill(): Promise<void>;
  /** Starts it again, at the same address. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

export interface Recording {
  /** What was recorded so far. */
  samples(): Int16Array;
  stop(): Promise<Int16Array>;
}

/**
 * A PulseAudio server of the test's own, with a null sink as its sound card. Until `stop`, programs that this process starts use it:
 * the variables are set in `process.env`.
 */
export async function startPulseAudio(sink = 'tandem'): Promise<PulseAudio> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-pulse-'));
  const socket = join(folder, 'pulse', 'native');
  const environment = { HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_SERVER: `unix:${socket}`, PULSE_RUNTIME_PATH: join(folder, 'pulse') };
  const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]));
  Object.assign(process.env, environment);

  const args = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--disable-shm=yes'];
  // Without rewinds it plays as a sound card does, 50 ms at a time; otherwise it keeps whoever drains waiting for two seconds.
  const modules = [
    `module-null-sink sink_name=${sink} rate=48000 norewinds=1`,
    `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
  ];
  const spawnServer = () => spawn('pulseaudio', [...args, ...modules.flatMap((module) => ['-L', module])], { stdio: 'ignore' });
  let server = spawnServer();
  const listens = async () => {
    await eventually('PulseAudio listens', () => existsSync(socket), 15_000);
    await pactl('info');
  };
  const stop = async () => {
    await endProcess(server);
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await listens();
  } catch (error) {
    await stop();
    throw error;
  }
  const monitor = `${sink}.monitor`;
  return {
    sink,
    monitor,
    environment,
    record: () => record(monitor),
    kill: async () => {
      await endProcess(server);
      rmSync(socket, { force: true });
    },
    revive: async () => {
      server = spawnServer();
      await listens();
    },
    load: (module, ...moduleArgs) => pactl('load-module', module, ...moduleArgs),
    stop,
  };
}

async function record(source: string): Promise<Recording> {
  const args = ['--raw', '--format=s16le', '--rate=16000', '--channels=1', '--latency-msec=20', `--device=${source}`];
  const recorder = spawn('parec', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  recorder.stdout.on('data', (bytes: Buffer) => chunks.push(bytes));
  await eventually('the recording runs', () => chunks.length > 0);
  const samples = () => fromBytes(Buffer.concat(chunks));
  return {
    samples,
    stop: async () => {
      await endProcess(recorder);
      return samples();
    },
  };
}

async function pactl(...args: readonly string[]): Promise<void> {
  const child = spawn('pactl', args, { stdio: 'ignore', timeout: 10_000 });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`pactl ${args.join(' ')} failed`);
}
