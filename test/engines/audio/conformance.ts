import { describe, expect, it } from 'vitest';
import { type AudioSink, type AudioSource, FRAME_SAMPLES, type PcmChunk, SAMPLE_RATE } from '../../../src/audio/contract.js';
import { eventually } from '../../support/eventually.js';
import { tone } from '../../support/tone.js';

/** How long a piece of sound may seem longer or shorter than it is: the device's own buffers. */
const TOLERANCE_MS = 120;

export interface SinkUnderTest {
  readonly name: string;
  create(): Promise<AudioSink>;
  /** Lets time pass until the promise is settled: nothing to do where time passes by itself. */
  meanwhile<T>(sink: AudioSink, promise: Promise<T>): Promise<T>;
  /** True where playing takes as long as the sound is. */
  readonly takesTime: boolean;
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function chunk(ms: number, sampleRate: number = SAMPLE_RATE): PcmChunk {
  return { sampleRate, samples: tone(440, ms, sampleRate, 0.2) };
}

/** What every `AudioSink` does. */
export function sinkConformance(under: SinkUnderTest): void {
  describe(`${under.name} is a sink`, () => {
    const withSink = (test: (sink: AudioSink) => Promise<void>) => async () => {
      const sink = await under.create();
      try {
        await test(sink);
      } finally {
        await sink.close();
      }
    };

    it(
      'plays all of it, and says how long that was',
      withSink(async (sink) => {
        let started = 0;
        const played = await under.meanwhile(
          sink,
          sink.play([chunk(100), chunk(60), chunk(140, 22_050)], { signal: never(), onStart: () => started++ }),
        );
        expect(played.interrupted).toBe(false);
        expect(played.playedMs).toBeGreaterThan(298);
        expect(played.playedMs).toBeLessThan(302);
        expect(started).toBe(1);
        expect(sink.label).not.toBe('');
      }),
    );

    it(
      'takes sound that comes bit by bit',
      withSink(async (sink) => {
        async function* speech() {
          for (let count = 0; count < 10; count++) {
            await new Promise((resolve) => setImmediate(resolve));
            yield chunk(17);
          }
        }
        const played = await under.meanwhile(sink, sink.play(speech(), { signal: never() }));
        expect(played.interrupted).toBe(false);
        expect(Math.round(played.playedMs)).toBe(170);
      }),
    );

    it(
      'has nothing to do for nothing',
      withSink(async (sink) => {
        let started = 0;
        const onStart = () => started++;
        expect(await sink.play([], { signal: never(), onStart })).toEqual({ interrupted: false, playedMs: 0 });
        expect(await sink.play([{ sampleRate: 22_050, samples: new Int16Array(0) }], { signal: never(), onStart })).toEqual({
          interrupted: false,
          playedMs: 0,
        });
        expect(started).toBe(0);
      }),
    );

    it(
      'plays nothing when it is stopped before',
      withSink(async (sink) => {
        let asked = 0;
        function* sound() {
          asked++;
          yield chunk(100);
        }
        expect(await sink.play(sound(), { signal: AbortSignal.abort(), onStart: () => asked++ })).toEqual({
          interrupted: true,
          playedMs: 0,
        });
        expect(asked).toBe(0);
      }),
    );

    it(
      'is stopped within 100 ms, even while the sound is late, and lets go of whoever makes it',
      withSink(async (sink) => {
        const stop = new AbortController();
        let left = false;
        const late: AsyncIterable<PcmChunk> = {
          [Symbol.asyncIterator]() {
            let first = true;
            return {
              next: () => {
                if (!first) return new Promise(() => {});
                first = false;
                return Promise.resolve({ done: false, value: chunk(200) });
              },
              return: async () => {
                left = true;
                return { done: true, value: undefined };
              },
            };
          },
        };
        let stoppedAt = 0;
        const playing = sink.play(late, {
          signal: stop.signal,
          onStart: () => {
            stoppedAt = performance.now();
            stop.abort();
          },
        });
        const played = await under.meanwhile(sink, playing);
        expect(performance.now() - stoppedAt).toBeLessThan(100 + TOLERANCE_MS);
        expect(played.interrupted).toBe(true);
        expect(played.playedMs).toBeLessThanOrEqual(200);
        expect(left).toBe(true);
      }),
    );

    it(
      'lets one play at a time, in order, and skips who gave up waiting',
      withSink(async (sink) => {
        const order: string[] = [];
        const play = (name: string, signal: AbortSignal) =>
          sink.play([chunk(120)], { signal, onStart: () => order.push(`${name} starts`) }).then((played) => {
            order.push(`${name} ${played.interrupted ? 'gives up' : 'ends'}`);
          });
        const impatient = new AbortController();
        const all = Promise.all([play('first', never()), play('second', impatient.signal), play('third', never())]);
        impatient.abort();
        await under.meanwhile(sink, all);
        expect(order.filter((line) => !line.startsWith('second'))).toEqual(['first starts', 'first ends', 'third starts', 'third ends']);
        expect(order.filter((line) => line.startsWith('second'))).toEqual(['second gives up']);
      }),
    );

    it(
      'plays what came before a failure, then fails with it, and plays on',
      withSink(async (sink) => {
        async function* breaks() {
          yield chunk(100);
          throw new Error('the voice is gone');
        }
        let started = 0;
        await expect(under.meanwhile(sink, sink.play(breaks(), { signal: never(), onStart: () => started++ }))).rejects.toThrow(
          'the voice is gone',
        );
        expect(started).toBe(1);
        expect((await under.meanwhile(sink, sink.play([chunk(50)], { signal: never() }))).playedMs).toBeCloseTo(50, 0);
      }),
    );

    it('ends what plays and what waits when it is closed', async () => {
      const sink = await under.create();
      let started = false;
      function* endless() {
        for (;;) yield chunk(80);
      }
      const playing = sink.play(endless(), {
        signal: never(),
        onStart: () => {
          started = true;
        },
      });
      const waiting = sink.play([chunk(80)], { signal: never() });
      await under.meanwhile(
        sink,
        eventually('it plays', () => started),
      );
      await sink.close();
      expect((await playing).interrupted).toBe(true);
      expect(await waiting).toEqual({ interrupted: true, playedMs: 0 });
      expect(await sink.play([chunk(80)], { signal: never() })).toEqual({ interrupted: true, playedMs: 0 });
      await sink.close();
    });

    if (!under.takesTime) return;
    it(
      `says honestly how much was heard when it is stopped, to ${TOLERANCE_MS} ms`,
      withSink(async (sink) => {
        const stop = new AbortController();
        let startedAt = 0;
        function* endless() {
          for (;;) yield chunk(40);
        }
        const playing = sink.play(endless(), {
          signal: stop.signal,
          onStart: () => {
            startedAt = performance.now();
            setTimeout(() => stop.abort(), 700);
          },
        });
        const played = await under.meanwhile(sink, playing);
        const elapsed = performance.now() - startedAt;
        expect(played.interrupted).toBe(true);
        expect(played.playedMs).toBeLessThan(elapsed);
        expect(played.playedMs).toBeGreaterThan(elapsed - 100 - 2 * TOLERANCE_MS);
      }),
    );
  });
}

/** What every `AudioSource` does. `create` gives one that has at least a second of sound to come. */
export function sourceConformance(under: { readonly name: string; create(): Promise<AudioSource> }): void {
  describe(`${under.name} is a source`, () => {
    it('gives whole frames, and ends when it is stopped', async () => {
      const source = await under.create();
      const stop = new AbortController();
      let frames = 0;
      for await (const frame of source.frames(stop.signal)) {
        expect(frame).toBeInstanceOf(Int16Array);
        expect(frame.length).toBe(FRAME_SAMPLES);
        if (++frames === 5) stop.abort();
      }
      expect(frames).toBe(5);
      expect(source.label).not.toBe('');
      await source.close();
    });

    it('gives nothing when it is stopped before', async () => {
      const source = await under.create();
      for await (const _ of source.frames(AbortSignal.abort())) expect.unreachable();
      await source.close();
    });

    it('ends while somebody waits for the next frame', async () => {
      const source = await under.create();
      const stop = new AbortController();
      const frames = source.frames(stop.signal)[Symbol.asyncIterator]();
      await frames.next();
      const ends = (async () => {
        while ((await frames.next()).done !== true);
      })();
      stop.abort();
      await ends;
      await source.close();
      await source.close();
    });

    it('can be left in the middle', async () => {
      const source = await under.create();
      for await (const _ of source.frames(new AbortController().signal)) break;
      await source.close();
    });
  });
}
