import { Worker } from 'node:worker_threads';

/** How many bytes a second the processor can read from memory: what limits the speed of a language model. */

/** Each thread reads this much over and over: more than any cache holds. */
const BYTES_PER_THREAD = 96 * 2 ** 20;
const MEASURE_MS = 700;
/** More threads do not read more from one memory. */
const MOST_THREADS = 16;

/**
 * What one thread does: fills its buffer, so that it is real memory, says that it is ready, and at the word searches it for a byte that is
 * not there (memchr reads as quickly as the processor can) until the time is over. Plain text because a thread starts from a file or text,
 * and this program's files are TypeScript in one setting and JavaScript in another.
 */
const READER = `
const { parentPort, workerData } = require('node:worker_threads');
const memory = Buffer.alloc(workerData.bytes, 1);
parentPort.once('message', () => {
  const start = process.hrtime.bigint();
  const end = start + BigInt(workerData.forMs) * 1000000n;
  let read = 0;
  let now = start;
  while (now < end) {
    memory.indexOf(2);
    read += memory.length;
    now = process.hrtime.bigint();
  }
  parentPort.postMessage({ bytesPerSecond: read / (Number(now - start) / 1e9) });
});
parentPort.postMessage('ready');
`;

/** Takes about a second. `threads`: physical cores. Bytes a second, of all threads together. */
export async function measureBandwidth(threads: number, forMs = MEASURE_MS): Promise<number> {
  const count = Math.max(1, Math.min(threads, MOST_THREADS));
  const workers = Array.from({ length: count }, () => new Worker(READER, { eval: true, workerData: { bytes: BYTES_PER_THREAD, forMs } }));
  try {
    await Promise.all(workers.map(answerOf));
    const answers = workers.map(answerOf);
    for (const worker of workers) worker.postMessage('go');
    const rates = await Promise.all(answers);
    return rates.reduce<number>((sum, rate) => sum + bytesPerSecondIn(rate), 0);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function bytesPerSecondIn(answer: unknown): number {
  const rate = typeof answer === 'object' && answer !== null && 'bytesPerSecond' in answer ? answer.bytesPerSecond : undefined;
  return typeof rate === 'number' ? rate : 0;
}
