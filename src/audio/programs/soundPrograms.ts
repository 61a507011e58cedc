import { type AudioOptions, ECHO_CANCEL_SINK, ECHO_CANCEL_SOURCE } from '../options.js';

/** The programs that hear and play for us: which, from where, and with which arguments. Sound passes as raw 16-bit mono. */

type EchoCancel = AudioOptions['echoCancel'];

export type SoundSystem = 'pipewire' | 'pulse' | 'alsa';

export interface SoundProgram {
  readonly system: SoundSystem;
  readonly name: string;
  /** Debian's package. */
  readonly package: string;
  /** `device`: as the sound system names it; undefined for its default. `rate` in Hz. */
  arguments(rate: number, device: string | undefined): string[];
  /** PipeWire's programs of 1.6 and newer want to be told that the sound is raw, older ones don't know how. */
  readonly rawSwitch?: string;
}

/** In the order in which `auto` tries them: what is nearest to the sound server that runs. */
export const recorders: readonly SoundProgram[] = [pipewire('pw-record', 40), pulse('parec', 40), alsa('arecord', 500)];

/**
 * For players the latency is what the sound server may be late by without a gap, when the model has all cores; being stopped does not
 * wait for it.
 */
export const players: readonly SoundProgram[] = [pipewire('pw-play', 100), pulse('paplay', 250), alsa('aplay', 250)];

/**
 * The programs that a profile allows, best first. For a device with a name PipeWire's come last: they take the default without a word
 * where there is no device of that name.
 */
export function allowed(
  programs: readonly SoundProgram[],
  profile: { readonly system: SoundSystem | 'auto'; readonly device: string | undefined; readonly echoCancel: EchoCancel },
): readonly SoundProgram[] {
  if (profile.system !== 'auto') return programs.filter((program) => program.system === profile.system);
  const able = programs.filter((program) => profile.echoCancel === 'none' || program.system !== 'alsa');
  if (profile.device === undefined) return able;
  const complains = (program: SoundProgram) => program.system !== 'pipewire';
  return [...able.filter(complains), ...able.filter((program) => !complains(program))];
}

/** The device to name to a program, where the profile wants another one than the default. */
export function deviceOf(audio: {
  readonly inputDevice?: string | undefined;
  readonly outputDevice?: string | undefined;
  readonly echoCancel: EchoCancel;
}): { readonly input: string | undefined; readonly output: string | undefined } {
  // The echo canceller stands before the devices that have names of their own.
  if (audio.echoCancel !== 'none') return { input: ECHO_CANCEL_SOURCE, output: ECHO_CANCEL_SINK };
  return { input: audio.inputDevice, output: audio.outputDevice };
}

function pipewire(name: string, latencyMs: number): SoundProgram {
  return {
    system: 'pipewire',
    name,
    package: 'pipewire-bin',
    rawSwitch: '--raw',
    arguments: (rate, device) => {
      const target = device === undefined ? [] : ['--target', device];
      return ['--rate', String(rate), '--channels', '1', '--format', 's16', '--latency', `${latencyMs}ms`, ...target, '-'];
    },
  };
}

function pulse(name: string, latencyMs: number): SoundProgram {
  const options = ['--raw', '--format=s16le', '--channels=1', `--latency-msec=${latencyMs}`, '--client-name=Tandem'];
  return {
    system: 'pulse',
    name,
    package: 'pulseaudio-utils',
    arguments: (rate, device) => [...options, `--rate=${rate}`, ...(device === undefined ? [] : [`--device=${device}`])],
  };
}

function alsa(name: string, bufferMs: number): SoundProgram {
  const options = ['-t', 'raw', '-f', 'S16_LE', '-c', '1', `--buffer-time=${bufferMs * 1000}`, '--period-time=20000'];
  return {
    system: 'alsa',
    name,
    package: 'alsa-utils',
    arguments: (rate, device) => [...options, '-r', String(rate), ...(device === undefined ? [] : ['-D', device])],
  };
}
