import type { Heard, ListenInput, Utterance } from '../../../statecharts/conversation/terms.js';
import { type AudioSource, FRAME_MS, FRAME_SAMPLES, msToSamples, samplesToMs } from '../../audio/contract.js';
import { RingBuffer } from '../../audio/ringBuffer.js';
import { AbortedError, TandemError } from '../../errors.js';
import type { StopWordDetector } from '../../stop-word/create.js';
import { Capture, WARM_UP_SAMPLES } from '../../voice-activity/capture.js';
import type { VoiceActivityEngine } from '../../voice-activity/contract.js';
import type { EndpointEvent } from '../../voice-activity/endpointer.js';
import type { EndpointingOptions } from '../../voice-activity/options.js';
import { pause } from '../../waiting.js';
import type { WakeDetection, WakeWordDetector } from '../../wake-word/detector.js';
import type { Pace } from '../pace.js';
import type { OwnVoice } from './ownVoice.js';

/** Whatever plays in time with the input is told of each frame. */
export interface Timekeeper {
  advance(samples: number): Promise<void>;
}

export interface EarParts {
  readonly source: AudioSource;
  readonly pace: Pace;
  readonly timekeeper: Timekeeper | undefined;
  /** Undefined where only a button starts a turn. */
  readonly wakeWord: Pick<WakeWordDetector, 'process'> | undefined;
  /** Listened for while the device can be heard. */
  readonly stopWord?: Pick<StopWordDetector, 'process' | 'reset'> | undefined;
  /** Where the microphone hears what the device says. */
  readonly ownVoice?: OwnVoice | undefined;
  readonly voice: VoiceActivityEngine;
  /** Probability from which a stretch is speech. */
  readonly voiceThreshold: number;
  readonly endpointing: EndpointingOptions;
  /** How long the follow-up window waits for speech. */
  readonly followUpMs: number;
}

export interface EarHooks {
  readonly onWake: (detection: WakeDetection) => void;
  readonly onStopWord: (detection: WakeDetection) => void;
  /** A word that the device has said itself. */
  readonly onOwnVoice: (detection: WakeDetection) => void;
  readonly onSpeechStart: (sample: number) => void;
  /** `sample`: the end of the last word; `silenceMs`: how long was waited after it. */
  readonly onSpeechEnd: (sample: number, silenceMs: number) => void;
}

interface Waiting {
  readonly opening: ListenInput['opening'];
  readonly resolve: (heard: Heard) => void;
  readonly reject: (error: unknown) => void;
}

/** An utterance that has ended is followed this much longer, for one that turns out to be unfinished. */
const FOLLOWED = msToSamples(5_000);

/** A stop word may have begun so long before the device did. */
const STOP_WORD_BEFORE = msToSamples(300);

/** Sound for so many frames means that the microphone is there: a second. */
const STEADY_FRAMES = 1_000 / FRAME_MS;

/** Hears: the wake word all the time, an utterance when it is asked to. Everything is counted in samples of the input. */
export class Ear {
  private readonly parts: EarParts;
  private readonly recent = new RingBuffer();
  private hooks: EarHooks | undefined;
  private capture: Capture | undefined;
  /** Where the utterance in `capture` ended. */
  private endedAt: number | undefined;
  private last: Utterance | undefined;
  private waiting: Waiting | undefined;
  /** How many things can be heard of the device. */
  private speaking = 0;
  /** Where in the input listening for stop words began; undefined while nobody does. */
  private stopWordsFrom: number | undefined;
  /** Why nothing can be heard at present. */
  private deafBecause: unknown;

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

  /** The device itself can be heard, until it is told the contrary as often: a wake word has to be clearer, and stop words count. */
  deviceSpeaks(speaking: boolean): void {
    this.speaking += speaking ? 1 : -1;
  }

  /**
   * Takes in the input until it ends or `signal` fires; rejects where it can't be heard (`breakOff` then tells whoever speaks), and may
   * be called again. `onSteady`: there is sound.
   */
  async run(signal: AbortSignal, onSteady: () => void = () => {}): Promise<void> {
    const { source, pace, timekeeper } = this.parts;
    let frames = 0;
    try {
      for await (const frame of source.frames(signal)) {
        await pace.ready();
        this.recent.push(frame);
        await timekeeper?.advance(frame.length);
        pace.advance(frame.length);
        await this.hear(frame);
        if (++frames !== STEADY_FRAMES) continue;
        this.deafBecause = undefined;
        onSteady();
      }
    } catch (error) {
      this.deafBecause = error;
      throw error;
    }
    const ended = new TandemError({ code: 'input-ended', stage: 'audio', message: 'The input ended.' });
    this.waiting?.reject(signal.aborted ? new AbortedError('audio', signal.reason) : ended);
  }

  /**
   * Whoever is being listened to hears why that is over. False where nobody is, and in the follow-up window, which ends without a word.
   */
  breakOff(error: unknown): boolean {
    const { waiting } = this;
    this.leave();
    const asked = waiting !== undefined && waiting.opening !== 'follow-up';
    waiting?.reject(asked ? error : new AbortedError('audio', error));
    return asked;
  }

  /** Lets `ms` pass, or less where `signal` fires, without hearing anything. */
  async passTime(ms: number, signal: AbortSignal): Promise<void> {
    const { timekeeper } = this.parts;
    if (timekeeper === undefined) return pause(ms, signal);
    for (let left = ms; left > 0 && !signal.aborted; left -= FRAME_MS) {
      await pause(FRAME_MS, signal);
      await timekeeper.advance(FRAME_SAMPLES);
    }
  }

  /** Resolves with what was said, or with nothing; rejects with `AbortedError` when `signal` fires, and where nothing can be heard. One at a time. */
  async listen(input: ListenInput, signal: AbortSignal): Promise<Heard> {
    if (this.deafBecause !== undefined) throw this.deafBecause;
    const goesOn = input.opening === 'unfinished' && this.capture?.extend() === true;
    // What was cut off at its longest, or was left because it took too long to understand, is all there is.
    if (input.opening === 'unfinished' && !goesOn && this.last !== undefined) return { kind: 'utterance', utterance: this.last };
    if (!goesOn) this.capture = this.newCapture(input);
    this.endedAt = undefined;
    return await new Promise<Heard>((resolve, reject) => {
      const waiting: Waiting = { opening: input.opening, resolve, reject };
      this.waiting = waiting;
      const abort = (): void => {
        if (this.waiting === waiting) this.leave();
        reject(new AbortedError('audio', signal.reason));
      };
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  private newCapture({ opening, fromSample }: ListenInput): Capture {
    const { voice, voiceThreshold: threshold, endpointing, followUpMs } = this.parts;
    const from = Math.max(fromSample ?? this.position, this.recent.oldest);
    return new Capture({
      voice,
      threshold,
      endpointing: opening === 'follow-up' ? { ...endpointing, nothingSaidMs: followUpMs } : endpointing,
      fromSample: from,
      firstSample: Math.max(from - WARM_UP_SAMPLES, this.recent.oldest),
      afterWakeWord: opening === 'wake',
    });
  }

  private async hear(frame: Int16Array): Promise<void> {
    const { wakeWord, ownVoice } = this.parts;
    ownVoice?.advance(frame);
    // Both listen at the same time, and whoever interrupts waits for one of them only.
    await Promise.all([
      this.hearStopWords(frame).then((stops) => {
        for (const stop of stops) {
          if (ownVoice?.saysStopWord(stop.word) === true) this.hooks?.onOwnVoice(stop);
          else if (this.speaking > 0) this.hooks?.onStopWord(stop);
        }
      }),
      wakeWord?.process(frame, { speaking: this.speaking > 0 }).then((wakes) => {
        for (const wake of wakes) {
          if (ownVoice?.saysWakeWord(wake.word) === true) this.hooks?.onOwnVoice(wake);
          else this.hooks?.onWake(wake);
        }
      }),
    ]);
    const { capture } = this;
    if (capture === undefined) return;
    const events = await capture.feed(this.recent.since(capture.position));
    if (this.capture === capture) for (const event of events) this.follow(capture, event);
    if (this.endedAt !== undefined && this.position - this.endedAt > FOLLOWED) this.leave();
  }

  /** From a little before the device speaks until it is silent. */
  private async hearStopWords(frame: Int16Array): Promise<readonly WakeDetection[]> {
    const { stopWord } = this.parts;
    if (stopWord === undefined) return [];
    if (this.speaking === 0) {
      // At the end and not at the beginning: the device's next sentences may be compared before it is heard again.
      if (this.stopWordsFrom !== undefined) stopWord.reset();
      this.stopWordsFrom = undefined;
      return [];
    }
    if (this.stopWordsFrom !== undefined) return placed(this.stopWordsFrom, await stopWord.process(frame));
    const recent = this.recent.last(STOP_WORD_BEFORE + frame.length);
    this.stopWordsFrom = this.position - recent.length;
    return placed(this.stopWordsFrom, await stopWord.process(recent));
  }

  private follow(capture: Capture, event: EndpointEvent): void {
    if (event.kind === 'speech-start') {
      this.hooks?.onSpeechStart(event.sample);
      return;
    }
    const { waiting } = this;
    this.waiting = undefined;
    this.endedAt = event.at;
    if (event.kind === 'nothing-said') {
      this.leave();
      waiting?.resolve({ kind: 'nothing' });
    } else {
      this.hooks?.onSpeechEnd(event.sample, samplesToMs(event.at - event.sample));
      this.last = capture.utterance();
      waiting?.resolve({ kind: 'utterance', utterance: this.last });
    }
  }

  private leave(): void {
    this.capture = undefined;
    this.endedAt = undefined;
    this.waiting = undefined;
  }
}

/** Places counted from `sample` on as places in the input. */
function placed(sample: number, detections: readonly WakeDetection[]): WakeDetection[] {
  return detections.map((detection) => ({ ...detection, endSample: sample + detection.endSample }));
}
