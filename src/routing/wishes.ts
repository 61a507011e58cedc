import type { Question } from '../../statecharts/answer.js';
import type { Language } from '../speech-to-text/contract.js';

const HOST: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:ask|use|try|let) (?:the |your )?(?:big|bigger|large|larger|strong|stronger|home|other) (?:model|server|one|brain|computer)\b|\btranslate\b/i,
  ko: /큰 모델|더 큰 모델|서버(?:에|한테|에게) 물어|번역/,
};
const DEVICE: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:answer|do) (?:it |that |this )?(?:yourself|locally|on (?:the|this) device)\b/i,
  ko: /(?:직접|스스로|기기에서) (?:대답|답)/,
};

/** An explicit wish in the question itself. */
export function wishOf({ text, language }: Question): { readonly to: 'device' | 'host'; readonly reason: string } | undefined {
  if (DEVICE[language].test(text)) return { to: 'device', reason: 'asked-for-device' };
  if (HOST[language].test(text)) return { to: 'host', reason: 'asked-for-host' };
  return undefined;
}
