import { Tensor } from 'onnxruntime-node';
import { SAMPLE_RATE } from '../audio/contract.js';
import { OnnxModel, packagedModel } from '../onnxModel.js';
import type { VoiceActivityEngine, VoiceScore } from './contract.js';

/** The stretch that the model was trained on at 16 kHz: 32 ms. */
const STRETCH_SAMPLES = 512;
/** Its memory: two layers of 64 numbers, twice. */
const STATE_SHAPE = [2, 1, 64];
const STATE_SIZE = 128;

/** Silero VAD, version 4 of its model (state in `h` and `c`), on onnxruntime. Mono 16 kHz; a score every 512 samples. */
export class Silero implements VoiceActivityEngine {
  readonly label = 'Silero VAD';
  readonly #model: OnnxModel;
  readonly #sound = new Float32Array(STRETCH_SAMPLES);
  readonly #probability = new Float32Array(1);
  readonly #h = new Float32Array(STATE_SIZE);
  readonly #c = new Float32Array(STATE_SIZE);
  readonly #hAfter = new Float32Array(STATE_SIZE);
  readonly #cAfter = new Float32Array(STATE_SIZE);
  readonly #inputs;
  readonly #outputs;
  /** Samples in `#sound` that wait for the rest of their stretch. */
  #waiting = 0;
  #position = 0;

  private constructor(model: OnnxModel) {
    this.#model = model;
    this.#inputs = {
      input: new Tensor('float32', this.#sound, [1, STRETCH_SAMPLES]),
      sr: new Tensor('int64', BigInt64Array.of(BigInt(SAMPLE_RATE)), []),
      h: new Tensor('float32', this.#h, STATE_SHAPE),
      c: new Tensor('float32', this.#c, STATE_SHAPE),
    };
    this.#outputs = {
      output: new Tensor('float32', this.#probability, [1, 1]),
      hn: new Tensor('float32', this.#hAfter, STATE_SHAPE),
      cn: new Tensor('float32', this.#cAfter, STATE_SHAPE),
    };
  }

  /** Throws `TandemError` `model-missing` or `model-unreadable`. */
  static async load(): Promise<Silero> {
    return new Silero(await OnnxModel.load(packagedModel('silero_vad.onnx'), 'voice-activity'));
  }

  async process(samples: Int16Array): Promise<readonly VoiceScore[]> {
    const scores: VoiceScore[] = [];
    for (const sample of samples) {
      this.#sound[this.#waiting++] = sample / 0x8000;
      if (this.#waiting < STRETCH_SAMPLES) continue;
      this.#waiting = 0;
      await this.#model.run(this.#inputs, this.#outputs);
      this.#h.set(this.#hAfter);
      this.#c.set(this.#cAfter);
      this.#position += STRETCH_SAMPLES;
      scores.push({ probability: this.#probability[0] ?? 0, samples: STRETCH_SAMPLES, endSample: this.#position });
    }
    return scores;
  }

  reset(): void {
    this.#waiting = 0;
    this.#position = 0;
    this.#h.fill(0);
    this.#c.fill(0);
  }

  async close(): Promise<void> {
    await this.#model.close();
  }
}
