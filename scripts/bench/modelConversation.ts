import type { Generation, Message } from '../../src/language-model/contract.js';
import { usableCores } from '../../src/language-model/llama/cores.js';
import type { ExaoneOptions } from '../../src/language-model/options.js';
import type { Row } from './model.js';
import { ANSWER_TOKENS, loadEngine, never, QUESTION, timed } from './modelEngine.js';

const TURNS = 5;
/** The quickest of some: whatever else the machine does can only make one slower. */
const REPEATS = 5;

/** Loads as a device does at its first start, talks for a few turns, and starts again. */
export async function conversation(
  options: ExaoneOptions,
  cacheFolder: string,
  fileBytes: number,
): Promise<{ threads: number; rows: Row[] }> {
  const rows: Row[] = [];
  const memory = (): string => {
    const bytes = process.memoryUsage.rss();
    return `${(bytes / 1e9).toFixed(2)} GB = ${(bytes / fileBytes).toFixed(2)} x the file`;
  };
  const system: Message = { role: 'system', content: options.systemMessage.en };

  const first = await timed(() => loadEngine(options, cacheFolder));
  const { engine, logged } = first.value;
  const threads = Number(logged.threads);
  rows.push(['first load, threads measured', `${ms(first.ms)}, ${threads} of ${usableCores()} cores`, '']);
  const evaluated = await timed(() => engine.prefill([system], never));
  rows.push(['system message evaluated and kept on disk', ms(evaluated.ms), '']);
  rows.push(['resident after load', memory(), 'at most 1.25 x']);

  const messages: Message[] = [system];
  const turns: Generation[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    messages.push({ role: 'user', content: QUESTION });
    const repeated: Generation[] = [];
    for (let i = 0; i < REPEATS; i += 1) {
      await engine.prefill(messages.slice(0, -1), never);
      repeated.push(await engine.generate({ messages, maxTokens: 1, signal: never }));
    }
    turns.push(quickest(repeated));
    const { text } = await engine.generate({ messages, maxTokens: ANSWER_TOKENS, signal: never });
    messages.push({ role: 'assistant', content: text });
    // As the device does while it speaks.
    await engine.prefill(messages, never);
  }
  rows.push([`resident after ${TURNS} turns`, memory(), 'at most 1.25 x']);
  const long: Message[] = [system, { role: 'user', content: 'and then '.repeat(200) }];
  const abort = new AbortController();
  const cut = engine.generate({ messages: long, maxTokens: ANSWER_TOKENS, signal: abort.signal });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  abort.abort();
  const answered = await timed(() => cut);
  const free = await timed(() => engine.prefill([system], never));
  rows.push([
    'abort in a long prompt: answered, free for the next',
    `${ms(answered.ms)}, ${ms(answered.ms + free.ms)}`,
    'answered at once',
  ]);
  await engine.close();
  const toFirst = turns.map(({ timeToFirstTokenMs }) => timeToFirstTokenMs ?? Number.NaN);
  const [turn1 = Number.NaN] = toFirst;
  const last = toFirst.at(-1) ?? Number.NaN;
  rows.push(['tokens in the prompt, turn 1 to 5', turns.map(({ promptTokens }) => promptTokens).join(', '), '']);
  rows.push(['of these evaluated after the question', turns.map((turn) => turn.promptTokens - turn.cachedTokens).join(', '), '']);
  rows.push([`time to first token, turn 1 to 5, quickest of ${REPEATS}`, toFirst.map(ms).join(', '), '']);
  rows.push(['turn 5 / turn 1', (last / turn1).toFixed(2), 'at most 1.15']);

  const second = await timed(() => loadEngine(options, cacheFolder));
  const fromDisk = await timed(() => second.value.engine.prefill([system], never));
  rows.push(['second load, then the system message from disk', `${ms(second.ms)}, ${ms(fromDisk.ms)}`, '']);
  await second.value.engine.close();
  return { threads, rows };
}

function quickest(generations: readonly Generation[]): Generation {
  return generations.reduce((best, one) => ((one.timeToFirstTokenMs ?? 0) < (best.timeToFirstTokenMs ?? 0) ? one : best));
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
