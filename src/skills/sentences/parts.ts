import type { Language } from '../../speech-to-text/contract.js';
import { englishParts } from './englishParts.js';
import { koreanParts } from './koreanParts.js';
import { normalize } from './normalize.js';

/** The requests that one may be made of, each said in full; whether they are any is for the skills to say. */
export function partsOf(text: string, language: Language): readonly string[] {
  const said = normalize(text, language);
  return language === 'ko' ? koreanParts(said) : englishParts(said);
}
