import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateRequest, Generation, LanguageModel, Message } from '../../../src/language-model/contract.js';

/** What every language model must do. `load` gives a fresh one; `question` gets an answer of several tokens. */
export interface ConformanceSubject {
  readonly load: () => Promise<LanguageModel>;
  readonly question: string;
  /** Tokens of an answer that it certainly reaches. */
  readonly someTokens: number;
  /** Why no answer ends by itself; where it is left out, the answer to `question` does, within 60 tokens. */
  readonly neverEnds?: string;
}

const system: Message = { role: 'system', content: 'You are Tandem. Answer in one short sentence.' };
const never = new AbortController().signal;

export function conformsToLanguageModel(name: string, subject: ConformanceSubject): void {
  describe(`${name} as a language model`, () => {
    let model: LanguageModel;
    beforeAll(async () => {
      model = await subject.load();
    });
    afterAll(() => model.close());

    const ask = (content: string): readonly Message[] => [system, { role: 'user', content }];

    /** Generates, and keeps what was emitted. */
    async function generate(request: Partial<GenerateRequest> = {}): Promise<Generation & { readonly emitted: string[] }> {
      const emitted: string[] = [];
      const generation = await model.generate({
        messages: ask(subject.question),
        maxTokens: subject.someTokens,
        signal: never,
        ...request,
        onText: (text) => {
          emitted.push(text);
          request.onText?.(text);
        },
      });
      return { ...generation, emitted };
    }

    it('says what it is', () => {
      expect(model.label).not.toBe('');
      expect(model.capabilities.contextTokens).toBeGreaterThan(0);
    });

    it('emits the answer piece by piece, and resolves with all of it', async () => {
      const { text, emitted, generatedTokens, timeToFirstTokenMs, meanProbability } = await generate();
      expect(emitted.length).toBeGreaterThan(1);
      expect(emitted).not.toContain('');
      expect(emitted.join('')).toBe(text);
      expect(generatedTokens).toBeGreaterThan(1);
      expect(timeToFirstTokenMs).toBeGreaterThan(0);
      if (meanProbability !== undefined) expect(meanProbability).toSatisfy((p: number) => p > 0 && p <= 1);
    });

    it('stops at the number of tokens that was allowed', async () => {
      const { stopReason, generatedTokens } = await generate({ maxTokens: 2 });
      expect({ stopReason, generatedTokens }).toEqual({ stopReason: 'length', generatedTokens: 2 });
    });

    const skipped = subject.neverEnds === undefined ? '' : ` (skipped: ${subject.neverEnds})`;
    it.skipIf(subject.neverEnds !== undefined)(`ends by itself, with no special token in the text${skipped}`, async () => {
      const { stopReason, text } = await generate({ maxTokens: 60 });
      expect(stopReason).toBe('end');
      expect(text).not.toMatch(/\[\|/);
    });

    it('does nothing when it was aborted before it was called', async () => {
      const { stopReason, text, generatedTokens, emitted } = await generate({ signal: AbortSignal.abort() });
      expect({ stopReason, text, generatedTokens, emitted }).toEqual({ stopReason: 'aborted', text: '', generatedTokens: 0, emitted: [] });
    });

    it('resolves at once when it is aborted before the first token, and the next call works', async () => {
      const wanted = (await generate()).text;
      const abort = new AbortController();
      const cut = generate({ messages: ask(`${'word '.repeat(100)}${subject.question}`), signal: abort.signal });
      abort.abort();
      expect(await cut).toMatchObject({ stopReason: 'aborted', text: '', emitted: [] });
      expect((await generate()).text).toBe(wanted);
    });

    it('keeps what was said when it is aborted in the middle, emits nothing more, and the next call works', async () => {
      const wanted = (await generate()).text;
      const abort = new AbortController();
      const { stopReason, text, emitted } = await generate({ signal: abort.signal, onText: () => abort.abort() });
      expect(stopReason).toBe('aborted');
      expect(emitted).toHaveLength(1);
      expect(text).toBe(emitted[0]);
      expect(wanted.startsWith(text)).toBe(true);
      expect((await generate()).text).toBe(wanted);
    });

    it('does not mind an abort after the end', async () => {
      const abort = new AbortController();
      const { stopReason, text } = await generate({ signal: abort.signal });
      abort.abort();
      expect(stopReason).not.toBe('aborted');
      expect((await generate()).text).toBe(text);
    });

    it('serves one call at a time, in order; one that is aborted while it waits leaves the queue', async () => {
      const order: string[] = [];
      const abort = new AbortController();
      const note = (call: string) => ({ onText: () => order.push(call) });
      const first = generate(note('first'));
      const second = generate({ ...note('second'), signal: abort.signal });
      const third = generate(note('third'));
      abort.abort();
      expect((await second).stopReason).toBe('aborted');
      const texts = [(await first).text, (await third).text];
      expect(texts[0]).toBe(texts[1]);
      expect([...new Set(order)]).toEqual(['first', 'third']);
    });

    it('takes turns of history, and a conversation without a system message', async () => {
      const history: Message[] = [system, { role: 'user', content: 'Hello.' }, { role: 'assistant', content: 'Hello there.' }];
      expect((await generate({ messages: [...history, { role: 'user', content: subject.question }] })).text).not.toBe('');
      expect((await generate({ messages: [{ role: 'user', content: subject.question }] })).text).not.toBe('');
    });

    it('answers the same after the beginning was evaluated ahead', async () => {
      const wanted = (await generate()).text;
      await model.prefill([system], never);
      const { text, cachedTokens, promptTokens } = await generate();
      expect(text).toBe(wanted);
      if (model.capabilities.prefill && promptTokens > 0) expect(cachedTokens).toBeGreaterThan(0);
      await model.prefill([system], AbortSignal.abort());
      expect((await generate()).text).toBe(wanted);
    });

    it('ends what runs when it is closed, and can be closed twice', async () => {
      const other = await subject.load();
      let closed: Promise<void> | undefined;
      const running = other.generate({
        messages: ask(subject.question),
        maxTokens: subject.someTokens,
        signal: never,
        onText: () => {
          closed ??= other.close();
        },
      });
      expect((await running).stopReason).toBe('aborted');
      await closed;
      await other.close();
    });
  });
}
