import { getLlama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { usableCores } from '../../src/language-model/llama/cores.js';
import type { ExaoneOptions } from '../../src/language-model/options.js';
import { quantile } from './machine.js';
import type { Row } from './model.js';
import { ANSWER_TOKENS, loadEngine, never, QUESTIONS } from './modelEngine.js';

/** The engine beside the least that node-llama-cpp can do, in turns. `speed`: the engine's tokens/s. */
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

  const rounds: { engine: number; bare: number }[] = [];
  for (const question of [...QUESTIONS, ...QUESTIONS]) {
    const messages = [{ role: 'system', content: options.systemMessage.en } as const, { role: 'user', content: question } as const];
    const generation = await engine.generate({ messages, maxTokens: ANSWER_TOKENS, signal: never });
    await sequence.clearHistory();
    const bare = await tokensPerSecond(sequence.evaluate(prompt, { temperature: options.temperature }));
    rounds.push({ engine: generation.tokensPerSecond ?? Number.NaN, bare });
  }
  await context.dispose();
  await model.dispose();
  await llama.dispose();
  await engine.close();

  const median = (values: readonly number[]) => quantile(values, 0.5) ?? Number.NaN;
  const speed = median(rounds.map((round) => round.engine));
  return {
    speed,
    rows: [
      ['tokens/s, exaone engine', speed.toFixed(2), ''],
      ['tokens/s, bare sequence.evaluate() loop', median(rounds.map(({ bare }) => bare)).toFixed(2), ''],
      [
        `engine / bare loop, median of ${rounds.length} pairs`,
        median(rounds.map(({ engine, bare }) => engine / bare)).toFixed(3),
        'at least 0.95',
      ],
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
