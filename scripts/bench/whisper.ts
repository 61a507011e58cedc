/**
 * End of speech to text: whisperServer, the same server without `audio_ctx`, and whisperNode, in turns in one run.
 * `npx tsx scripts/bench/whisper.ts [RUNS] [MODEL.bin]`: without a model, the shape of Whisper base.en without weights.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readWav } from '../../src/audio/wav/reader.js';
import type { EngineContext } from '../../src/engineContext.js';
import { projectRoot } from '../../src/paths.js';
import { whisperNodeOptions, whisperServerOptions } from '../../src/speech-to-text/options.js';
import { serverBuild } from '../../src/speech-to-text/whisper/builds.js';
import { requestForm } from '../../src/speech-to-text/whisper/requestForm.js';
import { ServerProcess } from '../../src/speech-to-text/whisper/serverProcess.js';
import { WhisperNode } from '../../src/speech-to-text/whisperNode.js';
import { threadsFor, WhisperServer } from '../../src/speech-to-text/whisperServer.js';
import { KeptLog } from '../../test/support/keptLog.js';
import { writeWhisperShape } from '../../test/support/whisperShape.js';
import { countArgument, machineLine, printTable, quantile } from './machine.js';

const runs = countArgument(7);
const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
const model = process.argv[3] ?? writeWhisperShape(join(folder, 'base.en-shape.bin'), 'base');
const utterance = await readWav(join(projectRoot, 'test/fixtures/no-wake-word.wav'));
const signal = new AbortController().signal;
const context: EngineContext = {
  log: new KeptLog(),
  modelFile: (file) => Promise.resolve(file),
  secret: () => Promise.resolve(undefined),
  cacheFolder: folder,
};

const serverOptions = whisperServerOptions.parse({ engine: 'whisperServer', model, timeoutMs: 600_000 });
const server = await WhisperServer.load(serverOptions, context);
const wholeSettings = { program: serverBuild().program, model, threads: threadsFor(serverOptions.threads) };
const whole = await ServerProcess.start(wholeSettings, signal);
const node = await WhisperNode.load(whisperNodeOptions.parse({ engine: 'whisperNode', model, timeoutMs: 600_000 }), context);

const wholeForm = requestForm(utterance, 'en', false);
wholeForm.set('audio_ctx', '0');
const ways: readonly { readonly name: string; readonly run: () => Promise<unknown>; readonly times: number[] }[] = [
  { name: 'whisperServer', run: () => server.transcribe(utterance, { signal, languages: ['en'] }), times: [] },
  { name: 'the server with audio_ctx 0', run: () => whole.transcribe(wholeForm, signal), times: [] },
  { name: 'whisperNode', run: () => node.transcribe(utterance, { signal, languages: ['en'] }), times: [] },
];
// The first of each is not counted: it reads files and reserves memory.
for (const { run } of ways) await run();
for (let round = 1; round <= runs; round++) {
  process.stderr.write(`round ${round} of ${runs}\n`);
  for (const { run, times } of ways) {
    const begin = performance.now();
    await run();
    times.push(performance.now() - begin);
  }
}
await Promise.all([server.close(), whole.stop(), node.close()]);
await rm(folder, { recursive: true });

const quickest = quantile(ways[0]?.times ?? [], 0.5) ?? Number.NaN;
process.stdout.write(
  `${machineLine()}\n${(utterance.length / 16_000).toFixed(1)} s of speech, ${basename(model)}, ${wholeSettings.threads} threads, ${runs} runs\n\n`,
);
printTable(
  ['ms', 'median', '95 %', 'times whisperServer'],
  ways.map(({ name, times }) => {
    const median = quantile(times, 0.5) ?? Number.NaN;
    return [name, median.toFixed(0), (quantile(times, 0.95) ?? Number.NaN).toFixed(0), (median / quickest).toFixed(1)];
  }),
);
