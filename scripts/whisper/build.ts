/** Builds whisper.cpp's server and whisper-node's program for this machine: `scripts/build-whisper`. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { codeOf, TandemError } from '../../src/errors.js';
import { dataFolder } from '../../src/paths.js';
import { serverBuild, type WhisperBuild, whisperNodeBuild } from '../../src/speech-to-text/whisper/builds.js';

/** Bytes that one compiler needs for the largest files; a board with little memory compiles fewer at a time. */
const COMPILER_MEMORY = 700e6;
const jobs = String(Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / COMPILER_MEMORY))));

const say = (text: string): void => void process.stderr.write(`set-up: ${text}\n`);

/** Builds in a folder of its own and moves it into place when it is whole, so that a build cut in the middle is never used. */
async function build(what: WhisperBuild, make: (folder: string) => Promise<void>): Promise<void> {
  if (existsSync(what.program)) return;
  const begin = performance.now();
  say(`building ${what.name} for this processor (some minutes, once)`);
  await mkdir(join(dataFolder(), 'whisper'), { recursive: true });
  await removeLeftOvers(join(dataFolder(), 'whisper'));
  const folder = await mkdtemp(join(dataFolder(), 'whisper', `building-${process.pid}-`));
  try {
    await make(folder);
    await rm(what.folder, { recursive: true, force: true });
    await rename(folder, what.folder);
  } catch (error) {
    // Another build may have been quicker.
    if (!existsSync(what.program)) throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say(`${what.name} is built, in ${Math.round((performance.now() - begin) / 1000)} s`);
}

/** Of builds that were ended in the middle. */
async function removeLeftOvers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const builder = Number(/^building-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (builder > 0 && !isRunning(builder)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function buildServer(folder: string): Promise<void> {
  // A copy: its CMake file writes into the source's folder.
  const source = join(folder, 'source');
  await cp(join(serverBuild().source, 'cpp', 'whisper.cpp'), source, { recursive: true });
  const work = join(folder, 'build');
  const options = ['CMAKE_BUILD_TYPE=Release', 'GGML_NATIVE=ON', 'BUILD_SHARED_LIBS=OFF', 'WHISPER_BUILD_TESTS=OFF', 'GGML_CCACHE=OFF'];
  await run('cmake', ['-S', source, '-B', work, ...options.map((option) => `-D${option}`)]);
  await run('cmake', ['--build', work, '--target', 'whisper-server', '-j', jobs]);
  await copyFile(join(work, 'bin', 'whisper-server'), join(folder, 'whisper-server'));
  await copyFile(join(source, 'LICENSE'), join(folder, 'LICENSE'));
  for (const done of [source, work]) await rm(done, { recursive: true });
}

async function buildWhisperNode(folder: string): Promise<void> {
  const { source } = whisperNodeBuild();
  for (const part of ['package.json', 'dist', 'lib']) await cp(join(source, part), join(folder, part), { recursive: true });
  await run('make', ['-C', join(folder, 'lib', 'whisper.cpp'), '-j', jobs, 'main']);
}

/** Runs a program of the build; its output is kept in a log, which is named where it fails. A percentage in it is told now and then. */
async function run(program: string, args: readonly string[]): Promise<void> {
  const output: Buffer[] = [];
  let told = 0;
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        output.push(data);
        const percent = Number(/\[ *(\d+)%\]/.exec(data.toString())?.[1] ?? 0);
        if (percent < told + 20) return;
        told = percent;
        say(`  ${percent} %`);
      });
    }
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  const log = join(dataFolder(), 'whisper', 'build.log');
  const text = Buffer.concat(output).toString();
  await writeFile(log, text);
  const lastLines = text.trimEnd().split('\n').slice(-5).join('\n');
  throw new TandemError({
    code: 'whisper-build-failed',
    stage: 'speech-to-text',
    message: `${program} failed:\n${lastLines}`,
    remedy: `The whole output: ${log}`,
  });
}

try {
  await build(serverBuild(), buildServer);
  await build(whisperNodeBuild(), buildWhisperNode);
} catch (error) {
  say(error instanceof TandemError ? `${error.message}\n${error.remedy ?? ''}` : String(error));
  process.exitCode = 1;
}
