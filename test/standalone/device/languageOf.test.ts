import { expect, it } from 'vitest';
import { languageOf } from '../../../src/device/hearing/languageOf.js';

it.each([
  ['what time is it', 'en'],
  ['지금 몇 시야', 'ko'],
  ['iPhone 15 Pro Max 가격은?', 'ko'],
  ['NASA가 뭐야?', 'ko'],
  ['BTS 노래 틀어 줘', 'ko'],
  ['what does 안녕 mean', 'en'],
  ['How do you say thank you in 한국어?', 'en'],
  ['"사랑해" is Korean', 'en'],
  ['3 + 5', 'en'],
  ['', 'en'],
] as const)('%s is %s', (text, language) => {
  expect(languageOf(text, ['en', 'ko'])).toBe(language);
});

it.each([
  ['지금 몇 시야', ['en'], 'en'],
  ['what time is it', ['ko'], 'ko'],
  ['3 + 5', ['ko', 'en'], 'ko'],
] as const)('%s on a device that speaks %j counts as %s', (text, languages, language) => {
  expect(languageOf(text, languages)).toBe(language);
});
