import { describe, expect, it } from 'vitest';
import { type AudioSource, FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { Ear } from '../../../src/device/hearing/ear.js';
import { keepHearing } from '../../../src/device/hearing/keepHearing.js';
import { RealTimePace } from '../../../src/device/pace.js';
import { isAborted, TandemError } from '../../../src/errors.js';
import { endpointingOptions } from '../../../src/voice-activity/options.js';
import { FakeVoiceActivity } from '../../../src/voice-activity/testing/fakeVoiceActivity.js';
import { eventually } from '../../support/eventually.js';

const gone = (code: string) => new TandemError({ code, stage: 'audio', message: 'The microphone is gone.' });

/** Gives as many frames as each number says, one run after the other, then is gone; after the last one it waits for its end. */
function goesAndComes(runs: readonly number[], code = 'microphone-lost') {
  const starts: number[] = [];
  const source: AudioSource = {
    label: 'scripted',
    async *frames(signal) {
      const run = starts.length;
      starts.push(performance.now());
      for (let frame = 0; frame < (runs[run] ?? 0); frame++) {
        yield new Int16Array(FRAME_SAMPLES);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (run < runs.length - 1) throw gone(code);
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
    close: async () => {},
  };
  const ear = new Ear({
    source,
    pace: new RealTimePace(),
    timekeeper: undefined,
    wakeWord: undefined,
    voice: new FakeVoiceActivity(),
    voiceThreshold: 0.5,
    endpointing: endpointingOptions.parse({}),
    followUpMs: 5_000,
  });
  const news: string[] = [];
  const leaving = new AbortController();
  const hearing = keepHearing(ear, leaving.signal, {
    onLost: (error, said) => news.push(`${error.code}${said ? ' (said)' : ''}`),
    onBack: () => news.push('back'),
    waitMs: { first: 10, longest: 40 },
  });
  const end = async () => {
    leaving.abort();
    await hearing;
  };
  return { ear, starts, news, hearing, end };
}

describe('a microphone that goes and comes', () => {
  it('is told of once, however often it is looked for, with growing waits', async () => {
    const { starts, news, end } = goesAndComes([0, 0, 0, 0, 0, 0, 30], 'microphone-missing');
    await eventually('it is back', () => news.includes('back'));
    await end();
    expect(news).toEqual(['microphone-missing', 'back']);
    const waits = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(waits.every((wait, index) => wait >= ([10, 20][index] ?? 40) - 2)).toBe(true);
  });

  it('is not back before it has given sound for a second', async () => {
    const { starts, news, end } = goesAndComes([30, 10, 10, 30]);
    await eventually('it is back', () => starts.length === 4 && news.includes('back'));
    await end();
    expect(news).toEqual(['microphone-lost', 'back']);
  });

  it('tells whoever is speaking at that moment, and whoever wants to speak before it is back', async () => {
    const { ear, news, end } = goesAndComes([3, 0, 0, 0, 0, 0]);
    const never = new AbortController().signal;
    await expect(ear.listen({ opening: 'push', fromSample: undefined }, never)).rejects.toMatchObject({ code: 'microphone-lost' });
    await expect(ear.listen({ opening: 'push', fromSample: undefined }, never)).rejects.toMatchObject({ code: 'microphone-lost' });
    await end();
    expect(news).toEqual(['microphone-lost (said)']);
  });

  it('ends the follow-up window without a word', async () => {
    const { ear, news, end } = goesAndComes([3, 0, 0, 0]);
    const window = ear.listen({ opening: 'follow-up', fromSample: undefined }, new AbortController().signal);
    await expect(window).rejects.toSatisfy(isAborted);
    await end();
    expect(news).toEqual(['microphone-lost']);
  });

  it('is no longer waited for when the device ends', async () => {
    const { starts, end } = goesAndComes([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    await eventually('it waits', () => starts.length === 4);
    await end();
    const tried = starts.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(starts.length).toBe(tried);
  });

  it('is another thing than a file that is broken', async () => {
    const { hearing } = goesAndComes([2, 2], 'wav-damaged');
    await expect(hearing).rejects.toMatchObject({ code: 'wav-damaged' });
  });
});
