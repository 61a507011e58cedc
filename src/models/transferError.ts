/** Why one attempt at a download ended, and whether another can do better. */

export type TransferFault =
  /** The connection ended in the middle. */
  | 'cut'
  /** No data for too long. */
  | 'stalled'
  /** The server has trouble of its own (5xx) or asks to wait (429). */
  | 'busy'
  /** The file that was begun is no longer the server's. */
  | 'changed'
  /** The server can't be reached at all. */
  | 'unreachable'
  /** No such file there. */
  | 'absent'
  /** The server won't give it, or gives what can't be right. */
  | 'refused'
  /** The disk is full, or can't be written. */
  | 'disk';

const HOPELESS: readonly TransferFault[] = ['absent', 'refused', 'disk'];

export class TransferError extends Error {
  readonly fault: TransferFault;
  /** What the server asked to wait, ms. */
  readonly waitMs: number | undefined;

  constructor(fault: TransferFault, message: string, cause?: unknown, waitMs?: number) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TransferError';
    this.fault = fault;
    this.waitMs = waitMs;
  }

  get worthRetrying(): boolean {
    return !HOPELESS.includes(this.fault);
  }

  static ofStatus(response: Response): TransferError {
    const said = `the server answered ${response.status}`;
    if (response.status === 404 || response.status === 410) return new TransferError('absent', said);
    if (response.status === 408 || response.status === 429 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      return new TransferError('busy', said, undefined, Number.isFinite(seconds) ? Math.min(60, Math.max(0, seconds)) * 1000 : undefined);
    }
    return new TransferError('refused', said);
  }
}

const DISK_CODES = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOENT'];
const UNREACHABLE_CODES = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whatever `fetch` or the disk threw. */
export function transferErrorOf(error: unknown): TransferError {
  if (error instanceof TransferError) return error;
  const codes = codesOf(error);
  const code = codes[0];
  const message = code ?? (error instanceof Error ? error.message : String(error));
  if (codes.some((each) => DISK_CODES.includes(each))) return new TransferError('disk', message, error);
  if (codes.some((each) => UNREACHABLE_CODES.includes(each))) return new TransferError('unreachable', message, error);
  if (codes.some((each) => /CERT|SSL|TLS/.test(each)))
    return new TransferError('refused', `its certificate is not accepted (${message})`, error);
  return new TransferError('cut', message, error);
}

/** System codes of an error and of what caused it. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...inner, ...codesOf(error.cause)];
}
