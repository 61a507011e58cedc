import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/freePort.js';
import { eventually } from './eventually.js';

/** A real Mosquitto of the test's own, in a folder and on a loopback port of its own. */
export interface MosquittoOptions {
  /** Keeps retained messages over a restart. Default false. */
  readonly persistence?: boolean;
  /** A ready configuration instead of the plain one; must listen on `port`. */
  readonly configFile?: string;
  readonly port?: number;
}

export class Mosquitto {
  readonly port: number;
  readonly #folder: string;
  readonly #configFile: string;
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(port: number, folder: string, configFile: string) {
    this.port = port;
    this.#folder = folder;
    this.#configFile = configFile;
  }

  static async start(options: MosquittoOptions = {}): Promise<Mosquitto> {
    const port = options.port ?? (await freePort());
    const folder = await mkdtemp(join(tmpdir(), 'tandem-mosquitto-'));
    const configFile = options.configFile ?? join(folder, 'mosquitto.conf');
    if (options.configFile === undefined) await writeFile(configFile, plainConfig(port, folder, options.persistence ?? false));
    const broker = new Mosquitto(port, folder, configFile);
    await broker.start();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** What it wrote to its log. */
  get log(): string {
    return this.#said;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async start(): Promise<void> {
    const child = spawn('mosquitto', ['-c', this.#configFile], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    const hear = (data: Buffer) => {
      this.#said = (this.#said + data.toString()).slice(-20_000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => {
      this.#said += error.message;
    });
    await eventually(`mosquitto listens on ${this.port}`, () => {
      if (child.exitCode !== null) throw new Error(`mosquitto ended: ${this.#said}`);
      return accepts(this.port);
    });
  }

  /** SIGKILL leaves no time to write anything down; SIGTERM lets it save. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
  }

  async restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function plainConfig(port: number, folder: string, persistence: boolean): string {
  return [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'set_tcp_nodelay true',
    'max_queued_messages 10000',
    'max_inflight_messages 200',
    `user ${userInfo().username}`,
    ...(persistence ? ['persistence true', `persistence_location ${folder}/`, 'autosave_interval 1'] : ['persistence false']),
    '',
  ].join('\n');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
