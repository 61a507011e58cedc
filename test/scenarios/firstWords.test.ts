import { expect, it, vi } from 'vitest';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { live } from '../support/liveDevice.js';

/** Why nobody waits longer for the first word than they must: what a whole device asks of a model that the test plays. */

it('a sentence is heard as soon as it is whole, while the model still makes the next one', { timeout: 300_000 }, async () => {
  let heard = (): void => {};
  const firstSound = new Promise<void>((resolve) => {
    heard = resolve;
  });
  // The second sentence comes when the first one can be heard, and never where the device waits for both.
  const model = new FakeLanguageModel({
    answer: () => ({ pieces: ['It is a fox.', ' It', ' is red.'] }),
    beforePiece: (index) => (index < 2 ? Promise.resolve() : firstSound),
  });
  await live({ engines: { languageModel: () => Promise.resolve(model) } }, async ({ device, events }) => {
    device.send({ type: 'ASK', question: { text: 'what animal is that', language: 'en' } });
    await vi.waitUntil(() => events.some(({ event }) => event === 'first-audio'), { timeout: 30_000 });
    heard();
    await device.idle();
    expect(events.flatMap((event) => (event.event === 'sentence' ? [event.text] : []))).toEqual(['It is a fox.', 'It is red.']);
    expect(events.flatMap((event) => (event.event === 'turn-end' ? [event.outcome] : []))).toEqual(['answered']);
  });
});

it('the model reads what was said before while the person still speaks', { timeout: 300_000 }, async () => {
  const model = new FakeLanguageModel({ answer: () => 'It is a fox.' });
  await live({ engines: { languageModel: () => Promise.resolve(model) } }, async ({ device, states }) => {
    device.send({ type: 'ASK', question: { text: 'what animal is that', language: 'en' } });
    await device.idle();
    const before = model.prefilled.length;
    device.send({ type: 'PUSH' });
    await vi.waitUntil(() => model.prefilled.length > before, { timeout: 10_000 });
    expect(states().at(-1)).toMatch(/^listening/);
    expect(model.requests).toHaveLength(1);
    expect(model.prefilled.at(-1)).toEqual([
      { role: 'system', content: expect.any(String) },
      { role: 'user', content: 'what animal is that' },
      { role: 'assistant', content: 'It is a fox.' },
    ]);
    device.send({ type: 'STOP' });
    await device.idle();
  });
});
