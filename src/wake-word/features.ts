import { Tensor } from 'onnxruntime-node';
import { OnnxModel, packagedModel } from '../onnxModel.js';

/** openWakeWord's front end takes steps of 80 ms, and hears 30 ms of the step before again. */
export const STEP_SAMPLES = 1_280;
/** Numbers in one embedding. */
export const EMBEDDING_SIZE = 96;

const OVERLAP_SAMPLES = 480;
const MEL_BINS = 32;
/** Mel frames (10 ms each) in a step, and in the window of one embedding; as numbers. */
const MEL_STEP = 8 * MEL_BINS;
const MEL_WINDOW = 76 * MEL_BINS;
/** Steps of noise that stand for the time before the first sample. */
const STEPS_BEFORE_START = 50;

/**
 * The newest embeddings as openWakeWord's word models take them; shared by all words. `add` makes the cheap part, the spectrogram;
 * `complete` the embeddings that are missing since it was last called, so that silence costs next to nothing.
 */
export class WakeFeatures {
  /** Row by row of `EMBEDDING_SIZE`, the newest row last; whole after `complete`. */
  readonly embeddings: Float32Array;
  readonly #melModel: OnnxModel;
  readonly #embeddingModel: OnnxModel;
  readonly #rows: number;
  readonly #sound = new Float32Array(OVERLAP_SAMPLES + STEP_SAMPLES);
  readonly #mel = new Float32Array(MEL_STEP);
  /** As far back as the oldest embedding looks. */
  readonly #mels: Float32Array;
  readonly #melWindow = new Float32Array(MEL_WINDOW);
  readonly #newest = new Float32Array(EMBEDDING_SIZE);
  readonly #tensors;
  #missing = 0;
  #embeddingsAtStart: Float32Array;

  private constructor(melModel: OnnxModel, embeddingModel: OnnxModel, rows: number, embeddingsAtStart?: Float32Array) {
    this.#melModel = melModel;
    this.#embeddingModel = embeddingModel;
    this.#rows = rows;
    this.#mels = new Float32Array(MEL_WINDOW + (rows - 1) * MEL_STEP);
    this.embeddings = new Float32Array(rows * EMBEDDING_SIZE);
    this.#embeddingsAtStart = embeddingsAtStart ?? this.embeddings;
    this.#tensors = {
      sound: { input: new Tensor('float32', this.#sound, [1, this.#sound.length]) },
      mel: { output: new Tensor('float32', this.#mel, [1, 1, MEL_STEP / MEL_BINS, MEL_BINS]) },
      melWindow: { input_1: new Tensor('float32', this.#melWindow, [1, MEL_WINDOW / MEL_BINS, MEL_BINS, 1]) },
      embedding: { conv2d_19: new Tensor('float32', this.#newest, [1, 1, 1, EMBEDDING_SIZE]) },
    };
  }

  /** `rows`: how many embeddings to keep. */
  static async load(rows: number): Promise<WakeFeatures> {
    const melModel = await OnnxModel.load(packagedModel('melspectrogram.onnx'), 'wake-word');
    const embeddingModel = await OnnxModel.load(packagedModel('embedding_model.onnx'), 'wake-word');
    const features = new WakeFeatures(melModel, embeddingModel, rows);
    await features.#hearNoise();
    return features;
  }

  /** Features of another sound, on the same models: they are closed with this one. */
  another(): WakeFeatures {
    const other = new WakeFeatures(this.#melModel, this.#embeddingModel, this.#rows, this.#embeddingsAtStart);
    other.reset();
    return other;
  }

  /** One step of exactly `STEP_SAMPLES`. The models expect the numbers of 16-bit samples as they are, not fractions. */
  async add(step: Int16Array): Promise<void> {
    this.#sound.copyWithin(0, STEP_SAMPLES);
    this.#sound.set(step, OVERLAP_SAMPLES);
    await this.#melModel.run(this.#tensors.sound, this.#tensors.mel);
    this.#mels.copyWithin(0, MEL_STEP);
    const from = this.#mels.length - MEL_STEP;
    // The scale on which the embedding model was trained.
    for (let at = 0; at < MEL_STEP; at++) this.#mels[from + at] = (this.#mel[at] ?? 0) / 10 + 2;
    this.#missing = Math.min(this.#rows, this.#missing + 1);
  }

  /** Brings `embeddings` up to the last step; they do not depend on how often this is called. */
  async complete(): Promise<void> {
    for (; this.#missing > 0; this.#missing--) {
      const end = this.#mels.length - (this.#missing - 1) * MEL_STEP;
      this.#melWindow.set(this.#mels.subarray(end - MEL_WINDOW, end));
      await this.#embeddingModel.run(this.#tensors.melWindow, this.#tensors.embedding);
      this.embeddings.copyWithin(0, EMBEDDING_SIZE);
      this.embeddings.set(this.#newest, this.embeddings.length - EMBEDDING_SIZE);
    }
  }

  /** As after `load`: a word in the first samples is heard. */
  reset(): void {
    this.#sound.fill(0);
    this.#mels.fill(1);
    this.#missing = 0;
    this.embeddings.set(this.#embeddingsAtStart);
  }

  async close(): Promise<void> {
    await Promise.all([this.#melModel.close(), this.#embeddingModel.close()]);
  }

  /** openWakeWord starts with the embeddings of soft noise in its history; here it is the same noise at every start. */
  async #hearNoise(): Promise<void> {
    this.#mels.fill(1);
    const step = new Int16Array(STEP_SAMPLES);
    let seed = 1;
    for (let steps = 0; steps < STEPS_BEFORE_START; steps++) {
      for (let at = 0; at < step.length; at++) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
        step[at] = ((seed >>> 16) % 2000) - 1000;
      }
      await this.add(step);
    }
    await this.complete();
    this.#embeddingsAtStart = this.embeddings.slice();
    this.reset();
  }
}
