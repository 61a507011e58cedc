/**
 * The one tree of errors. Everything that can go wrong has a stable `code` (guards, exit codes and spoken reasons read it, never
 * the text), the `stage` it happened in, whether the device can carry on (`recoverable`) and a `remedy`: what a person can do.
 */

export type Stage =
  | 'audio'
  | 'wake-word'
  | 'voice-activity'
  | 'speech-to-text'
  | 'language-model'
  | 'speech-output'
  | 'routing'
  | 'handoff'
  | 'skill'
  | 'profile'
  | 'models'
  | 'device'
  | 'host'
  | 'events'
  | 'command-line';

export interface TandemErrorOptions {
  /** Stable, kebab-case: `microphone-missing`, `model-not-gguf`. */
  readonly code: string;
  readonly stage: Stage;
  /** One plain sentence: what is wrong. No secrets, nothing that was said. */
  readonly message: string;
  /** One plain sentence: what the person can do about it. */
  readonly remedy?: string;
  /** True where the device goes on after saying so. Default true. */
  readonly recoverable?: boolean;
  readonly cause?: unknown;
}

export class TandemError extends Error {
  readonly code: string;
  readonly stage: Stage;
  readonly remedy: string | undefined;
  readonly recoverable: boolean;

  constructor(options: TandemErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.stage = options.stage;
    this.remedy = options.remedy;
    this.recoverable = options.recoverable ?? true;
  }
}

/** Somebody ended it on purpose: stop word, barge-in, Ctrl-C. Never reported as a failure. */
export class AbortedError extends TandemError {
  constructor(stage: Stage, cause?: unknown) {
    super({ code: 'aborted', stage, message: 'It was stopped.', cause });
  }
}

/** A stage did not finish within its limit. */
export class TimeoutError extends TandemError {
  constructor(stage: Stage, limitMs: number) {
    super({ code: 'timed-out', stage, message: `No result within ${limitMs} ms.` });
  }
}

/** The command line was used wrongly: exit code 2. */
export class UsageError extends TandemError {
  constructor(message: string, remedy?: string) {
    super({ code: 'usage', stage: 'command-line', message, ...(remedy === undefined ? {} : { remedy }), recoverable: false });
  }
}

/** What errors of the system (`ENOENT`) and our own (`model-missing`) have as `code`; '' where a thrown thing has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** True for our own abort and for the platform's `AbortError`. */
export function isAborted(error: unknown): boolean {
  return error instanceof AbortedError || (error instanceof Error && error.name === 'AbortError');
}

/** Any thrown thing as a `TandemError`; what already is one passes unchanged. */
export function toTandemError(error: unknown, stage: Stage, code = 'unexpected'): TandemError {
  if (error instanceof TandemError) return error;
  if (isAborted(error)) return new AbortedError(stage, error);
  // The charts, which import nothing of ours, say by a code that a limit was reached, or that a switch is off.
  const own = codeOf(error);
  if (error instanceof Error && own === 'timed-out') {
    return new TandemError({ code: 'timed-out', stage, message: `It took too long: ${error.message}.`, cause: error });
  }
  if (error instanceof Error && own === 'microphone-switched-off') {
    return new TandemError({ code: 'microphone-switched-off', stage, message: error.message, cause: error });
  }
  if (own === 'ENOSPC') {
    const message = 'The disk is full, so something could not be written: make some room on it.';
    return new TandemError({ code, stage, message, cause: error });
  }
  return new TandemError({ code, stage, message: error instanceof Error ? error.message : String(error), cause: error });
}

/** Throws `AbortedError` if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined, stage: Stage): void {
  if (signal?.aborted) throw new AbortedError(stage, signal.reason);
}
