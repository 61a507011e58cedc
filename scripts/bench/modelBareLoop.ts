import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { usableCores } from '../../src/language-model/llama/cores.js';
import type { ExaoneOptions } from '../../src/language-model/options.js';
import { ANSWER_TOKENS, loadEngine, never, QUESTION, type Row, speedOf } from './modelEngine.js';

const ROUNDS = 6;

interface Speaker {
  /** Generates an answer and calls back at each token. */
  speak(onToken: () => void): Promise<void>;
  close(): Promise<void>;
}

/** The engine beside the least that node-llama-cpp can do. `speed`: the engine's tokens/s. */
export async function againstBareLoop(
  options: ExaoneOptions,
  cacheFolder: string,
  threads: number,
): Promise<{ speed: number; rows: Row[] }> {
  const engineMs: number[] = [];
  const bareMs: number[] = [];
  const loadExaone = () => exaone({ ...options, threads }, cacheFolder);
  const loadBare = () => bareLoop(options, threads);
  // Which was loaded first decides where in memory its weights are, and that makes some percent: each is first once.
  await inTurns([loadExaone, engineMs], [loadBare, bareMs]);
  await inTurns([loadBare, bareMs], [loadExaone, engineMs]);

  const speed = speedOf(engineMs);
  const bare = speedOf(bareMs);
  return {
    speed,
    rows: [
      [`tokens/s, exaone engine, quickest tenth of ${engineMs.length} tokens`, speed.toFixed(2), ''],
      [`tokens/s, bare sequence.evaluate() loop, of ${bareMs.length}`, bare.toFixed(2), ''],
      ['engine / bare loop', (speed / bare).toFixed(3), 'at least 0.95'],
    ],
  };
}

/** Loads both, then lets them speak one after the other, so that what else the machine does meets both. */
async function inTurns(...speakers: readonly (readonly [load: () => Promise<Speaker>, times: number[]])[]): Promise<void> {
  const loaded: (readonly [Speaker, number[]])[] = [];
  for (const [load, times] of speakers) loaded.push([await load(), times]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [speaker, times] of loaded) await speaker.speak(stopwatch(times));
  }
  for (const [speaker] of loaded) await speaker.close();
}

async function exaone(options: ExaoneOptions, cacheFolder: string): Promise<Speaker> {
  const { engine } = await loadEngine(options, cacheFolder);
  const messages = [{ role: 'system', content: options.systemMessage.en } as const, { role: 'user', content: QUESTION } as const];
  return {
    speak: async (onText) => void (await engine.generate({ messages, maxTokens: ANSWER_TOKENS, signal: never, onText })),
    close: () => engine.close(),
  };
}

async function bareLoop(options: ExaoneOptions, threads: number): Promise<Speaker> {
  const llama = await getLlama({ gpu: false, build: 'never', maxThreads: usableCores(), logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: options.model, useMmap: false });
  const context = await model.createContext({ contextSize: 512, threads });
  const sequence = context.getSequence();
  const prompt = model.tokenize(`${options.systemMessage.en} ${QUESTION}`, false);
  return {
    speak: async (onToken) => {
      await sequence.clearHistory();
      let count = 0;
      for await (const _ of sequence.evaluate(prompt, { temperature: options.temperature })) {
        onToken();
        count += 1;
        if (count === ANSWER_TOKENS) break;
      }
    },
    close: async () => {
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

/** To be called at each token; keeps the times between, without the first, which has the prompt in it. */
function stopwatch(times: number[]): () => void {
  let last: number | undefined;
  return () => {
    const now = performance.now();
    if (last !== undefined) times.push(now - last);
    last = now;
  };
}
