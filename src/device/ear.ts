import type { Heard, ListenInput } from '../../statecharts/conversation/terms.js';
import type { AudioSource } from '../audio/contract.js';
import { RingBuffer } from '../audio/ringBuffer.js';
import { AbortedError, TandemError } from '../errors.js';
import type { WakeDetection } from '../wake-word/detector.js';
import type { Pace } from './pace.js';

/** Whatever plays in time with the input is told of each frame. */
export interface Timekeeper {
  advance(samples: number): Promise<void>;
}

/** Takes in one utterance: is fed with samples in order and says when it begins and ends. */
export interface Listener {
  feed(samples: Int16Array): Promise<void>;
  /** Set once it is over. */
  readonly heard: Heard | undefined;
}

export interface ListenerHooks {
  readonly onSpeechStart: (sample: number) => void;
  /** `sample`: the end of the last word; `silenceMs`: how long was waited after it. */
  readonly onSpeechEnd: (sample: number, silenceMs: number) => void;
}

export interface EarParts {
  readonly source: AudioSource;
  readonly pace: Pace;
  readonly timekeeper: Timekeeper | undefined;
  /** Undefined where only a button starts a turn. */
  readonly wakeWord: { process(samples: Int16Array, now: { speaking: boolean }): Promise<readonly WakeDetection[]> } | undefined;
  /** A listener for what follows `fromSample`. */
  readonly listener: (input: ListenInput, fromSample: number, hooks: ListenerHooks) => Listener;
}

export interface EarHooks extends ListenerHooks {
  readonly onWake: (detection: WakeDetection) => void;
}

interface Listening {
  readonly listener: Listener;
  /** Where in the input the next samples to feed begin. */
  next: number;
  readonly resolve: (heard: Heard) => void;
  readonly reject: (error: unknown) => void;
}

/** Hears: the wake word all the time, an utterance when it is asked to. Everything is counted in samples of the input. */
export class Ear {
  private readonly parts: EarParts;
  private readonly recent = new RingBuffer();
  private hooks: EarHooks | undefined;
  private listening: Listening | undefined;
  private speaking = false;

  constructor(parts: EarParts) {
    this.parts = parts;
  }

  attach(hooks: EarHooks): void {
    this.hooks = hooks;
  }

  /** Samples heard so far. */
  get position(): number {
    return this.recent.position;
  }

  /** The device itself can be heard: a wake word has to be clearer. */
  deviceSpeaks(speaking: boolean): void {
    this.speaking = speaking;
  }

  /** Takes in the input until it ends or `signal` fires; rejects where the microphone is lost. */
  async run(signal: AbortSignal): Promise<void> {
    const { source, pace, timekeeper } = this.parts;
    try {
      for await (const frame of source.frames(signal)) {
        await pace.ready();
        this.recent.push(frame);
        await timekeeper?.advance(frame.length);
        pace.advance(frame.length);
        await this.hear(frame);
      }
    } catch (error) {
      this.listening?.reject(error);
      this.listening = undefined;
      throw error;
    }
    this.listening?.reject(new TandemError({ code: 'input-ended', stage: 'audio', message: 'The input ended.' }));
    this.listening = undefined;
  }

  /** Resolves with what was said, or with nothing; rejects with `AbortedError` when `signal` fires. One at a time. */
  async listen(input: ListenInput, signal: AbortSignal): Promise<Heard> {
    const from = input.fromSample ?? this.position;
    const listener = this.parts.listener(input, Math.max(from, this.recent.oldest), {
      onSpeechStart: (sample) => this.hooks?.onSpeechStart(sample),
      onSpeechEnd: (sample, silenceMs) => this.hooks?.onSpeechEnd(sample, silenceMs),
    });
    return await new Promise<Heard>((resolve, reject) => {
      const listening: Listening = { listener, next: from, resolve, reject };
      this.listening = listening;
      signal.addEventListener(
        'abort',
        () => {
          if (this.listening === listening) this.listening = undefined;
          reject(new AbortedError('audio', signal.reason));
        },
        { once: true },
      );
    });
  }

  private async hear(frame: Int16Array): Promise<void> {
    const detections = (await this.parts.wakeWord?.process(frame, { speaking: this.speaking })) ?? [];
    for (const detection of detections) this.hooks?.onWake(detection);
    const listening = this.listening;
    if (listening === undefined) return;
    const samples = this.recent.since(listening.next);
    listening.next = this.position;
    await listening.listener.feed(samples);
    const { heard } = listening.listener;
    if (heard === undefined || this.listening !== listening) return;
    this.listening = undefined;
    listening.resolve(heard);
  }
}
