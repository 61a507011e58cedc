import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AbortedError } from '../errors.js';
import { TransferError, transferErrorOf } from './transferError.js';

/** One attempt to get one file over HTTP into its `.part` file, going on where an earlier attempt was cut. */

export interface TransferOptions {
  readonly url: string;
  /** The unfinished file; beside it, `.json` remembers which version of the file it is a part of. */
  readonly part: string;
  /** Length of the file, bytes; a file of another length is refused at once, or where it is not `exact`, one half as long again. */
  readonly length: { readonly bytes: number; readonly exact: boolean };
  readonly signal: AbortSignal;
  /** Given up when no byte came for this long, ms. */
  readonly stallMs: number;
  /** Bytes that are there so far, and that there will be. */
  readonly onProgress: (done: number, total: number | undefined) => void;
}

/** Which version of which file a `.part` file is a part of. */
const partNote = z.strictObject({ url: z.string(), validator: z.string().min(1), total: z.int().positive() });
type PartNote = z.infer<typeof partNote>;

/**
 * Resolves with the number of bytes of the whole file, once `part` holds all of them. Rejects with `TransferError`, which says whether
 * trying again can help; what came so far stays in `part` for that.
 */
export async function transfer(options: TransferOptions): Promise<number> {
  const stall = new StallWatch(options.stallMs);
  const signal = AbortSignal.any([options.signal, stall.signal]);
  try {
    return await attempt(options, signal, stall);
  } catch (error) {
    if (options.signal.aborted) throw new AbortedError('models', error);
    throw stall.signal.aborted ? new TransferError('stalled', `no data for ${options.stallMs} ms`, error) : transferErrorOf(error);
  } finally {
    stall.end();
  }
}

async function attempt(options: TransferOptions, signal: AbortSignal, stall: StallWatch): Promise<number> {
  const { url, part } = options;
  const note = await readNote(part, url);
  const have = note === undefined ? 0 : await sizeOf(part);
  if (note !== undefined && have === note.total) return have;

  // Compressed transfer would make the ranges those of another file.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (note !== undefined && have > 0) Object.assign(headers, { range: `bytes=${have}-`, 'if-range': note.validator });
  const response = await fetch(url, { headers, signal, redirect: 'follow' });
  stall.reset();
  try {
    if (new URL(url).protocol === 'https:' && new URL(response.url).protocol !== 'https:') {
      throw new TransferError('refused', 'the server sent us on to an address without TLS');
    }
    const from = startOf(response, have, note);
    if (response.status === 416 || from === undefined) {
      await forget(part);
      throw new TransferError('changed', 'the server no longer has the file that was begun');
    }
    if (!response.ok) throw TransferError.ofStatus(response);
    const total = totalOf(response, from);
    const { bytes, exact } = options.length;
    if (total !== undefined && (exact ? total !== bytes : total > mostBytes(options))) {
      throw new TransferError('refused', `the server's file is ${total} bytes long, not ${bytes}`);
    }
    if (from === 0) await begin(part, { url, validator: validatorOf(response), total });
    const done = await receive(response, from, options, stall, total);
    if (total !== undefined && done !== total) throw new TransferError('cut', `${done} of ${total} bytes came`);
    return done;
  } catch (error) {
    await response.body?.cancel().catch(() => undefined);
    throw error;
  }
}

/** Where the response's first byte belongs; undefined where it is not what was asked for, or of another version of the file. */
function startOf(response: Response, have: number, note: PartNote | undefined): number | undefined {
  if (response.status !== 206) return 0;
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  const same = note !== undefined && Number(range?.[2]) === note.total && (validatorOf(response) ?? note.validator) === note.validator;
  return same && Number(range?.[1]) === have ? have : undefined;
}

function mostBytes({ length }: TransferOptions): number {
  return length.exact ? length.bytes : length.bytes * 1.5;
}

function totalOf(response: Response, from: number): number | undefined {
  const ranged = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (ranged !== undefined) return Number(ranged);
  const length = response.headers.get('content-length');
  return length === null || !/^\d+$/.test(length) ? undefined : from + Number(length);
}

/** What tells one version of the file from another; a weak ETag does not promise the same bytes. */
function validatorOf(response: Response): string | undefined {
  const tag = response.headers.get('etag');
  if (tag !== null && tag !== '' && !tag.startsWith('W/')) return tag;
  return response.headers.get('last-modified') ?? undefined;
}

async function receive(
  response: Response,
  from: number,
  options: TransferOptions,
  stall: StallWatch,
  total: number | undefined,
): Promise<number> {
  if (response.body === null) throw new TransferError('cut', 'the server sent nothing');
  const file: FileHandle = await open(options.part, from === 0 ? 'w' : 'r+');
  let done = from;
  try {
    options.onProgress(done, total);
    for await (const chunk of response.body) {
      stall.reset();
      if (done + chunk.length > (total ?? mostBytes(options)))
        throw new TransferError('refused', 'the server sends more than the file is long');
      await writeAt(file, chunk, done);
      done += chunk.length;
      options.onProgress(done, total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return done;
}

async function writeAt(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written, position + written);
    written += bytesWritten;
  }
}

/** Notes which version begins; without a validator or a length there is nothing to go on with later. */
async function begin(part: string, note: { url: string; validator: string | undefined; total: number | undefined }): Promise<void> {
  await rm(`${part}.json`, { force: true });
  const complete = partNote.safeParse(note);
  if (complete.success) await writeFile(`${part}.json`, JSON.stringify(complete.data));
}

/** Removes what there is of an unfinished file. */
export async function forget(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(`${part}.json`, { force: true });
}

async function readNote(part: string, url: string): Promise<PartNote | undefined> {
  const text = await readFile(`${part}.json`, 'utf8').catch(() => '');
  const note = partNote.safeParse(parsed(text));
  return note.success && note.data.url === url && (await sizeOf(part)) <= note.data.total ? note.data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Fires its signal when it was not reset for a time. */
class StallWatch {
  #controller = new AbortController();
  #limitMs: number;
  #timer: NodeJS.Timeout;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
    this.#timer = setTimeout(() => this.#controller.abort(), this.#limitMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  reset(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
