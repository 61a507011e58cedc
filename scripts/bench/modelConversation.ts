import type { Generation, LanguageModel, Message } from '../../src/language-model/contract.js';
import { usableCores } from '../../src/language-model/llama/cores.js';
import type { ExaoneOptions } from '../../src/language-model/options.js';
import { ANSWER_TOKENS, loadEngine, never, QUESTION, type Row, timed } from './modelEngine.js';

const TURNS = 5;
/** The quickest of some: whatever else the machine does can only make one slower. */
const REPEATS = 4;

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
  for (let turn = 1; turn <= TURNS; turn += 1) {
    messages.push({ role: 'user', content: QUESTION });
    const generation = await engine.generate({ messages, maxTokens: ANSWER_TOKENS, signal: never });
    turns.push(generation);
    if (turn === TURNS) break;
    messages.push({ role: 'assistant', content: generation.text });
    // As the device does while it speaks.
    await engine.prefill(messages, never);
  }
  rows.push([`resident after ${TURNS} turns`, memory(), 'at most 1.25 x']);
  rows.push(['tokens in the prompt, turn 1 to 5', turns.map(({ promptTokens }) => promptTokens).join(', '), '']);
  rows.push(['of these evaluated after the question', turns.map((turn) => turn.promptTokens - turn.cachedTokens).join(', '), '']);
  rows.push(...(await firstTokenTimes(engine, messages)));

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
  const second = await timed(() => loadEngine(options, cacheFolder));
  const fromDisk = await timed(() => second.value.engine.prefill([system], never));
  rows.push(['second load, then the system message from disk', `${ms(second.ms)}, ${ms(fromDisk.ms)}`, '']);
  await second.value.engine.close();
  return { threads, rows };
}

/** Turn 1 and the last turn, in turns. */
async function firstTokenTimes(engine: LanguageModel, messages: readonly Message[]): Promise<Row[]> {
  const times: { first: number; last: number }[] = [];
  const timeToFirst = async (conversation: readonly Message[]) => {
    await engine.prefill(conversation.slice(0, -1), never);
    const { timeToFirstTokenMs } = await engine.generate({ messages: conversation, maxTokens: 1, signal: never });
    return timeToFirstTokenMs ?? Number.NaN;
  };
  for (let i = 0; i < REPEATS; i += 1) {
    times.push({ first: await timeToFirst(messages.slice(0, 2)), last: await timeToFirst(messages) });
  }
  const first = Math.min(...times.map((pair) => pair.first));
  const last = Math.min(...times.map((pair) => pair.last));
  return [
    [`time to first token, turn 1 and turn ${TURNS}, quickest of ${REPEATS}`, `${ms(first)}, ${ms(last)}`, ''],
    [`turn ${TURNS} / turn 1`, (last / first).toFixed(2), 'at most 1.15'],
  ];
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
