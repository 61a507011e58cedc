import { expect, it } from 'vitest';
import { evaluate } from '../../../src/skills/calculator/evaluate.js';
import { expressionOf } from '../../../src/skills/calculator/expression.js';

it.each([
  ['the square root of pi', 1.772],
  ['square root of the square root of 16', 2],
  ['the cube root of the square root of 64', 2],
  ['square of the cube of 2', 64],
  ['square root of (9 plus 7) times 2', 8],
  ['two pi', undefined],
  ['pi times 2', 6.283],
  ['루트 루트 16', 2],
  ['twice 7 plus 2', 16],
  ['triple 14', 42],
  ['three quarters of 80', 60],
  ['50 increased by 10', 60],
])('%s', async (words, value) => {
  const signs = expressionOf(words, /[가-힣]/.test(words) ? 'ko' : 'en');
  if (value === undefined) expect(signs).toBeUndefined();
  else expect(await evaluate(signs ?? '')).toEqual({ value: expect.closeTo(value, 3) });
});

it.each(['factorial of minus 2', 'the factorial of the square root of minus 4', 'minus 3 factorial plus 1'])(
  '%s has no answer',
  async (words) => {
    expect(await evaluate(expressionOf(words, 'en') ?? '')).toEqual({ problem: 'not-real' });
  },
);

const PIECES = {
  en: 'one|seven|3|4.5|1/2|half|a third|double|pi|times|divided by|over|plus|minus|to the third power|dozen|a dozen|mod|of|square root of|cube root of|square of|cube of|factorial of|squared|factorial|percent|percent of|(|)|open bracket|close bracket|^|zero|200|hundred|million|minus 3',
  ko: '삼|이십|5|0.5|곱하기|나누기|더하기|빼기|루트|의 제곱근|3제곱|의 세제곱|제곱|퍼센트|절반|의|파이|괄호 열고|괄호 닫고|×|÷',
};

it.each(['en', 'ko'] as const)('whatever is taken for a calculation has an answer, or says why it has none (%s)', async (language) => {
  const pieces = PIECES[language].split('|');
  let seed = 1;
  const next = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return pieces[seed % pieces.length] ?? '';
  };
  let taken = 0;
  for (let tried = 0; tried < 10_000; tried++) {
    const words = Array.from({ length: 2 + (tried % 6) }, next).join(' ');
    const signs = expressionOf(words, language);
    if (signs === undefined) continue;
    taken += 1;
    await expect(evaluate(signs), `${words}: ${signs}`).resolves.toBeDefined();
  }
  expect(taken).toBeGreaterThan(200);
});
