import { wavBytes } from '../../audio/wav/writer.js';
import type { Language } from '../contract.js';
import { audioContext } from './utterance.js';

/** What whisper-server is asked with: the fields of its HTTP form. `detect`: also how likely each language is, which costs the encoder's time once more. */
export function requestForm(samples: Int16Array, language: Language, detect: boolean): FormData {
  const context = audioContext(samples.length);
  const form = new FormData();
  form.append('file', new Blob([wavBytes(samples)], { type: 'audio/wav' }), 'utterance.wav');
  form.append('response_format', 'verbose_json');
  form.append('language', language);
  form.append('audio_ctx', String(context));
  // What is longer than Whisper hears at once needs timestamps to go on where a sentence ended.
  form.append('no_timestamps', String(context !== 0));
  // The server would cut its segments after 60 bytes, Korean letters included.
  form.append('token_timestamps', 'false');
  form.append('no_language_probabilities', String(!detect));
  return form;
}
