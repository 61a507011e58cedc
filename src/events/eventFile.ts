import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { codeOf, TandemError } from '../errors.js';
import type { EventLog } from './eventLog.js';
import type { LoggedEvent } from './events.js';

/** More than this waiting for a slow disk is dropped: the device must not grow with it. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** `--events FILE.jsonl`: one JSON object a line. A disk that fails ends the writing, not the device. */
export class EventFile {
  private failure: TandemError | undefined;
  private dropped = 0;
  private readonly stopListening: () => void;
  private readonly path: string;
  private readonly stream: WriteStream;

  private constructor(path: string, stream: WriteStream, log: EventLog, onFailure: (error: TandemError) => void) {
    this.path = path;
    this.stream = stream;
    stream.on('error', (cause) => {
      if (this.failure !== undefined) return;
      this.failure = cannotWrite(path, cause);
      onFailure(this.failure);
    });
    this.stopListening = log.listen((event) => this.write(event));
  }

  /** Rejects with `events-not-writable` where the file can't be opened. `onFailure` is called at most once, later. */
  static async open(path: string, log: EventLog, onFailure: (error: TandemError) => void): Promise<EventFile> {
    const stream = createWriteStream(path, { flags: 'w' });
    await new Promise<void>((resolve, reject) => {
      stream.once('open', () => resolve());
      stream.once('error', (cause) => reject(cannotWrite(path, cause)));
    });
    return new EventFile(path, stream, log, onFailure);
  }

  private write(event: LoggedEvent): void {
    if (this.failure !== undefined) return;
    if (this.stream.writableLength > MAX_WAITING_BYTES) this.dropped += 1;
    else this.stream.write(`${JSON.stringify(event)}\n`);
  }

  /** Resolves when all is on disk, or at once where `onFailure` has already been told why not; rejects where something is missing. */
  async close(): Promise<void> {
    this.stopListening();
    if (this.failure !== undefined) return;
    this.stream.end();
    await finished(this.stream).catch((cause: unknown) => {
      if (this.failure === undefined) throw cannotWrite(this.path, cause);
    });
    if (this.dropped > 0) {
      throw new TandemError({
        code: 'events-dropped',
        stage: 'events',
        message: `${this.dropped} events did not reach ${this.path}: the disk was too slow.`,
        remedy: 'Write the event log to a faster disk.',
      });
    }
  }
}

function cannotWrite(path: string, cause: unknown): TandemError {
  const full = codeOf(cause) === 'ENOSPC';
  return new TandemError({
    code: full ? 'events-disk-full' : 'events-not-writable',
    stage: 'events',
    message: full ? `The disk is full: the event log ${path} is incomplete.` : `The event log ${path} can't be written.`,
    remedy: full
      ? 'Free some space, or give another file to --events.'
      : 'Check that its folder exists and may be written to, or give another file to --events.',
    cause,
  });
}
