import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PcmChunk, samplesToMs } from '../../../src/audio/contract.js';
import type { PcmSpeechOutput } from '../../../src/speech-output/contract.js';
import type { Language } from '../../../src/speech-to-text/contract.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';

/** What every engine that makes sound must do. `load` gives a fresh one. */
export interface ConformanceSubject {
  readonly load: () => Promise<PcmSpeechOutput>;
  /** A sentence of about five words in each language that it speaks. */
  readonly sentences: Partial<Record<Language, string>>;
}

/** Milliseconds. The contract says 100; the rest is for a busy machine. */
const ABORT_LIMIT_MS = 400;
const never = new AbortController().signal;

export function conformsToPcmSpeechOutput(name: string, { load, sentences }: ConformanceSubject): void {
  describe(`${name} as a speech output`, () => {
    let output: PcmSpeechOutput;
    beforeAll(async () => {
      output = await load();
    });
    afterAll(() => output.close());

    const languages = Object.keys(sentences) as Language[];
    const language = languages[0] ?? 'en';
    const sentence = sentences[language] ?? '';
    const long = Array(40).fill(sentence).join(' ');

    async function speak(text: string, spokenIn: Language = language, signal = never): Promise<PcmChunk[]> {
      const chunks: PcmChunk[] = [];
      for await (const chunk of output.synthesize(text, { language: spokenIn, signal })) chunks.push(chunk);
      return chunks;
    }

    test('says what it is and which languages it speaks', () => {
      expect(output.kind).toBe('pcm');
      expect(output.label).not.toBe('');
      expect([...output.capabilities.languages].sort()).toEqual([...languages].sort());
    });

    test.each(languages)('makes sound of a plausible length: %s', async (spokenIn) => {
      const chunks = await speak(sentences[spokenIn] ?? '', spokenIn);
      expect(lengthMs(chunks)).toBeGreaterThan(500);
      expect(lengthMs(chunks)).toBeLessThan(8_000);
      expect(new Set(chunks.map(({ sampleRate }) => sampleRate)).size).toBe(1);
      expect(chunks.every(({ samples }) => samples.length > 0)).toBe(true);
      expect(loudest(chunks)).toBeGreaterThan(1_000);
    });

    test('more words take longer', async () => {
      expect(lengthMs(await speak(`${sentence} ${sentence}`))).toBeGreaterThan(1.5 * lengthMs(await speak(sentence)));
    });

    test('says the same thing twice alike', async () => {
      expect(lengthMs(await speak(sentence))).toBeCloseTo(lengthMs(await speak(sentence)), -2);
    });

    test.each(['', '   ', '\n\t'])('says nothing to %j', async (nothing) => {
      expect(await speak(nothing)).toEqual([]);
    });

    test.each(['-v en --help', '<speak>hi</speak>', "[[h@'loU]]", '$(id) `id` | ; & "', 'a\u0000b', '\uD800', '--'])(
      'takes %j for words',
      async (text) => {
        for (const { samples } of await speak(text)) expect(samples.length).toBeGreaterThan(0);
      },
    );

    test('says nothing when it is stopped before it begins', async () => {
      expect(await speak(sentence, language, AbortSignal.abort())).toEqual([]);
    });

    test('ends quietly and at once when it is stopped, before the first sound and in the middle', async () => {
      for (const after of [0, 1]) {
        const stop = new AbortController();
        const sound = output.synthesize(long, { language, signal: stop.signal })[Symbol.asyncIterator]();
        for (let count = 0; count < after; count++) expect((await sound.next()).done).not.toBe(true);
        const next = sound.next();
        const stoppedAt = performance.now();
        stop.abort();
        await next;
        expect((await sound.next()).done).toBe(true);
        expect(performance.now() - stoppedAt).toBeLessThan(ABORT_LIMIT_MS);
        await nothingRuns();
      }
      expect((await speak(sentence)).length).toBeGreaterThan(0);
    });

    test('leaves nothing running when its sound is not wanted to the end', async () => {
      for await (const chunk of output.synthesize(long, { language, signal: never })) {
        expect(chunk.samples.length).toBeGreaterThan(0);
        break;
      }
      await nothingRuns();
    });

    test('a stop after the end changes nothing', async () => {
      const stop = new AbortController();
      expect((await speak(sentence, language, stop.signal)).length).toBeGreaterThan(0);
      stop.abort();
      expect((await speak(sentence)).length).toBeGreaterThan(0);
    });

    test('makes two sentences at a time', async () => {
      const [one, other] = await Promise.all([speak(sentence), speak(sentence)]);
      expect(lengthMs(one)).toBeCloseTo(lengthMs(other), -2);
    });

    test('closing ends what it is saying and leaves nothing running; closing twice is fine', async () => {
      const closing = await load();
      const sound = closing.synthesize(long, { language, signal: never })[Symbol.asyncIterator]();
      await sound.next();
      await closing.close();
      await closing.close();
      let left = 0;
      while ((await sound.next()).done !== true) left += 1;
      expect(left).toBeLessThan(200);
      await nothingRuns();
    });
  });
}

function lengthMs(chunks: readonly PcmChunk[]): number {
  return chunks.reduce((sum, { samples, sampleRate }) => sum + samplesToMs(samples.length) * (16_000 / sampleRate), 0);
}

function loudest(chunks: readonly PcmChunk[]): number {
  return Math.max(...chunks.map(({ samples }) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)));
}

function nothingRuns(): Promise<boolean> {
  return eventually('no process is left', () => childProcesses().every(({ name }) => !/espeak|festival/.test(name)), 2_000);
}
