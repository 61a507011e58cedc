import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language, SpeechToText } from '../../../src/speech-to-text/contract.js';
import { spokenWords } from '../../../src/speech-to-text/spokenWords.js';
import { childProcesses } from '../../support/childProcesses.js';

/** What every engine must do that turns an utterance into text. `load` gives a fresh one. */
export interface ConformanceSubject {
  readonly load: () => Promise<SpeechToText>;
  readonly languages: readonly Language[];
  /** An utterance, and words that must be in its transcript. */
  readonly utterance: Int16Array;
  readonly words: readonly string[];
  /** False where the engine knows how long an answer takes only when it is there (a fake that answers at once). */
  readonly takesTime: boolean;
}

/** Milliseconds. The contract says 200; the rest is for a busy machine. */
const ABORT_LIMIT_MS = 600;
const SECOND = 16_000;
const never = new AbortController().signal;

export function conformsToSpeechToText(subject: string, { load, languages, utterance, words, takesTime }: ConformanceSubject): void {
  describe(`${subject} as speech-to-text`, () => {
    let engine: SpeechToText;
    beforeAll(async () => {
      engine = await load();
    });
    afterAll(() => engine.close());
    const language = languages[0] ?? 'en';
    const transcribe = (samples: Int16Array, signal = never) => engine.transcribe(samples, { signal, languages: [language] });

    test('says what it is and which languages it hears', () => {
      expect(engine.label).not.toBe('');
      expect([...engine.capabilities.languages].sort()).toEqual([...languages].sort());
    });

    test('hears the words of an utterance', async () => {
      const { text, language: heardIn, confidence } = await transcribe(utterance);
      expect(heardIn).toBe(language);
      expect(text).toBe(text.trim());
      expect(spokenWords(text, language)).toEqual(expect.arrayContaining([...words]));
      if (confidence !== undefined) expect(confidence).toSatisfy((value: number) => value >= 0 && value <= 1);
    });

    test('leaves the samples as they are', async () => {
      const copy = utterance.slice();
      await transcribe(utterance);
      expect(utterance).toEqual(copy);
    });

    test.each([
      ['no samples', 0],
      ['a single sample', 1],
      ['10 ms of silence', 160],
      ['two seconds of silence', 2 * SECOND],
    ])('hears nothing in %s', async (_, length) => {
      expect((await transcribe(new Int16Array(length))).text).toBe('');
    });

    test('rejects at once where the signal has fired before', async () => {
      await expect(transcribe(utterance, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    });

    const inTheMiddle = 'stops in the middle, and hears the next utterance';
    const name = takesTime ? inTheMiddle : `${inTheMiddle} (skipped: it answers at once)`;
    test.skipIf(!takesTime)(name, async () => {
      const stop = new AbortController();
      const work = transcribe(repeated(utterance, 20), stop.signal);
      const outcome = expect(work).rejects.toMatchObject({ code: 'aborted' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      const before = performance.now();
      stop.abort();
      await outcome;
      expect(performance.now() - before).toBeLessThan(ABORT_LIMIT_MS);
      expect(spokenWords((await transcribe(utterance)).text, language)).toEqual(expect.arrayContaining([...words]));
    });

    test('a signal that fires afterwards does nothing', async () => {
      const stop = new AbortController();
      await transcribe(utterance, stop.signal);
      stop.abort();
      expect((await transcribe(new Int16Array(SECOND))).text).toBe('');
    });

    test('hears utterances that come at once one after the other', async () => {
      const [first, second] = await Promise.all([transcribe(new Int16Array(SECOND)), transcribe(utterance)]);
      expect(first.text).toBe('');
      expect(spokenWords(second.text, language)).toEqual(expect.arrayContaining([...words]));
    });

    test('what is under way when it is closed ends, and nothing stays behind', async () => {
      const before = childProcesses().length;
      const other = await load();
      const work = other.transcribe(repeated(utterance, 20), { signal: never, languages: [language] }).catch((error: unknown) => error);
      await other.close();
      await work;
      await other.close();
      expect(childProcesses().length).toBe(before);
    });
  });
}

function repeated(samples: Int16Array, times: number): Int16Array {
  const all = new Int16Array(samples.length * times);
  for (let index = 0; index < times; index++) all.set(samples, index * samples.length);
  return all;
}
