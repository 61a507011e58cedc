import { TandemError } from '../../errors.js';

/** What can be wrong with a WAV file that is read. */
export type WavFault =
  | 'wav-missing'
  | 'wav-unreadable'
  | 'wav-empty'
  | 'wav-not-wav'
  | 'wav-truncated'
  | 'wav-header-invalid'
  | 'wav-format-unsupported'
  | 'wav-without-sound'
  | 'wav-too-long';

const CONVERT = 'Convert it, for example with: sox INPUT -r 16000 -c 1 -b 16 OUTPUT.wav';
const AGAIN = 'Record or copy the file again.';

const remedies: Readonly<Record<WavFault, string>> = {
  'wav-missing': 'Check the name and the folder.',
  'wav-unreadable': 'Name a WAV file that this user may read.',
  'wav-empty': AGAIN,
  'wav-not-wav': CONVERT,
  'wav-truncated': AGAIN,
  'wav-header-invalid': AGAIN,
  'wav-format-unsupported': CONVERT,
  'wav-without-sound': AGAIN,
  'wav-too-long': 'Cut it into pieces of at most two hours.',
};

/** `message`: a sentence that begins with the file's name. */
export function wavError(code: WavFault, message: string, cause?: unknown): TandemError {
  return new TandemError({ code, stage: 'audio', message, remedy: remedies[code], recoverable: false, cause });
}
