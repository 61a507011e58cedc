/**
 * What can keep Porcupine from starting, in words. Its own messages are left out, and so is the error as a cause: they contain the
 * AccessKey.
 */
import { TandemError } from '../errors.js';

const CONSOLE = 'https://console.picovoice.ai';

export function keyMissing(): TandemError {
  return porcupineError(
    'porcupine-key-missing',
    'Porcupine needs an AccessKey, and there is none.',
    `Get one at ${CONSOLE} and put it into PICOVOICE_ACCESS_KEY or the profile's secret file.`,
  );
}

export function keywordUnknown(keyword: string, builtIn: readonly string[]): TandemError {
  return porcupineError(
    'porcupine-keyword-unknown',
    `Porcupine has no keyword ${JSON.stringify(keyword)}.`,
    `Built in are ${builtIn.join(', ')}; for one of your own give the path of its .ppn file.`,
  );
}

/** By the class of Picovoice's error, and for bad arguments by what they are about. */
export function startError(error: unknown): TandemError {
  const name = error instanceof Error ? error.constructor.name : '';
  const text = error instanceof Error ? error.message : String(error);
  if (name === 'PorcupineInvalidArgumentError' && !/AccessKey/.test(text)) {
    return porcupineError(
      'porcupine-keyword-unsuitable',
      'Porcupine cannot use a keyword file: it is not a .ppn file, or was made for another kind of machine.',
      `Make it anew at ${CONSOLE}, for this platform and for Porcupine 4.`,
    );
  }
  const known = byClass[name];
  if (known !== undefined) return porcupineError(...known);
  if (/not supported|Unsupported CPU/.test(text)) {
    return porcupineError(
      'porcupine-machine-unsupported',
      'Porcupine does not run on this kind of processor.',
      'Choose `engine: openWakeWord` in the profile.',
    );
  }
  return porcupineError('porcupine-failed', 'Porcupine could not start.', 'Choose `engine: openWakeWord` in the profile, or try again.');
}

const keyRejected = [
  'porcupine-key-rejected',
  'Picovoice does not accept the AccessKey: it is mistyped, no longer valid, or expired.',
  `Compare it with the one at ${CONSOLE}; set it anew in PICOVOICE_ACCESS_KEY or the profile's secret file.`,
] as const;

const byClass: Readonly<Record<string, readonly [code: string, message: string, remedy: string]>> = {
  PorcupineInvalidArgumentError: keyRejected,
  PorcupineKeyError: keyRejected,
  PorcupineActivationRefusedError: keyRejected,
  PorcupineActivationError: [
    'porcupine-not-activated',
    'Porcupine could not check its AccessKey with Picovoice.',
    'It needs the internet when it starts; check the network, and the key.',
  ],
  PorcupineActivationLimitReachedError: [
    'porcupine-limit-reached',
    'The AccessKey is already in use on as many devices as Picovoice allows it.',
    `Free a device at ${CONSOLE}, or use another key.`,
  ],
  PorcupineActivationThrottledError: [
    'porcupine-throttled',
    'Picovoice refuses the AccessKey for now: it was checked too often.',
    'Wait an hour, then start again.',
  ],
  PorcupineOutOfMemoryError: ['porcupine-failed', 'There is not enough memory for Porcupine.', 'Close other programs.'],
};

function porcupineError(code: string, message: string, remedy: string): TandemError {
  return new TandemError({ code, stage: 'wake-word', message, remedy });
}
