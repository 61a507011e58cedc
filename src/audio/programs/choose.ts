import { spawn } from 'node:child_process';
import { TandemError } from '../../errors.js';
import { findProgram } from './findProgram.js';
import type { SoundProgram } from './soundPrograms.js';

const HELP_LIMIT_MS = 3_000;

/** A program that is there, ready to be started. */
export interface ChosenProgram {
  readonly program: SoundProgram;
  readonly path: string;
  /** All arguments for sound of `rate` Hz. */
  argumentsFor(rate: number): string[];
}

interface Wanted {
  readonly what: 'microphone' | 'player';
  readonly programs: readonly SoundProgram[];
  readonly device: string | undefined;
  /** Undefined where the program works, else what it said. */
  readonly trial: (chosen: ChosenProgram) => Promise<string | undefined>;
}

/**
 * The first of the programs that is installed and works. Throws `TandemError` `microphone-missing` or `player-missing`: what to install, or
 * what each one that is installed complained about.
 */
export async function chooseProgram(wanted: Wanted): Promise<ChosenProgram> {
  const complaints: string[] = [];
  for (const program of wanted.programs) {
    const path = await findProgram(program.name);
    if (path === undefined) continue;
    const raw = program.rawSwitch !== undefined && (await help(path)).includes(program.rawSwitch) ? [program.rawSwitch] : [];
    const chosen = { program, path, argumentsFor: (rate: number) => [...raw, ...program.arguments(rate, wanted.device)] };
    const complaint = await wanted.trial(chosen);
    if (complaint === undefined) return chosen;
    complaints.push(`${program.name}: ${complaint}`);
  }
  throw missing(wanted, complaints);
}

function missing({ what, programs, device }: Wanted, complaints: readonly string[]): TandemError {
  const code = `${what}-missing`;
  const called = what === 'microphone' ? 'microphone' : 'loudspeaker';
  const names = programs.map((program) => program.name).join(' or ');
  const packages = programs.map((program) => program.package).join(' or ');
  if (complaints.length === 0) {
    const message = `No program for the ${called} is installed: ${names}.`;
    return new TandemError({ code, stage: 'audio', message, remedy: `Install one: sudo apt install ${packages}` });
  }
  const named = device === undefined ? '' : ` ${device}`;
  const message = `The ${called}${named} does not work (${complaints.join('; ')}).`;
  const section = what === 'microphone' ? 'audio.input and audio.inputDevice' : 'audio.output and audio.outputDevice';
  const remedy = `Check that it is plugged in and that the sound server runs; ${section} in the profile choose another.`;
  return new TandemError({ code, stage: 'audio', message, remedy });
}

function help(path: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(path, ['--help'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: HELP_LIMIT_MS, killSignal: 'SIGKILL' });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text = (text + more).slice(0, 20_000);
    });
    child.once('error', () => resolve(''));
    child.once('close', () => resolve(text));
  });
}
