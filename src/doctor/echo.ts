import { EchoCanceller, type EchoCancelOptions } from '../audio/echoCanceller.js';
import { toTandemError } from '../errors.js';
import type { Finding } from './finding.js';

const what = 'echo cancelling';
const NOT_USED =
  'not used; where the microphone hears the loudspeaker, "echoCancel: pulseaudio" under "audio:" in the profile has the sound server take it out';

/** Looks for the echo canceller that the profile wants; `withIt` is called while it is there, or knowing that it is not. */
export async function echoCancelling(
  audio: EchoCancelOptions,
  withIt: (isThere: boolean) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  if (audio.echoCancel === 'none') return [...(await withIt(false)), { what, state: 'good', detail: NOT_USED }];
  try {
    const canceller = await EchoCanceller.open(audio);
    try {
      return [...(await withIt(true)), { what, state: 'good', detail: `by ${audio.echoCancel}` }];
    } finally {
      await canceller?.close();
    }
  } catch (error) {
    const { message, remedy } = toTandemError(error, 'audio');
    return [...(await withIt(false)), { what, state: 'poor', detail: message, ...(remedy === undefined ? {} : { remedy }) }];
  }
}
