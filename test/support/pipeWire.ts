import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { endProcess } from './endProcess.js';
import { eventually } from './eventually.js';

export interface PipeWire {
  /** Name of its sound card, which hears what it plays. */
  readonly card: string;
  /** A loudspeaker, and a microphone that hears what it plays. */
  addRoom(loudspeaker: string, microphone: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A PipeWire server of the test's own, with its session manager and a sound card that hears what it plays. Until `stop`, programs that
 * this process starts use it: the variables are set in `process.env`. `configuration`: what somebody has written for theirs.
 */
export async function startPipeWire(card = 'tandem', configuration?: string): Promise<PipeWire> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-pipewire-'));
  if (configuration !== undefined) {
    const own = join(folder, '.config', 'pipewire', 'pipewire.conf.d');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'tandem.conf'), configuration);
  }
  const running: ChildProcess[] = [];
  const names = ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'] as const;
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  process.env.HOME = folder;
  process.env.XDG_RUNTIME_DIR = folder;

  const start = (program: string, ...args: readonly string[]) => running.push(spawn(program, args, { stdio: 'ignore' }));
  const stop = async () => {
    for (const program of running.toReversed()) await endProcess(program);
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const bus = join(folder, 'bus');
    process.env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${bus}`;
    start('dbus-daemon', '--session', '--nofork', `--address=unix:path=${bus}`);
    await eventually('the message bus listens', () => existsSync(bus));
    start('pipewire');
    await eventually('PipeWire listens', () => existsSync(join(folder, 'pipewire-0')));
    start('wireplumber');
    await create(card, 'Audio/Duplex');
    await eventually('the session manager is there', async () => (await run('pw-cli', 'ls', 'Client')).includes('WirePlumber'), 15_000);
  } catch (error) {
    await stop();
    throw error;
  }
  const addRoom = async (loudspeaker: string, microphone: string) => {
    await create(loudspeaker, 'Audio/Sink');
    await create(microphone, 'Audio/Source/Virtual');
    await run('pw-link', `${loudspeaker}:monitor_MONO`, `${microphone}:input_MONO`);
  };
  return { card, addRoom, stop };
}

async function create(name: string, what: 'Audio/Duplex' | 'Audio/Sink' | 'Audio/Source/Virtual'): Promise<void> {
  const properties = `factory.name=support.null-audio-sink node.name=${name} media.class=${what} object.linger=true audio.position=[MONO]`;
  await run('pw-cli', 'create-node', 'adapter', `{ ${properties} }`);
  const heardAt = `${name}:${what === 'Audio/Sink' ? 'monitor' : 'capture'}_MONO`;
  await eventually(`${name} has its connections`, async () => (await run('pw-link', '-io')).includes(heardAt), 15_000);
}

async function run(program: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000 });
  return await text(child.stdout);
}
