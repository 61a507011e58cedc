import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/models/catalogue.js';
import { checkProfile } from '../../../src/profile/check.js';
import { loadProfile } from '../../../src/profile/load.js';
import { type Answers, choicesOf, STANDARD_ANSWERS } from '../../../src/profile/recommend/answers.js';
import { featuresIn, type Machine } from '../../../src/profile/recommend/machine.js';
import { recommend } from '../../../src/profile/recommend/recommend.js';
import { profileText } from '../../../src/profile/recommend/write.js';

const GB = 2 ** 30;

function machine(facts: Partial<Machine>): Machine {
  return {
    processor: 'a processor',
    architecture: 'arm64',
    cores: 4,
    features: ['asimd', 'asimddp'],
    memory: 8 * GB,
    bandwidth: 12e9,
    microphone: true,
    installed: ['espeak-ng'],
    diskFree: 50e9,
    ...facts,
  };
}

const machines: Readonly<Record<string, Machine>> = {
  'Pi 5, 8 GB': machine({ board: 'Raspberry Pi 5 Model B Rev 1.0' }),
  'Pi 4, 4 GB': machine({ board: 'Raspberry Pi 4 Model B', features: ['asimd'], memory: 3.7 * GB, bandwidth: 4e9 }),
  'Pi Zero 2, 512 MB': machine({ features: ['asimd'], memory: GB / 2, bandwidth: 2e9, diskFree: 3e9 }),
  'Pi 3, 1 GB': machine({ features: ['asimd'], memory: GB, bandwidth: 2e9 }),
  'mini PC, 16 GB': machine({ architecture: 'x64', cores: 8, features: ['avx2'], memory: 16 * GB, bandwidth: 40e9 }),
  'PC with a GPU': machine({
    architecture: 'x64',
    cores: 8,
    features: ['avx2'],
    memory: 32 * GB,
    bandwidth: 50e9,
    gpu: { name: 'RTX', memory: 12 * GB },
  }),
  'old PC': machine({ architecture: 'x64', cores: 2, features: ['avx'], memory: 4 * GB, bandwidth: 8e9 }),
  'full disk': machine({ diskFree: 1e9 }),
};

function answers(given: Partial<Answers>): Answers {
  return { ...STANDARD_ANSWERS, ...given };
}

function value(of: ReturnType<typeof recommend>, path: string): unknown {
  return of.choices.find((choice) => choice.path === path)?.value;
}

describe('every machine with answers of every kind', () => {
  const kinds = ['device', 'host'] as const;
  test.each(Object.keys(machines).flatMap((name) => kinds.map((kind) => [name, kind] as const)))(
    '%s as a %s gets a profile without mistakes, each choice with a reason',
    async (name, kind) => {
      const here = machines[name] ?? machine({});
      for (const speed of choicesOf('speed')) {
        for (const questions of choicesOf('questions')) {
          for (const accuracy of ['normal', 'strict']) {
            for (const languages of ['en', 'ko,en']) {
              const given = { speed, questions, accuracy, languages } as Answers;
              const recommendation = recommend(here, given, { kind, ...(speed === 'quick' ? { broker: 'mqtt://server:1883' } : {}) });
              const text = profileText(recommendation, {
                name: 'Hall',
                machine: here,
                answers: given,
                date: new Date(0),
                schemaPath: './profile.schema.json',
              });
              const { mistakes, profile } = await checkProfile(text, 'hall.yaml', '/nowhere', catalogue());
              expect(mistakes).toEqual([]);
              expect(profile?.kind).toBe(kind);
              expect(recommendation.choices.every(({ reason }) => /^[A-Z].{5,300}\.$/.test(reason))).toBe(true);
              for (const { reason } of recommendation.choices) expect(text).toContain(`  # ${reason}\n`);
            }
          }
        }
      }
    },
  );
});

describe('a recommendation', () => {
  const pi5 = machine({});

  test('for a Pi 5 and a Pi 4 is what their profiles have', async () => {
    for (const [name, here] of [
      ['pi-5', pi5],
      ['pi-4', machines['Pi 4, 4 GB'] ?? pi5],
    ] as const) {
      const { profile } = await loadProfile(name);
      const recommendation = recommend(here, answers({ languages: 'en,ko' }), { kind: 'device' });
      expect(profile.languageModel).toMatchObject({
        model: value(recommendation, 'languageModel.model'),
        contextTokens: value(recommendation, 'languageModel.contextTokens'),
      });
      expect(profile).toMatchObject({
        speechToText: { model: value(recommendation, 'speechToText.model') },
        speechOutput: { engine: value(recommendation, 'speechOutput.engine') },
      });
    }
  });

  test('says what speed to expect: on a Pi 5 that of others, 6 tokens a second of a model of 2 GB', () => {
    const { expected } = recommend(pi5, answers({}), { kind: 'device' });
    expect(expected.tokensPerSecond).toBeGreaterThan(5);
    expect(expected.tokensPerSecond).toBeLessThan(8);
  });

  test('never asks for more memory than there is', () => {
    for (const here of Object.values(machines)) {
      const { expected } = recommend(here, answers({ questions: 'hard', accuracy: 'strict', speed: 'patient' }), { kind: 'device' });
      expect(expected.memoryMb * 1e6).toBeLessThan(here.memory);
    }
  });

  test('takes the 7.8B where it is wanted, fits and is quick enough; not where speed matters more', () => {
    const pc = machines['PC with a GPU'] ?? pi5;
    const wants = { questions: 'hard' } as const;
    expect(value(recommend(pc, answers(wants), { kind: 'device' }), 'languageModel.model')).toBe('exaone-3.5-7.8b-q4_k_m');
    expect(value(recommend(pc, answers(wants), { kind: 'device' }), 'languageModel.gpu')).toBe('auto');
    expect(value(recommend(pc, answers({ ...wants, speed: 'quick' }), { kind: 'device' }), 'languageModel.model')).toBe(
      'exaone-3.5-2.4b-q4_k_m',
    );
    expect(value(recommend(pi5, answers(wants), { kind: 'device' }), 'languageModel.model')).toBe('exaone-3.5-2.4b-q4_k_m');
  });

  test('takes the practice model where nothing larger fits, and says what is missing', () => {
    for (const name of ['Pi Zero 2, 512 MB', 'Pi 3, 1 GB', 'full disk']) {
      const recommendation = recommend(machines[name] ?? pi5, answers({}), { kind: 'device' });
      expect(value(recommendation, 'languageModel.model')).toBe('tandem-starter');
      expect(recommendation.choices.find(({ path }) => path === 'languageModel.model')?.reason).toContain('needs');
    }
  });

  test('of a host has a draft model where both fit', () => {
    const pc = machines['mini PC, 16 GB'] ?? pi5;
    const recommendation = recommend(pc, answers({}), { kind: 'host' });
    expect(value(recommendation, 'languageModel.draftModel')).toBe('exaone-3.5-2.4b-q4_k_m');
    expect(recommendation.models).toEqual(['exaone-3.5-7.8b-q4_k_m', 'exaone-3.5-2.4b-q4_k_m']);
  });

  test('with a broker hands off, more readily the harder the questions are', () => {
    const threshold = (questions: Answers['questions']) =>
      value(recommend(pi5, answers({ questions }), { kind: 'device', broker: 'mqtt://b' }), 'routing.threshold');
    expect(threshold('hard')).toBeLessThan(threshold('everyday') as number);
  });

  test('notes a missing microphone, a slow model and a host that would help', () => {
    const { notes } = recommend(machine({ microphone: false, features: ['asimd'], bandwidth: 4e9 }), answers({ speed: 'quick' }), {
      kind: 'device',
    });
    expect(notes.join('\n')).toMatch(/voice will pause[\s\S]*tandem host[\s\S]*No microphone/);
  });
});

test.each([
  ['x86', 'processor : 0\nflags\t\t: fpu sse avx avx2 fma f16c\n', ['avx', 'avx2', 'fma', 'f16c']],
  ['ARM', 'processor : 0\nFeatures\t: fp asimd evtstrm asimddp\n', ['asimd', 'asimddp']],
  ['nothing', '', []],
])('features of %s are read', (_what, text, features) => {
  expect(featuresIn(text)).toEqual(features);
});
