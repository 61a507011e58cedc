import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AbortedError, codeOf, isAborted, TandemError, toTandemError } from '../errors.js';
import { modelsFolder } from '../paths.js';
import { chosenMirror } from './addresses.js';
import type { CatalogueModel } from './catalogue.js';
import { FETCH_LIMITS, type FetchLimits, fetchFile } from './fetchFile.js';
import { installVoiceArchive } from './installVoice.js';
import { requireLicence } from './licences.js';
import { withLock } from './lock.js';
import { modelFile, placeOf, presenceOf } from './resolve.js';
import { freeBytes, requireSpace } from './space.js';
import { recordSum } from './sums.js';
import { forget } from './transfer.js';
import { requireFormat, requireLength, requireSum, sumName } from './whole.js';

/** Downloading models: licence, disk, lock, transfer, checks, and only then the file appears under its name. */

export interface PullProgress {
  readonly model: string;
  readonly phase: 'waiting' | 'downloading' | 'retrying' | 'checking' | 'unpacking' | 'done';
  /** Bytes; of the download, or of the check. */
  readonly done: number;
  readonly total: number;
  /** Why it is tried again, where it is. */
  readonly note?: string;
}

export interface PullOptions {
  /** The profile's `models.mirror`; `TANDEM_MODELS_MIRROR` goes before it. */
  readonly mirror?: string | undefined;
  /** Models at once. Default 2. */
  readonly parallel?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
  readonly limits?: FetchLimits;
  /** Bytes free on the disk that holds a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface Pulled {
  readonly model: CatalogueModel;
  /** Where it is now; undefined where `error` says why not. */
  readonly file?: string;
  readonly error?: TandemError;
}

/** An archive's contents and the archive itself are on the disk together for a while. */
const UNPACKED_PER_PACKED = 1.5;

/** Pulls several, some at once. One that fails stops none of the others; an abort stops all of them. */
export async function pullModels(models: readonly CatalogueModel[], options: PullOptions = {}): Promise<readonly Pulled[]> {
  const waiting = [...models.entries()];
  const results: Pulled[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, model] = next;
      try {
        results[index] = { model, file: await pullModel(model, options) };
      } catch (error) {
        if (isAborted(error)) throw error;
        results[index] = { model, error: toTandemError(error, 'models') };
      }
    }
  };
  // All of them end, and let go of their locks, before an abort is passed on.
  const ends = await Promise.allSettled(Array.from({ length: options.parallel ?? 2 }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}

/**
 * Resolves with the file (a folder for voices) once it is whole and in its place. Rejects with a `TandemError`; what came so far stays in
 * a `.part` file, where the next pull goes on.
 */
export async function pullModel(model: CatalogueModel, options: PullOptions = {}): Promise<string> {
  await requireLicence(model);
  const target = placeOf(model);
  const report = (phase: PullProgress['phase'], done = 0, total = model.bytes, note?: string) =>
    options.onProgress?.({ model: model.name, phase, done, total, ...(note === undefined ? {} : { note }) });
  if (!('file' in model.source)) {
    const file = await modelFile(model.name, '.');
    report('done', model.bytes);
    return file;
  }

  await makeFolder();
  const work = async (lost: AbortSignal) => {
    if ((await presenceOf(model)) !== 'there') {
      const signal = AbortSignal.any([lost, ...(options.signal === undefined ? [] : [options.signal])]);
      await download(model, target, signal, options, report).catch((error: unknown) => {
        throw lost.aborted ? lost.reason : error;
      });
    }
    report('done', model.bytes);
    return target;
  };
  return withLock(target, work, { ...(options.signal === undefined ? {} : { signal: options.signal }), onWait: () => report('waiting') });
}

type Report = (phase: PullProgress['phase'], done?: number, total?: number, note?: string) => void;

async function download(model: CatalogueModel, target: string, signal: AbortSignal, options: PullOptions, report: Report): Promise<void> {
  const part = join(modelsFolder(), `${sumName(model)}.part`);
  for (let again = false; ; again = true) {
    const begun = await sizeOf(part);
    const more = model.bytes - Math.min(begun, model.bytes) + (model.format === 'sherpa-voice' ? model.bytes * UNPACKED_PER_PACKED : 0);
    await requireSpace(dirname(part), more, model.name, options.freeBytes ?? freeBytes);
    let attempts = 1;
    await fetchFile(model, part, {
      mirror: chosenMirror(options.mirror),
      signal,
      limits: options.limits ?? FETCH_LIMITS,
      onProgress: (done, total) => report('downloading', done, total),
      onRetry: (why) => {
        attempts += 1;
        report('retrying', 0, model.bytes, why);
      },
    });
    try {
      await install(model, part, target, signal, report);
      return;
    } catch (error) {
      if (isAborted(error) || signal.aborted) throw new AbortedError('models', error);
      await forget(part);
      // Pieces of several attempts may not belong together; a file that came in one piece is simply wrong.
      if (again || (begun === 0 && attempts === 1)) throw error;
      report('retrying', 0, model.bytes, 'what came is damaged');
    }
  }
}

/** Checks the downloaded file and moves it, or what is inside, to its place. */
async function install(model: CatalogueModel, part: string, target: string, signal: AbortSignal, report: Report): Promise<void> {
  await requireLength(model, part);
  const { size } = await stat(part);
  const sum = await requireSum(model, part, signal, (done) => report('checking', done, size));
  if (model.format === 'sherpa-voice') {
    report('unpacking', size, size);
    await installVoiceArchive(model, part, target, signal);
    if (model.sha256 === undefined) await recordSum(sumName(model), sum);
    await forget(part);
    return;
  }
  await requireFormat(model, part);
  if (model.sha256 === undefined) await recordSum(sumName(model), sum);
  await rename(part, target);
  await forget(part);
}

async function makeFolder(): Promise<void> {
  await mkdir(modelsFolder(), { recursive: true }).catch((error: unknown) => {
    throw new TandemError({
      code: 'models-folder-unwritable',
      stage: 'models',
      message: `The folder for models, ${modelsFolder()}, can't be made (${codeOf(error)}).`,
      remedy: 'Check its permissions, or set TANDEM_MODELS to another folder.',
      cause: error,
    });
  });
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
