import { getLlama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { usableCores } from '../../src/language-model/llama/cores.js';
import type { ExaoneOptions } from '../../src/language-model/options.js';
import type { Row } from './model.js';
import { ANSWER_TOKENS, loadEngine, never, QUESTION } from './modelEngine.js';

/** In turns, so that what else the machine does meets both. */
const ROUNDS = 12;

/** The engine beside the least that node-llama-cpp can do. `speed`: the engine's tokens/s. */
export async function againstBareLoop(
  options: ExaoneOptions,
  cacheFolder: string,
  threads: number,
): Promise<{ speed: number; rows: Row[] }> {
  const { engine } = await loadEngine({ ...options, threads }, cacheFolder);
  const llama = await getLlama({ gpu: false, build: 'never', maxThreads: usableCores(), logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: options.model, useMmap: false });
  const context = await model.createContext({ contextSize: 1025, threads });
  const sequence = context.getSequence();
  const prompt = model.tokenize(options.systemMessage.en, false);

  const messages = [{ role: 'system', content: options.systemMessage.en } as const, { role: 'user', content: QUESTION } as const];
  const rounds: { engine: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const generation = await engine.generate({ messages, maxTokens: ANSWER_TOKENS, signal: never });
    await sequence.clearHistory();
    const bare = await tokensPerSecond(sequence.evaluate(prompt, { temperature: options.temperature }));
    rounds.push({ engine: generation.tokensPerSecond ?? 0, bare });
  }
  await context.dispose();
  await model.dispose();
  await llama.dispose();
  await engine.close();

  const quickest = (values: readonly number[]) => Math.max(...values);
  const speed = quickest(rounds.map((round) => round.engine));
  const bare = quickest(rounds.map((round) => round.bare));
  return {
    speed,
    rows: [
      [`tokens/s, exaone engine, quickest of ${ROUNDS} answers`, speed.toFixed(2), ''],
      ['tokens/s, bare sequence.evaluate() loop, the same', bare.toFixed(2), ''],
      ['engine / bare loop', (speed / bare).toFixed(3), 'at least 0.95'],
    ],
  };
}

/** After the first token, which has the prompt in it. */
async function tokensPerSecond(tokens: AsyncGenerator<Token>): Promise<number> {
  let count = 0;
  let start = 0;
  for await (const _ of tokens) {
    count += 1;
    if (count === 1) start = performance.now();
    if (count === ANSWER_TOKENS) break;
  }
  return (count - 1) / ((performance.now() - start) / 1000);
}
