import { Tensor } from 'onnxruntime-node';
import { msToSamples } from '../audio/contract.js';
import type { EngineContext } from '../engineContext.js';
import { TandemError } from '../errors.js';
import { OnnxModel, packagedModel } from '../onnxModel.js';
import type { WakeScore, WakeWordEngine } from './contract.js';
import { EMBEDDING_SIZE, STEP_SAMPLES, WakeFeatures } from './features.js';
import { type BUILT_IN_WORDS, isBuiltIn, type OpenWakeWordOptions, wordName } from './options.js';

interface BuiltInWord {
  readonly file: string;
  /** How far the score can come after the end of the word (`scripts/bench/wakeLag.ts`), ms. */
  readonly lagMs: number;
}

const builtInWords: Readonly<Record<(typeof BUILT_IN_WORDS)[number], BuiltInWord>> = {
  alexa: { file: 'alexa_v0.1.onnx', lagMs: 80 },
  hey_jarvis: { file: 'hey_jarvis_v0.1.onnx', lagMs: 220 },
  hey_mycroft: { file: 'hey_mycroft_v0.1.onnx', lagMs: 150 },
  hey_rhasspy: { file: 'hey_rhasspy_v0.1.onnx', lagMs: 200 },
};
const OWN_WORD_LAG_MS = 100;
/** A step whose samples are all this small (-56 dB) has nothing to hear in it. */
const QUIET_SAMPLE = 50;
/** Steps after the last sound in which a word that has ended may still be found. */
const STEPS_AFTER_SOUND = 6;

interface Word {
  readonly name: string;
  readonly model: OnnxModel;
  readonly lagSamples: number;
  readonly input: Readonly<Record<string, Tensor>>;
  readonly output: Readonly<Record<string, Tensor>>;
  readonly score: Float32Array;
}

/** openWakeWord's models on onnxruntime: sound → mel spectrogram → embeddings, shared by all words → one small model a word. */
export class OpenWakeWord implements WakeWordEngine {
  readonly label: string;
  readonly capabilities: { readonly words: readonly string[]; readonly decidesItself: boolean };
  readonly #features: WakeFeatures;
  readonly #words: readonly Word[];
  readonly #step = new Int16Array(STEP_SAMPLES);
  /** Samples in `#step` that wait for the rest of their step. */
  #waiting = 0;
  #position = 0;
  #quietSteps = 0;

  private constructor(features: WakeFeatures, words: readonly Word[]) {
    const names = words.map((word) => word.name);
    this.label = `openWakeWord (${names.join(', ')})`;
    this.capabilities = { words: names, decidesItself: false };
    this.#features = features;
    this.#words = words;
  }

  /** Throws `TandemError` `model-missing`, `model-unreadable` or `wake-model-unsuitable`. */
  static async load(options: Pick<OpenWakeWordOptions, 'words'>, context: Pick<EngineContext, 'modelFile'>): Promise<OpenWakeWord> {
    const opened: Opened[] = [];
    try {
      for (const entry of options.words) opened.push(await open(entry, context));
      const features = await WakeFeatures.load(Math.max(...opened.map(({ rows }) => rows)));
      return new OpenWakeWord(
        features,
        opened.map((word) => wordOf(word, features)),
      );
    } catch (error) {
      await Promise.all(opened.map(({ model }) => model.close()));
      throw error;
    }
  }

  async process(samples: Int16Array): Promise<readonly WakeScore[]> {
    const scores: WakeScore[] = [];
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
      if (!quiet) await this.#features.complete();
      for (const word of this.#words) {
        if (!quiet) await word.model.run(word.input, word.output);
        const score = quiet ? 0 : (word.score[0] ?? 0);
        scores.push({ word: word.name, score, endSample: Math.max(0, this.#position - word.lagSamples) });
      }
    }
    return scores;
  }

  /** In a quiet room nine tenths of the work need not be done; it is made up for when a sound comes, with the same result. */
  #staysQuiet(): boolean {
    const audible = this.#step.some((sample) => sample > QUIET_SAMPLE || sample < -QUIET_SAMPLE);
    this.#quietSteps = audible ? 0 : this.#quietSteps + 1;
    return this.#quietSteps > STEPS_AFTER_SOUND;
  }

  reset(): void {
    this.#waiting = 0;
    this.#position = 0;
    this.#quietSteps = 0;
    this.#features.reset();
  }

  async close(): Promise<void> {
    await Promise.all([this.#features.close(), ...this.#words.map((word) => word.model.close())]);
  }
}

/** A word's model, not yet connected. */
interface Opened {
  readonly name: string;
  readonly lagMs: number;
  readonly model: OnnxModel;
  /** How many embeddings it looks at. */
  readonly rows: number;
}

async function open(entry: OpenWakeWordOptions['words'][number], context: Pick<EngineContext, 'modelFile'>): Promise<Opened> {
  const name = wordName(entry);
  const own = typeof entry === 'string' ? undefined : entry.model;
  const builtIn = own === undefined && isBuiltIn(name) ? builtInWords[name] : undefined;
  const file = builtIn === undefined ? await context.modelFile(own ?? name) : packagedModel(builtIn.file);
  const model = await OnnxModel.load(file, 'wake-word');
  const rows = rowsOf(model);
  if (rows !== undefined) return { name, lagMs: builtIn?.lagMs ?? OWN_WORD_LAG_MS, model, rows };
  await model.close();
  throw new TandemError({
    code: 'wake-model-unsuitable',
    stage: 'wake-word',
    message: `${file} is an ONNX model, but not that of a wake word: it should take rows of ${EMBEDDING_SIZE} numbers and give one score.`,
    remedy: "Name the .onnx file that openWakeWord's training made for one word.",
    recoverable: false,
  });
}

function rowsOf(model: OnnxModel): number | undefined {
  const [batch, rows, size] = model.inputs[0]?.shape ?? [];
  const fits = model.inputs.length === 1 && (batch === 1 || typeof batch === 'string') && size === EMBEDDING_SIZE;
  const oneScore = model.outputs.length === 1 && model.outputs[0]?.shape.at(-1) === 1;
  return fits && oneScore && typeof rows === 'number' && rows > 0 ? rows : undefined;
}

function wordOf({ name, lagMs, model, rows }: Opened, features: WakeFeatures): Word {
  const score = new Float32Array(1);
  const newest = features.embeddings.subarray(features.embeddings.length - rows * EMBEDDING_SIZE);
  return {
    name,
    model,
    lagSamples: msToSamples(lagMs),
    input: { [model.inputs[0]?.name ?? '']: new Tensor('float32', newest, [1, rows, EMBEDDING_SIZE]) },
    output: { [model.outputs[0]?.name ?? '']: new Tensor('float32', score, [1, 1]) },
    score,
  };
}
