import { execFile } from 'node:child_process';
import type { Log } from '../engineContext.js';
import { TandemError } from '../errors.js';
import { type AudioOptions, ECHO_CANCEL_SINK, ECHO_CANCEL_SOURCE } from './options.js';
import { findProgram } from './programs/findProgram.js';

const LIMIT_MS = 5_000;

export type EchoCancelOptions = Pick<AudioOptions, 'echoCancel' | 'inputDevice' | 'outputDevice'>;

/** The sound server's echo canceller: a microphone and a loudspeaker that know of each other, so that the device does not hear itself. */
export class EchoCanceller {
  /** Number of the module that was loaded; undefined where somebody else had set it up, who then also takes it away. */
  readonly #module: string | undefined;

  private constructor(module: string | undefined) {
    this.#module = module;
  }

  /**
   * What the profile wants is there when this resolves; undefined where it wants none. PulseAudio's is loaded, PipeWire's must have been
   * set up. Throws `TandemError` `echo-canceller-missing`.
   */
  static async open(options: EchoCancelOptions): Promise<EchoCanceller | undefined> {
    if (options.echoCancel === 'none') return undefined;
    if (options.echoCancel === 'pipewire') {
      if (await hasPipeWireNode()) return new EchoCanceller(undefined);
      throw missing('PipeWire has no echo canceller', echoCancelHelp(options));
    }
    if (await hasPulseSource()) return new EchoCanceller(undefined);
    return new EchoCanceller(await loadModule(options));
  }

  async close(): Promise<void> {
    if (this.#module !== undefined) await run('pactl', 'unload-module', this.#module).catch(() => {});
  }
}

/** Where it is missing the device goes on without, and says so in the log. */
export async function echoCancellerOrWarning(options: EchoCancelOptions, log: Log): Promise<EchoCanceller | undefined> {
  try {
    return await EchoCanceller.open(options);
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    log.warn({ code: error.code }, `${error.message} ${error.remedy ?? ''}`.trim());
    return undefined;
  }
}

/** What a person does to have what the profile wants. */
function echoCancelHelp({ echoCancel, inputDevice, outputDevice }: EchoCancelOptions): string {
  if (echoCancel !== 'pipewire') return 'Install it: sudo apt install pulseaudio pulseaudio-utils; with PipeWire: pipewire-pulse';
  const target = (device: string | undefined): string => (device === undefined ? '' : ` target.object = ${JSON.stringify(device)}`);
  const lines = [
    'context.modules = [ { name = libpipewire-module-echo-cancel args = { library.name = aec/libspa-aec-webrtc',
    `  capture.props = { node.name = "echo-cancel-capture"${target(inputDevice)} } source.props = { node.name = "${ECHO_CANCEL_SOURCE}" }`,
    `  sink.props = { node.name = "${ECHO_CANCEL_SINK}" } playback.props = { node.name = "echo-cancel-playback"${target(outputDevice)} } } } ]`,
  ];
  return `Write this into ~/.config/pipewire/pipewire.conf.d/tandem-echo-cancel.conf and run \`systemctl --user restart pipewire\`:\n${lines.join('\n')}`;
}

async function loadModule({ inputDevice, outputDevice }: EchoCancelOptions): Promise<string> {
  const masters = [
    ...(inputDevice === undefined ? [] : [`source_master=${inputDevice}`]),
    ...(outputDevice === undefined ? [] : [`sink_master=${outputDevice}`]),
  ];
  const names = [`source_name=${ECHO_CANCEL_SOURCE}`, `sink_name=${ECHO_CANCEL_SINK}`];
  try {
    return (await run('pactl', 'load-module', 'module-echo-cancel', 'aec_method=webrtc', ...names, ...masters)).trim();
  } catch (error) {
    throw missing('The sound server does not load its echo canceller', echoCancelHelp({ echoCancel: 'pulseaudio' }), error);
  }
}

async function hasPulseSource(): Promise<boolean> {
  const sources = await run('pactl', 'list', 'short', 'sources').catch(() => '');
  return sources.split('\n').some((line) => line.split('\t')[1] === ECHO_CANCEL_SOURCE);
}

async function hasPipeWireNode(): Promise<boolean> {
  const nodes = await run('pw-cli', 'ls', 'Node').catch(() => '');
  return nodes.includes(`node.name = "${ECHO_CANCEL_SOURCE}"`);
}

async function run(program: string, ...args: readonly string[]): Promise<string> {
  const path = await findProgram(program);
  if (path === undefined) throw new Error(`${program} is not installed`);
  return await new Promise((resolve, reject) => {
    const options = { timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 1_000_000, env: { ...process.env, LC_ALL: 'C' } } as const;
    execFile(path, args, options, (error, output) => (error === null ? resolve(output) : reject(error)));
  });
}

function missing(what: string, remedy: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'echo-canceller-missing',
    stage: 'audio',
    message: `${what}: the device hears itself while it speaks.`,
    remedy,
    cause,
  });
}
