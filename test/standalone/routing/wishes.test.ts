import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRouter } from '../../../src/routing/create.js';
import { routingOptions } from '../../../src/routing/options.js';
import { wishOf } from '../../../src/routing/wishes.js';
import type { Language } from '../../../src/speech-to-text/contract.js';

const wishes: Readonly<Record<Language, Readonly<Record<string, readonly string[]>>>> = {
  en: {
    'asked-for-host': [
      'ask the big model how whales sleep',
      'Use the bigger brain for this one.',
      'can you hand this off to the server please',
      'let the home server think about dinner',
      'switch to the larger model',
      'think harder about what to cook',
    ],
    translation: [
      'translate good morning into korean',
      "what's the translation of table in french",
      'say that in japanese',
      'could you put this into german',
    ],
    'asked-for-device': [
      "don't ask the big model, how old is the moon",
      'answer it yourself, explain gravity',
      'do this locally',
      'use the small model and write a poem',
      'without asking the server, why is the sky blue',
    ],
    none: [
      'what time is it',
      'set the big lamp to blue',
      'how big is the host city',
      'what model is my car',
      'play the other one',
      'my computer is slow',
    ],
  },
  ko: {
    'asked-for-host': [
      '큰 모델한테 물어봐',
      '큰 모델에게 고래가 어떻게 자는지 물어봐 줘',
      '서버에 물어봐 줘',
      '더 똑똑한 모델로 대답해 줘',
      '집 서버한테 맡겨',
      '좀 더 깊이 생각해 봐',
    ],
    translation: ['좋은 아침을 일본어로 번역해 줘', '이거 영어로 뭐라고 해', '이 문장 프랑스어로 옮겨 줘', '통역해 줘'],
    'asked-for-device': [
      '네가 직접 대답해 줘',
      '큰 모델한테 묻지 말고 중력을 설명해 줘',
      '기기에서 처리해',
      '서버 없이 대답해 줘',
      '작은 모델로 시 써 줘',
    ],
    none: ['지금 몇 시야', '큰 불 켜 줘', '모델이 뭐야', '더 크게 틀어 줘', '영어 뉴스 틀어 줘', '큰 걸로 주문해 줘'],
  },
};

const rows = (['en', 'ko'] as const).flatMap((language) =>
  Object.entries(wishes[language]).flatMap(([reason, texts]) => texts.map((text) => ({ language, reason, text }))),
);

describe('explicit wishes', () => {
  it.each(rows)('$language: "$text" is $reason', ({ language, reason, text }) => {
    expect(wishOf({ text, language })?.reason ?? 'none').toBe(reason);
  });

  it('win over score, threshold and queue', () => {
    const asked = rows.filter(({ reason }) => reason !== 'none');
    fc.assert(
      fc.property(
        fc.constantFrom(...asked),
        fc.constantFrom(0, 0.5, 1),
        fc.nat(99),
        fc.double({ min: 0, max: 99, noNaN: true }),
        ({ text, language, reason }, threshold, queue, tokensPerSecond) => {
          const router = createRouter(routingOptions.parse({ threshold }));
          const route = router.decide({ text, language }, [], { count: 1, queue, tokensPerSecond });
          expect(route).toMatchObject({ to: reason === 'asked-for-device' ? 'device' : 'host', reason });
        },
      ),
      { numRuns: 30 },
    );
  });
});
