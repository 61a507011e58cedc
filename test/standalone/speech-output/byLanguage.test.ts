import { describe, expect, test } from 'vitest';
import { CollectingSink } from '../../../src/audio/testing/collectingSink.js';
import { byLanguage } from '../../../src/speech-output/byLanguage.js';
import type { SelfPlayingSpeechOutput, SpeakOptions } from '../../../src/speech-output/contract.js';
import { PlayedAloud } from '../../../src/speech-output/playedAloud.js';
import { FakeSpeechOutput } from '../../../src/speech-output/testing/fakeSpeechOutput.js';

const never = new AbortController().signal;

class FakePlayer implements SelfPlayingSpeechOutput {
  readonly kind = 'plays-itself';
  readonly label = 'player';
  readonly capabilities = { languages: ['en'] } as const;
  readonly spoken: string[] = [];

  speak(sentence: string, _options: SpeakOptions): Promise<void> {
    this.spoken.push(sentence);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('two engines by language', () => {
  test.each([
    ['Hello there.', 'en', 'main'],
    ['Café naïve 5.', 'en', 'main'],
    ['안녕하세요.', 'ko', 'other ko'],
    ['안녕하세요.', 'en', 'other ko'],
    ['The word for it is 한국어, I believe.', 'en', 'other en'],
    ['Привет.', 'en', 'other en'],
    ['OK', 'ko', 'other ko'],
  ] as const)('%j in an answer in %s is spoken by %s', async (sentence, language, expected) => {
    const main = new FakeSpeechOutput({ languages: ['en'] });
    const other = new FakeSpeechOutput();
    const output = byLanguage(main, other);
    if (output.kind !== 'pcm') throw new Error('two engines that make sound make sound together');
    for await (const chunk of output.synthesize(sentence, { language, signal: never })) expect(chunk.samples.length).toBeGreaterThan(0);
    const asked = [...main.asked.map(() => 'main'), ...other.asked.map((one) => `other ${one.language}`)];
    expect(asked).toEqual([expected]);
  });

  test('a main engine that speaks both leaves nothing to the other', async () => {
    const main = new FakeSpeechOutput();
    const other = new FakeSpeechOutput();
    const output = byLanguage(main, other);
    if (output.kind !== 'pcm') throw new Error('two engines that make sound make sound together');
    for await (const _ of output.synthesize('안녕, hello.', { language: 'ko', signal: never }));
    expect(other.asked).toEqual([]);
  });

  test('it names both, speaks what both speak, and closes both', async () => {
    const main = new FakeSpeechOutput({ languages: ['en'] });
    const other = new FakeSpeechOutput({ languages: ['ko'] });
    const output = byLanguage(main, other);
    expect(output.label).toBe('fake, fake for other languages');
    expect(output.capabilities.languages).toEqual(['en', 'ko']);
    await output.close();
    expect([main.closed, other.closed]).toEqual([true, true]);
  });

  test('with an engine that plays by itself, the other one plays by itself too', async () => {
    const sink = new CollectingSink();
    const main = new FakePlayer();
    const output = byLanguage(main, new PlayedAloud(new FakeSpeechOutput(), () => Promise.resolve(sink)));
    if (output.kind !== 'plays-itself') throw new Error('it plays by itself');
    await output.speak('Hello.', { language: 'en', signal: never });
    await output.speak('안녕.', { language: 'ko', signal: never });
    expect(main.spoken).toEqual(['Hello.']);
    expect(sink.plays.map(({ chunks }) => chunks.length)).toEqual([1]);
    await output.close();
  });
});
