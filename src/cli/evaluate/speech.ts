import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import { nearest } from '../../nearest.js';
import { engineContext } from '../../profile/engineContext.js';
import { loadDeviceProfile } from '../../profile/load.js';
import { createSpeechToText } from '../../speech-to-text/create.js';
import { evaluateSpeech, figuresOf, type JudgedRecording } from '../../speech-to-text/evaluate.js';
import { readManifest } from '../../speech-to-text/manifest.js';
import { type SpeechToTextOptions, speechToTextOptions } from '../../speech-to-text/options.js';
import { logToStderr } from '../log.js';
import { stopOnSignals } from '../signals.js';
import { table } from '../table.js';

interface Flags {
  readonly profile: string;
  readonly engine?: string;
  readonly json?: true;
}

/** Rows of the table of what was heard worst. */
const WORST = 10;

/** `tandem evaluate speech`: the word error rate on recordings of one's own. */
export function registerSpeech(evaluate: Command): void {
  evaluate
    .command('speech')
    .description('how many words of your recordings are heard wrongly, and how long that takes')
    .argument('<manifest.jsonl>', 'a line each: {"file", "text", "language"?: "en"|"ko"}; files relative to the manifest')
    .option('--profile <name|file>', 'device profile whose speech-to-text is measured', 'starter')
    .option('--engine <name>', "another engine than the profile's, with its defaults")
    .option('--json', 'print {utterances, words, wordErrorRate, realTimeFactor}')
    .action(run);
}

async function run(manifest: string, flags: Flags): Promise<void> {
  const loaded = await loadDeviceProfile(flags.profile);
  const options = engineOptions(flags.engine, loaded.profile.speechToText);
  const recordings = await readManifest(manifest, loaded.profile.languages[0] ?? 'en');
  const stopping = stopOnSignals();
  const engine = await createSpeechToText(options, engineContext(loaded, logToStderr()));
  try {
    let done = 0;
    const judged = await evaluateSpeech(engine, recordings, stopping.signal, () => showProgress(++done, recordings.length));
    const figures = figuresOf(judged);
    if (flags.json === true) console.log(JSON.stringify(figures));
    else printTables(engine.label, judged);
  } finally {
    await engine.close();
    stopping.dispose();
  }
}

function engineOptions(name: string | undefined, ofProfile: SpeechToTextOptions): SpeechToTextOptions {
  if (name === undefined || name === ofProfile.engine) return ofProfile;
  const engines = speechToTextOptions.options.map((option) => option.shape.engine.value);
  const found = engines.find((engine) => engine === name);
  if (found === undefined) {
    const meant = nearest(name, engines);
    throw new UsageError(
      `No speech-to-text engine is called ${JSON.stringify(name)}.`,
      `${meant === undefined ? '' : `Did you mean ${meant}? `}There are: ${engines.join(', ')}.`,
    );
  }
  return speechToTextOptions.parse({ engine: found });
}

function showProgress(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all}${done === all ? '\n' : ''}`);
}

function printTables(label: string, judged: readonly JudgedRecording[]): void {
  const { utterances, words, wordErrorRate, realTimeFactor } = figuresOf(judged);
  const figures = [label, String(utterances), String(words), `${(100 * wordErrorRate).toFixed(1)} %`, realTimeFactor.toFixed(2)];
  console.log(table(['engine', 'utterances', 'words', 'word error rate', 'real-time factor'], [figures]));
  const worst = judged
    .filter(({ errors }) => errors > 0)
    .sort((a, b) => b.errors / b.words - a.errors / a.words)
    .slice(0, WORST);
  if (worst.length === 0) return;
  console.log('\nHeard worst:');
  const rows = worst.map(({ file, errors, words: said, text, heard }) => [basename(file), `${errors} of ${said}`, text, heard]);
  console.log(table(['file', 'wrong', 'said', 'heard'], rows));
}
