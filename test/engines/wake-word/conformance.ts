import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WakeScore, WakeWordEngine } from '../../../src/wake-word/contract.js';
import { expectSameAtAnyChunkSize } from '../../support/anyChunkSize.js';

/** What every engine must do that listens for a word. `load` gives a fresh one. */
export interface ConformanceSubject {
  readonly load: () => Promise<WakeWordEngine>;
  /** Sound with a word in it, and which. */
  readonly sound: Int16Array;
  readonly word: string;
  /** Where the word ends in `sound`. */
  readonly wordEndSample: number;
  /** Speech without a word. */
  readonly other: Int16Array;
}

const SECOND = 16_000;
const WAKES = 0.5;

export function conformsToWakeWord(name: string, { load, sound, word, wordEndSample, other }: ConformanceSubject): void {
  describe(`${name} as a wake word engine`, () => {
    let engine: WakeWordEngine;
    beforeAll(async () => {
      engine = await load();
    });
    afterAll(() => engine.close());
    const hear = async (samples: Int16Array) => {
      engine.reset();
      return await engine.process(samples);
    };
    const highest = (scores: readonly WakeScore[]) => Math.max(...scores.filter((score) => score.word === word).map(({ score }) => score));

    test('says what it is and which words it knows', () => {
      expect(engine.label).not.toBe('');
      expect(engine.capabilities.words).toContain(word);
    });

    test('hears its word, near its end', async () => {
      const scores = (await hear(sound)).filter((score) => score.word === word);
      const first = scores.find(({ score }) => score >= WAKES);
      expect(first?.endSample).toBeGreaterThan(wordEndSample - SECOND / 2);
      expect(first?.endSample).toBeLessThan(wordEndSample + SECOND / 4);
    });

    test('scores are from 0 to 1, of known words, in order, and not beyond what was heard', async () => {
      let last = 0;
      for (const { word: scored, score, endSample } of await hear(sound)) {
        expect(engine.capabilities.words).toContain(scored);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(endSample).toBeGreaterThanOrEqual(last - SECOND / 4);
        expect(endSample).toBeLessThanOrEqual(sound.length);
        last = endSample;
      }
    });

    test('hears nothing in speech without its word, in silence, and in no sound at all', async () => {
      expect(highest(await hear(other))).toBeLessThan(WAKES);
      expect(highest(await hear(new Int16Array(3 * SECOND)))).toBeLessThan(WAKES);
      expect(await hear(new Int16Array(0))).toEqual([]);
    });

    test('hears a word that begins with the first sample', async () => {
      const lead = sound.findIndex((sample) => Math.abs(sample) > 300);
      expect(highest(await hear(sound.subarray(lead)))).toBeGreaterThanOrEqual(WAKES);
    });

    test('gives the same scores at any chunk size', () => expectSameAtAnyChunkSize(engine, sound));

    test('a reset forgets what was heard', async () => {
      const first = await hear(sound);
      await hear(other);
      expect(await hear(sound)).toEqual(first);
    });

    test('leaves the samples as they are', async () => {
      const copy = sound.slice();
      await hear(sound);
      expect(Buffer.compare(Buffer.from(copy.buffer), Buffer.from(sound.slice().buffer))).toBe(0);
    });

    test('two of them do not disturb each other, and closing twice is once', async () => {
      const second = await load();
      const [one, two] = await Promise.all([hear(sound), second.process(sound)]);
      expect(two).toEqual(one);
      await second.close();
      await second.close();
      expect(highest(await hear(sound))).toBeGreaterThanOrEqual(WAKES);
    });
  });
}
