import { cp, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AbortedError, codeOf, isAborted, TandemError } from '../errors.js';
import { modelsFolder } from '../paths.js';
import type { CatalogueModel } from './catalogue.js';
import { installVoiceArchive, installVoiceFolder } from './installVoice.js';
import { withLock } from './lock.js';
import { placeOf } from './resolve.js';
import { freeBytes, requireSpace } from './space.js';
import { recordSum } from './sums.js';
import { requireFormat, requireLength, requireSum, sumName } from './whole.js';

/** Taking a model from a file that a person brings, such as from a USB stick. */

export interface AddOptions {
  readonly signal?: AbortSignal;
  /** Bytes copied so far, and all of them. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

const CHUNK_BYTES = 4 * 2 ** 20;

/**
 * `from`: the file as it is downloaded; for a voice also its unpacked folder. It is checked as a download is, copied, and appears under its
 * name only when it is whole. Resolves with its place.
 */
export async function addModel(model: CatalogueModel, from: string, options: AddOptions = {}): Promise<string> {
  if (!('file' in model.source)) {
    throw failed('model-not-needed', `${model.name} comes with the project and is not added.`, '`tandem models path` says where it is.');
  }
  const status = await stat(from).catch((error: unknown) => {
    throw failed('model-missing', `${from} can't be read (${codeOf(error)}).`, 'Name the file that you downloaded.', error);
  });
  const folderGiven = status.isDirectory();
  if (folderGiven && model.format !== 'sherpa-voice') {
    throw failed('model-wrong', `${from} is a folder; ${model.name} is the file ${model.source.file}.`, 'Name the file.');
  }
  if (!folderGiven) await requireLength(model, from);
  if (!folderGiven && model.format !== 'sherpa-voice') await requireFormat(model, from);

  await mkdir(modelsFolder(), { recursive: true });
  const target = placeOf(model);
  const copy = join(modelsFolder(), `${model.name}.adding`);
  const signal = options.signal ?? new AbortController().signal;
  const work = async () => {
    await requireSpace(modelsFolder(), folderGiven ? model.bytes : status.size * 2, model.name, options.freeBytes ?? freeBytes);
    try {
      if (folderGiven) await cp(from, copy, { recursive: true, dereference: true });
      else await copyFile(from, copy, status.size, signal, options.onProgress);
      await install(model, copy, target, folderGiven, signal);
    } catch (error) {
      throw isAborted(error) ? new AbortedError('models', error) : error;
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
    return target;
  };
  return withLock(target, work, { signal });
}

async function install(model: CatalogueModel, copy: string, target: string, isFolder: boolean, signal: AbortSignal): Promise<void> {
  const sum = isFolder ? undefined : await requireSum(model, copy, signal);
  if (model.format !== 'sherpa-voice') {
    await requireFormat(model, copy);
    if (model.sha256 === undefined && sum !== undefined) await recordSum(sumName(model), sum);
    await rename(copy, target);
    return;
  }
  if (isFolder) await installVoiceFolder(model, copy, target, signal);
  else await installVoiceArchive(model, copy, target, signal);
}

async function copyFile(from: string, to: string, total: number, signal: AbortSignal, onProgress: AddOptions['onProgress']): Promise<void> {
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'w');
    try {
      const buffer = Buffer.alloc(CHUNK_BYTES);
      for (let done = 0; ; ) {
        signal.throwIfAborted();
        const { bytesRead } = await source.read(buffer, 0, buffer.length, done);
        if (bytesRead === 0) break;
        await target.writeFile(buffer.subarray(0, bytesRead));
        done += bytesRead;
        onProgress?.(done, total);
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function failed(code: string, message: string, remedy: string, cause?: unknown): TandemError {
  return new TandemError({ code, stage: 'models', message, remedy, cause });
}
