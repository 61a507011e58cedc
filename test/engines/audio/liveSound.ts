import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, type PcmChunk, SAMPLE_RATE, samplesToMs } from '../../../src/audio/contract.js';
import { Microphone, type MicrophoneOptions } from '../../../src/audio/microphone.js';
import { concatenate } from '../../../src/audio/pcm.js';
import { Speaker, type SpeakerOptions } from '../../../src/audio/playback/speaker.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { levelAt, levelOf, loudSpan, tone } from '../../support/tone.js';
import { sinkConformance, sourceConformance } from './conformance.js';

export interface SoundCard {
  readonly name: string;
  /** Options that hear what `speaker` plays. */
  microphone(): MicrophoneOptions;
  speaker(): SpeakerOptions;
  readonly recorderProgram: string;
  readonly playerProgram: string;
  /** Milliseconds of sound that may still come out of the card after it is cut off. */
  readonly cutMs: number;
}

const never = () => new AbortController().signal;
const chunk = (hz: number, ms: number, sampleRate = SAMPLE_RATE): PcmChunk => ({ sampleRate, samples: tone(hz, ms, sampleRate) });

/** Level of a tone in most pieces of 50 ms. */
function usualLevel(samples: Int16Array, hz: number): number {
  const levels: number[] = [];
  for (let at = 0; at + 800 <= samples.length; at += 800) levels.push(levelAt(samples.subarray(at, at + 800), hz));
  return levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 2)] ?? Number.NEGATIVE_INFINITY;
}

/** Hears with one part of the project what the other one plays. */
class Listener {
  readonly #frames: Int16Array[] = [];
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  constructor(microphone: Microphone) {
    this.#done = (async () => {
      for await (const frame of microphone.frames(this.#stop.signal)) this.#frames.push(frame);
      await microphone.close();
    })();
  }

  static async start(options: MicrophoneOptions): Promise<Listener> {
    const listener = new Listener(await Microphone.load(options));
    await eventually('something is heard', () => listener.heard().length > 0);
    return listener;
  }

  heard(): Int16Array {
    return concatenate(this.#frames);
  }

  /** Waits until so much more was heard, then ends. */
  async after(ms: number): Promise<Int16Array> {
    const until = this.#frames.length + Math.ceil((ms * SAMPLE_RATE) / 1000 / FRAME_SAMPLES);
    await eventually(`${ms} ms more`, () => this.#frames.length >= until, ms + 5_000);
    this.#stop.abort();
    await this.#done;
    return this.heard();
  }
}

/** What microphone and loudspeaker do on a sound card on which one hears the other. */
export function liveSound(card: SoundCard): void {
  sinkConformance({
    name: card.name,
    create: () => Speaker.load(card.speaker()),
    meanwhile: (_, promise) => promise,
    takesTime: true,
  });
  sourceConformance({ name: card.name, create: () => Microphone.load(card.microphone()) });

  describe(`${card.name}, heard by its own microphone`, () => {
    it("plays a voice's 22.05 kHz at its pitch, length and loudness", async () => {
      const speaker = await Speaker.load({ ...card.speaker(), volume: 100 });
      const listener = await Listener.start(card.microphone());
      await speaker.play([chunk(700, 400, 22_050)], { signal: never() });
      const heard = await listener.after(320);
      const { from, to } = loudSpan(heard) ?? { from: 0, to: 0 };
      // On a machine with too much to do there may be a gap in it; none of it may be lost.
      expect(samplesToMs(to - from)).toBeGreaterThan(380);
      expect(samplesToMs(to - from)).toBeLessThan(800);
      expect(usualLevel(heard.subarray(from, to), 700)).toBeCloseTo(-6, 0);
      await speaker.close();
    });

    it('is softer at a lower volume, also while it plays', async () => {
      const speaker = await Speaker.load({ ...card.speaker(), volume: 100 });
      const listener = await Listener.start(card.microphone());
      const playing = speaker.play([chunk(1_000, 1_400)], { signal: never(), onStart: () => setTimeout(() => speaker.setVolume(50), 50) });
      await playing;
      const heard = await listener.after(300);
      const { from, to } = loudSpan(heard) ?? { from: 0, to: 0 };
      expect(usualLevel(heard.subarray(from, from + 4_000), 1_000)).toBeCloseTo(-6, 0);
      expect(usualLevel(heard.subarray(to - 6_000, to - 1_000), 1_000)).toBeCloseTo(-18, 0);
      await speaker.close();
    });

    it(`is silent ${card.cutMs} ms after it is stopped, with nothing left running`, async () => {
      const speaker = await Speaker.load({ ...card.speaker(), volume: 100 });
      const listener = await Listener.start(card.microphone());
      const stop = new AbortController();
      const playing = speaker.play([chunk(1_000, 10_000)], { signal: stop.signal });
      await eventually(
        'the tone is heard',
        () => (loudSpan(listener.heard())?.to ?? 0) - (loudSpan(listener.heard())?.from ?? 0) > 8_000,
        8_000,
      );
      const stoppedAt = performance.now();
      stop.abort();
      const played = await playing;
      const took = performance.now() - stoppedAt;
      const heard = await listener.after(600);
      const { from, to } = loudSpan(heard) ?? { from: 0, to: 0 };
      expect(played.interrupted).toBe(true);
      expect(took).toBeLessThan(150);
      expect(Math.abs(played.playedMs - samplesToMs(to - from))).toBeLessThan(200);
      expect(samplesToMs(heard.length - to)).toBeGreaterThan(600 - card.cutMs);
      expect(levelOf(heard.subarray(heard.length - 4_800))).toBeLessThan(-80);
      await speaker.close();
      expect(childProcesses().filter(({ name }) => name === card.playerProgram)).toEqual([]);
    });

    it('says that the loudspeaker is gone when its program dies, and plays again afterwards', async () => {
      const speaker = await Speaker.load(card.speaker());
      const failing = speaker.play([chunk(1_000, 5_000)], {
        signal: never(),
        onStart: () => {
          for (const { id, name } of childProcesses()) if (name === card.playerProgram) process.kill(id, 'SIGKILL');
        },
      });
      await expect(failing).rejects.toMatchObject({ code: 'player-lost', recoverable: true, stage: 'audio' });
      expect((await speaker.play([chunk(1_000, 80)], { signal: never() })).playedMs).toBe(80);
      await speaker.close();
    });

    it('says that the microphone is gone when its program dies, after what was heard before, and hears again afterwards', async () => {
      const microphone = await Microphone.load(card.microphone());
      let frames = 0;
      const hearing = (async () => {
        for await (const _ of microphone.frames(never())) {
          if (++frames !== 3) continue;
          for (const { id, name } of childProcesses()) if (name === card.recorderProgram) process.kill(id, 'SIGKILL');
        }
      })();
      await expect(hearing).rejects.toMatchObject({ code: 'microphone-lost', recoverable: true, stage: 'audio' });
      expect(frames).toBeGreaterThanOrEqual(3);
      for await (const _ of microphone.frames(never())) break;
      await microphone.close();
      expect(childProcesses().filter(({ name }) => name === card.recorderProgram)).toEqual([]);
    });
  });
}
