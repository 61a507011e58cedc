import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { codeOf, TandemError, toTandemError } from '../errors.js';

/** What `espeak-ng --voices` and `--voices=variant` list, in lower case. */
export interface EspeakVoices {
  readonly voices: ReadonlySet<string>;
  readonly variants: ReadonlySet<string>;
}

const run = promisify(execFile);

/** Asks the installed espeak-ng. Throws `espeak-ng-missing`. */
export async function listVoices(): Promise<EspeakVoices> {
  const [voices, variants] = await Promise.all([column(['--voices'], 1), column(['--voices=variant'], 4)]);
  return { voices: new Set(voices), variants: new Set(variants.map((file) => file.replace(/^!v\//, ''))) };
}

/** Throws `voice-unknown`, naming the voices that come close. espeak-ng itself would speak on with another variant, silently. */
export function checkVoice(name: string, { voices, variants }: EspeakVoices): void {
  const [voice = '', variant] = name.toLowerCase().split('+');
  if (!voices.has(voice)) throw unknown(name, close(voice, voices));
  if (variant !== undefined && !variants.has(variant)) throw unknown(name, close(variant, variants));
}

export function espeakMissing(cause: unknown): TandemError {
  return new TandemError({
    code: 'espeak-ng-missing',
    stage: 'speech-output',
    message: 'The program espeak-ng, which makes the speech, is not installed.',
    remedy: 'Install it: sudo apt-get install espeak-ng',
    recoverable: false,
    cause,
  });
}

async function column(args: readonly string[], index: number): Promise<string[]> {
  try {
    const { stdout } = await run('espeak-ng', args, { timeout: 10_000 });
    const rows = stdout.split('\n').slice(1);
    return rows.map((row) => row.trim().split(/\s+/)[index]?.toLowerCase() ?? '').filter((name) => name !== '');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw espeakMissing(error);
    throw toTandemError(error, 'speech-output', 'speech-failed');
  }
}

function close(name: string, known: ReadonlySet<string>): string[] {
  const alike = [...known].filter((other) => other.startsWith(name.slice(0, 2)));
  return (alike.length > 0 ? alike : [...known]).slice(0, 12);
}

function unknown(name: string, close: readonly string[]): TandemError {
  return new TandemError({
    code: 'voice-unknown',
    stage: 'speech-output',
    message: `espeak-ng has no voice "${name}".`,
    remedy: `Choose one such as: ${close.join(', ')}. All of them: espeak-ng --voices, and --voices=variant for what may follow a plus sign.`,
    recoverable: false,
  });
}
