import { msToSamples } from '../audio/contract.js';
import type { EngineContext } from '../engineContext.js';
import { TandemError } from '../errors.js';
import { OnnxModel, packagedModel } from '../onnxModel.js';
import type { WakeScore, WakeWordEngine } from './contract.js';
import { EMBEDDING_SIZE, STEP_SAMPLES, WakeFeatures } from './features.js';
import { type BUILT_IN_WORDS, isBuiltIn, type OpenWakeWordOptions, wordName } from './options.js';
import { type SteppedWord, WordSteps } from './wordSteps.js';

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
/** The same for a word of the person's own, for which nobody has measured it, ms. */
const OWN_WORD_LAG_MS = 100;

/** openWakeWord's models on onnxruntime: sound → mel spectrogram → embeddings, shared by all words → one small model a word. */
export class OpenWakeWord implements WakeWordEngine {
  readonly label: string;
  readonly capabilities: { readonly words: readonly string[]; readonly decidesItself: boolean };
  readonly #features: WakeFeatures;
  readonly #words: readonly SteppedWord[];
  readonly #steps: WordSteps;
  /** Half a step away from the others. */
  readonly #between: WordSteps;

  private constructor(features: WakeFeatures, words: readonly SteppedWord[]) {
    const names = words.map((word) => word.name);
    this.label = `openWakeWord (${names.join(', ')})`;
    this.capabilities = { words: names, decidesItself: false };
    this.#features = features;
    this.#words = words;
    this.#steps = new WordSteps(features, words, 0);
    this.#between = new WordSteps(features.another(), words, STEP_SAMPLES / 2);
  }

  /** Throws `TandemError` `model-missing`, `model-unreadable` or `wake-model-unsuitable`. */
  static async load(options: Pick<OpenWakeWordOptions, 'words'>, context: Pick<EngineContext, 'modelFile'>): Promise<OpenWakeWord> {
    const opened: Opened[] = [];
    try {
      for (const entry of options.words) opened.push(await open(entry, context));
      const words = opened.map(({ name, lagMs, model, rows }) => ({ name, model, rows, lagSamples: msToSamples(lagMs) }));
      return new OpenWakeWord(await WakeFeatures.load(Math.max(...opened.map(({ rows }) => rows))), words);
    } catch (error) {
      await Promise.all(opened.map(({ model }) => model.close()));
      throw error;
    }
  }

  /** A score each 80 ms; where it is asked to hurry, each 40 ms, for twice the work. */
  async process(samples: Int16Array, { hurry = false }: { readonly hurry?: boolean } = {}): Promise<readonly WakeScore[]> {
    const scores = [...(await this.#steps.process(samples, true)), ...(await this.#between.process(samples, hurry))];
    return scores
      .sort((one, other) => one.position - other.position)
      .map(({ word, score, position }) => ({ word: word.name, score, endSample: Math.max(0, position - word.lagSamples) }));
  }

  reset(): void {
    this.#steps.reset();
    this.#between.reset();
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
