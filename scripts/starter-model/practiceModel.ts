import { fileURLToPath } from 'node:url';
import { getLlama, type LlamaContextSequence, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp';

export const defaultModelPath = fileURLToPath(new URL('../../device-profiles/starter/tandem-starter.gguf', import.meta.url));

export const defaultSystemMessage =
  'You are Tandem, a helpful voice assistant in a smart speaker. Answer in one or two short spoken sentences.';

export interface Turn {
  question: string;
  answer: string;
}

/** The practice model through node-llama-cpp, without a chat session's overhead: for thousands of questions in a row. */
export class PracticeModel {
  readonly #model: LlamaModel;
  readonly #sequence: LlamaContextSequence;

  private constructor(model: LlamaModel, sequence: LlamaContextSequence) {
    this.#model = model;
    this.#sequence = sequence;
  }

  static async load(path: string = defaultModelPath): Promise<PracticeModel> {
    // One thread: with so small a model, handing work to a second one costs more than it saves.
    const llama = await getLlama({ gpu: false, maxThreads: 1, build: 'never', logLevel: LlamaLogLevel.error });
    const model = await llama.loadModel({ modelPath: path });
    const context = await model.createContext({ contextSize: 1024, threads: 1 });
    return new PracticeModel(model, context.getSequence());
  }

  /** The text's tokens; the special tokens' names in it count as those tokens. */
  tokenize(text: string): Token[] {
    return this.#model.tokenize(text, true);
  }

  /** The likeliest token after the text, and its probability. */
  async next(text: string): Promise<{ token: Token; probability: number }> {
    const rest = await this.#prepare(text);
    for await (const step of this.#sequence.evaluateWithMetadata(rest, { probabilities: true }, { temperature: 0 })) {
      const [first] = step.probabilities;
      if (first !== undefined) return { token: first[0], probability: first[1] };
    }
    throw new Error('The model gave no token.');
  }

  /** The greedy answer to a question, after the turns that came before it. */
  async answer(question: string, system: string = defaultSystemMessage, before: readonly Turn[] = []): Promise<string> {
    const history = before.map((turn) => `[|user|]${turn.question}\n[|assistant|]${turn.answer}[|endofturn|]\n`);
    const prompt = `[|system|]${system}[|endofturn|]\n${history.join('')}[|user|]${question}\n[|assistant|]`;
    const answer: Token[] = [];
    for await (const token of this.#sequence.evaluate(await this.#prepare(prompt), { temperature: 0 })) {
      if (this.#model.isEogToken(token) || answer.length >= 80) break;
      answer.push(token);
    }
    return this.#model.detokenize(answer);
  }

  async close(): Promise<void> {
    await this.#model.llama.dispose();
  }

  /** Keeps what this text shares with the last one (the system message) and returns the tokens left to evaluate. */
  async #prepare(text: string): Promise<Token[]> {
    const tokens = this.tokenize(text);
    await this.#sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    return tokens.slice(this.#sequence.nextTokenIndex);
  }
}
