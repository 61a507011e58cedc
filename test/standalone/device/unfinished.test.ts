import { expect, it } from 'vitest';
import { soundsUnfinished, withoutOpenWord } from '../../../src/device/hearing/unfinished.js';
import type { Language } from '../../../src/speech-to-text/contract.js';

it.each<[string, Language, boolean]>([
  ['add milk and', 'en', true],
  ['add milk and,', 'en', true],
  ['what is the', 'en', true],
  ['what is it made of', 'en', false],
  ['where is it', 'en', false],
  ['play the band', 'en', false],
  ['우유 그리고', 'ko', true],
  ['우유하고', 'ko', true],
  ['지금 몇 시야', 'ko', false],
  ['내가 지금 요리하는데', 'ko', true],
  ['서울에 가려면', 'ko', true],
  ['음', 'ko', true],
  ['비가 오니까', 'ko', true],
  ['그건 언제부터', 'ko', false],
  ['어디에서', 'ko', false],
  ['라면', 'ko', false],
  ['사과', 'ko', false],
])('"%s" (%s) sounds unfinished: %s', (text, language, unfinished) => {
  expect(soundsUnfinished(text, language)).toBe(unfinished);
});

it.each<[string, Language, string]>([
  ['what time is it and', 'en', 'what time is it'],
  ['what time is it, um…', 'en', 'what time is it,'],
  ['what time is it', 'en', 'what time is it'],
  ['지금 몇 시야 그리고', 'ko', '지금 몇 시야'],
  ['서울에서', 'ko', '서울에서'],
])('"%s" (%s) asks "%s"', (text, language, asked) => {
  expect(withoutOpenWord(text, language)).toBe(asked);
});
