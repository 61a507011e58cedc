import { execFile } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { processorName, usableCores } from '../../language-model/llama/cores.js';
import { freeBytes } from '../../models/space.js';
import { dataFolder, modelsFolder } from '../../paths.js';
import { measureBandwidth } from './bandwidth.js';

/** What the machine has that decides a profile. */

export interface Machine {
  /** `Raspberry Pi 5 Model B Rev 1.0`, where the machine says so. */
  readonly board?: string;
  readonly processor: string;
  readonly architecture: string;
  /** Physical cores that this process may use. */
  readonly cores: number;
  /** Of the processor's abilities, those that make language models quicker. */
  readonly features: readonly string[];
  /** Bytes; a container's limit counts. */
  readonly memory: number;
  /** Bytes a second that all cores together read from memory. */
  readonly bandwidth: number;
  readonly gpu?: Gpu;
  /** Undefined where nothing could be found out. */
  readonly microphone?: boolean;
  /** Programs that are there. */
  readonly installed: readonly string[];
  /** Bytes free for models. */
  readonly diskFree: number;
}

interface Gpu {
  readonly name: string;
  /** Bytes of its own memory, where known. */
  readonly memory?: number;
}

/** Programs that engines, or building them, need. */
const PROGRAMS = ['espeak-ng', 'festival', 'arecord', 'parec', 'pw-record', 'cmake', 'c++', 'make', 'bzip2', 'mosquitto'] as const;

/** As /proc/cpuinfo names them, on x86 and on ARM. */
const FEATURES = ['avx', 'avx2', 'fma', 'f16c', 'avx512f', 'avx512_vnni', 'avx_vnni', 'amx_int8', 'asimd', 'asimddp', 'i8mm', 'sve'];

const ASK_MS = 2_000;

export async function readMachine(measure: (threads: number) => Promise<number> = measureBandwidth): Promise<Machine> {
  const cores = usableCores();
  const [bandwidth, gpu, microphone, diskFree] = await Promise.all([measure(cores), findGpu(), hasMicrophone(), roomForModels()]);
  const board = textOf('/proc/device-tree/model')?.replaceAll('\0', '').trim();
  return {
    ...(board === undefined || board === '' ? {} : { board }),
    processor: processorName(),
    architecture: process.arch,
    cores,
    features: featuresIn(textOf('/proc/cpuinfo') ?? ''),
    memory: memoryLimit(),
    bandwidth,
    ...(gpu === undefined ? {} : { gpu }),
    ...(microphone === undefined ? {} : { microphone }),
    installed: PROGRAMS.filter(isInstalled),
    diskFree,
  };
}

/** `cpuInfo`: the text of /proc/cpuinfo. */
export function featuresIn(cpuInfo: string): readonly string[] {
  const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuInfo)?.[1] ?? '';
  const has = new Set(line.split(/\s+/));
  return FEATURES.filter((feature) => has.has(feature));
}

/** Memory of the machine, or of the container where that is less. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

async function findGpu(): Promise<Gpu | undefined> {
  const nvidia = await ask('nvidia-smi', ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits']);
  const [name, megabytes] =
    nvidia
      ?.split('\n')[0]
      ?.split(',')
      .map((part) => part.trim()) ?? [];
  if (name !== undefined && name !== '') return { name, ...(Number(megabytes) > 0 ? { memory: Number(megabytes) * 2 ** 20 } : {}) };
  if (process.platform === 'darwin' && process.arch === 'arm64') return { name: 'Apple GPU', memory: totalmem() };
  return amdGpu();
}

/** A card of AMD with memory of its own. What shares the processor's memory gains nothing here. */
function amdGpu(): Gpu | undefined {
  for (const card of namesIn('/sys/class/drm').filter((name) => /^card\d+$/.test(name))) {
    const device = join('/sys/class/drm', card, 'device');
    const memory = Number(textOf(join(device, 'mem_info_vram_total')) ?? 0);
    if (textOf(join(device, 'vendor'))?.trim() === '0x1002' && memory >= 4 * 2 ** 30) return { name: 'AMD GPU', memory };
  }
  return undefined;
}

async function hasMicrophone(): Promise<boolean | undefined> {
  const cards = textOf('/proc/asound/pcm');
  if (cards !== undefined && /capture/.test(cards)) return true;
  const sources = await ask('pactl', ['list', 'short', 'sources']);
  if (sources !== undefined) return sources.split('\n').some((line) => line !== '' && !line.includes('.monitor'));
  return cards === undefined && process.platform !== 'linux' ? undefined : false;
}

async function roomForModels(): Promise<number> {
  for (const folder of [modelsFolder(), dataFolder(), process.env.HOME ?? '/', '/']) {
    const free = await freeBytes(folder).catch(() => undefined);
    if (free !== undefined) return free;
  }
  return 0;
}

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What a program prints; undefined where it is not there, fails or takes too long. */
function ask(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: ASK_MS, windowsHide: true }, (error, output) => resolve(error === null ? output.trim() : undefined));
  });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
