import { Tensor } from 'onnxruntime-node';
import type { OnnxModel } from '../onnxModel.js';
import { EMBEDDING_SIZE, STEP_SAMPLES, type WakeFeatures } from './features.js';

/** A step whose samples are all this small (-56 dB) has nothing to hear in it. */
const QUIET_SAMPLE = 50;
/** Steps after the last sound in which a word that has ended may still be found. */
const STEPS_AFTER_SOUND = 6;

export interface SteppedWord {
  readonly name: string;
  readonly model: OnnxModel;
  /** How many embeddings it looks at. */
  readonly rows: number;
  /** How far its score can come after the end of the word. */
  readonly lagSamples: number;
}

/** How sure the model of `word` is at the end of a step, 0 to 1. */
export interface StepScore {
  readonly word: SteppedWord;
  readonly score: number;
  /** Samples from `reset` to the end of the step. */
  readonly position: number;
}

interface ConnectedWord extends SteppedWord {
  readonly input: Readonly<Record<string, Tensor>>;
  readonly output: Readonly<Record<string, Tensor>>;
  readonly newestScore: Float32Array;
}

/** Cuts the stream into steps of 80 ms, the first of them shorter by `offset` samples, and gives each word's score at the end of each. */
export class WordSteps {
  readonly #features: WakeFeatures;
  readonly #words: readonly ConnectedWord[];
  readonly #offset: number;
  readonly #step = new Int16Array(STEP_SAMPLES);
  /** Samples in `#step` that wait for the rest of their step. */
  #waiting = 0;
  #position = 0;
  #quietSteps = 0;

  constructor(features: WakeFeatures, words: readonly SteppedWord[], offset: number) {
    this.#features = features;
    this.#words = words.map((word) => connected(word, features));
    this.#offset = offset;
    this.reset();
  }

  /** Without `scoring` it hears, so that scores are right from the step on in which it begins, but gives none: a tenth of the work. */
  async process(samples: Int16Array, scoring: boolean): Promise<readonly StepScore[]> {
    const scores: StepScore[] = [];
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + STEP_SAMPLES - this.#waiting);
      this.#step.set(part, this.#waiting);
      this.#waiting += part.length;
      at += part.length;
      if (this.#waiting < STEP_SAMPLES) break;
      this.#waiting = 0;
      this.#position += STEP_SAMPLES;
      await this.#features.add(this.#step);
      const quiet = this.#staysQuiet();
      if (!scoring) continue;
      if (!quiet) await this.#features.complete();
      for (const word of this.#words) {
        if (!quiet) await word.model.run(word.input, word.output);
        scores.push({ word, score: quiet ? 0 : (word.newestScore[0] ?? 0), position: this.#position });
      }
    }
    return scores;
  }

  reset(): void {
    this.#step.fill(0);
    this.#waiting = this.#offset;
    this.#position = -this.#offset;
    this.#quietSteps = 0;
    this.#features.reset();
  }

  /** In a quiet room nine tenths of the work need not be done; it is made up for when a sound comes, with the same result. */
  #staysQuiet(): boolean {
    const audible = this.#step.some((sample) => sample > QUIET_SAMPLE || sample < -QUIET_SAMPLE);
    this.#quietSteps = audible ? 0 : this.#quietSteps + 1;
    return this.#quietSteps > STEPS_AFTER_SOUND;
  }
}

function connected(word: SteppedWord, { embeddings }: WakeFeatures): ConnectedWord {
  const newestScore = new Float32Array(1);
  const newest = embeddings.subarray(embeddings.length - word.rows * EMBEDDING_SIZE);
  return {
    ...word,
    input: { [word.model.inputs[0]?.name ?? '']: new Tensor('float32', newest, [1, word.rows, EMBEDDING_SIZE]) },
    output: { [word.model.outputs[0]?.name ?? '']: new Tensor('float32', newestScore, [1, 1]) },
    newestScore,
  };
}
