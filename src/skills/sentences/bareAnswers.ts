import type { Language } from '../../speech-to-text/contract.js';
import { normalize, readingsOf } from './normalize.js';

/** What people say around the value that they were asked for: "for ten minutes", "이십 분으로 해 줘", "삼십 퍼센트요", "오 분짜리". */
const AROUND: Readonly<Record<Language, RegExp>> = {
  en: /^(?:for|about|to|at) /g,
  ko: /^(?:그럼|그냥|한) | ?(?:짜리|정도|쯤|만|으로|로)?(?:이?요| ?(?:해줘|해|맞춰줘|맞춰|설정해줘|하자|할게|할래))?$/g,
};

/** An answer to a question of the device as the value alone, in all the ways it may be taken. */
export function bareAnswers(text: string, language: Language): readonly string[] {
  const readings = language === 'ko' ? readingsOf(text, language) : [normalize(text, language)];
  return [...new Set(readings.flatMap((reading) => [reading, reading.replaceAll(AROUND[language], '')]))].filter((one) => one !== '');
}
