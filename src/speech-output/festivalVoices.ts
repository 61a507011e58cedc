import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { TandemError } from '../errors.js';
import type { EngineOptions } from './options.js';

const LIMIT_MS = 15_000;
const INSTALL = 'Install it with a voice: sudo apt-get install festival festvox-kallpc16k';

/** Throws `festival-missing`, `festival-voice-missing`, or `voice-unknown` where festival hasn't the voice that the profile names. */
export async function checkFestival(voice: string | undefined): Promise<void> {
  const voices: readonly string[] = /\(([\w\s-]*)\)/.exec(await ask('(print (voice.list))'))?.[1]?.match(/\S+/g) ?? [];
  if (voices.length === 0) {
    throw new TandemError({
      code: 'festival-voice-missing',
      stage: 'speech-output',
      message: 'festival is installed, but has no voice.',
      remedy: 'Install one: sudo apt-get install festvox-kallpc16k',
      recoverable: false,
    });
  }
  if (voice === undefined || voices.includes(voice.replace(/^voice_/, ''))) return;
  throw new TandemError({
    code: 'voice-unknown',
    stage: 'speech-output',
    message: `festival has no voice ${JSON.stringify(voice)}.`,
    remedy: `Choose one of: ${voices.map((name) => `voice_${name}`).join(', ')}.`,
    recoverable: false,
  });
}

/**
 * The Scheme expression that comes before each sentence, without its outer brackets, as `say` takes a voice: how fast, which voice, and
 * that the sound goes into `file` instead of to a loudspeaker. `file`: a name of our own, as it enters a command.
 */
export function festivalSetup({ voice, speed }: EngineOptions<'say'>, file: string): string {
  const settings = {
    Audio_Required_Format: "'riff",
    Audio_Command: `"mv $FILE ${file}"`,
    Audio_Method: "'Audio_Command",
    Duration_Stretch: (1 / speed).toFixed(2),
  };
  const set = Object.entries(settings).map(([name, value]) => `(Parameter.set '${name} ${value})`);
  return ['begin', ...(voice === undefined ? [] : [`(voice_${voice.replace(/^voice_/, '')})`]), ...set].join(' ');
}

export function festivalMissing(cause: unknown): TandemError {
  return new TandemError({
    code: 'festival-missing',
    stage: 'speech-output',
    message: 'The program festival, which the engine "say" speaks with, is not installed.',
    remedy: INSTALL,
    recoverable: false,
    cause,
  });
}

/** The file that the festival with this number plays from; it is left over where festival is ended while it plays. */
export function temporarySound(processId: number): string {
  return join('/tmp', `audiofile_${String(processId).padStart(5, '0')}`);
}

/** What festival prints. `program`: Scheme of our own. */
function ask(program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('festival', ['--pipe'], { stdio: ['pipe', 'pipe', 'ignore'], timeout: LIMIT_MS, killSignal: 'SIGKILL' });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(0, 10_000);
    });
    child.once('error', (error) => reject(festivalMissing(error)));
    child.once('close', () => resolve(printed));
    child.stdin.on('error', () => {});
    child.stdin.end(program);
  });
}
