import { afterEach, expect, it, vi } from 'vitest';
import type { AudioSink } from '../../../src/audio/contract.js';
import { CollectingSink } from '../../../src/audio/testing/collectingSink.js';
import { Alerts } from '../../../src/device/speaking/alerts.js';
import type { Mouth } from '../../../src/device/speaking/mouth.js';

const LOST = new Error('the loudspeaker is gone');
const speechless: Mouth = {
  speak: async () => {
    throw new Error('the voice is gone');
  },
  close: async () => {},
};

afterEach(() => {
  vi.useRealTimers();
});

/** Rings for `ms`, by a voice that fails. */
async function rungFor(ms: number, sink: AudioSink, kind?: 'notice') {
  vi.useFakeTimers();
  const told: unknown[] = [];
  const alerts = new Alerts();
  void alerts.add({ id: 'tea', text: 'Your tea.', language: 'en', ...(kind === undefined ? {} : { kind }) });
  const stop = new AbortController();
  const ringing = alerts.ring('tea', { sink, mouth: speechless, onTrouble: (error) => told.push(error) }, stop.signal);
  const rung = ringing.then(
    () => 'ended',
    () => 'rejected',
  );
  await vi.advanceTimersByTimeAsync(ms);
  stop.abort();
  return { told, end: await rung };
}

it('rings on where there is no voice to say what is due', async () => {
  const sink = new CollectingSink();
  const { told, end } = await rungFor(5_500, sink);
  expect(sink.plays.length).toBeGreaterThan(3);
  expect(told).toHaveLength(1);
  expect(end).toBe('ended');
});

it('rings as soon as a loudspeaker that was gone is back', async () => {
  const sink = new CollectingSink();
  let left = 2;
  const play = sink.play.bind(sink);
  sink.play = async (...given) => {
    if (left-- > 0) throw LOST;
    return await play(...given);
  };
  const { told } = await rungFor(5_500, sink);
  expect(sink.plays.length).toBeGreaterThan(0);
  expect(told).toEqual([LOST]);
});

it('a notice that can not be said is left', async () => {
  expect(await rungFor(100, new CollectingSink(), 'notice')).toEqual({ told: [], end: 'rejected' });
});
