import type { Language } from '../../speech-to-text/contract.js';
import { parseEnglishTimes } from './englishTimes.js';
import { parseKoreanTimes } from './koreanTimes.js';

/** All moments that the text names ("quarter past six tomorrow", "내일 아침 일곱 시 반"); each the next one after `now` that fits. */
export function parseTimes(text: string, language: Language, now: Date): readonly Date[] {
  return language === 'ko' ? parseKoreanTimes(text, now) : parseEnglishTimes(text, now);
}
