import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import { engineContext } from '../../profile/engineContext.js';
import { loadDeviceProfile } from '../../profile/load.js';
import { findClips } from '../../wake-word/clips.js';
import { evaluateWake, type WakeEvaluation } from '../../wake-word/evaluate.js';
import {
  BUILT_IN_WORDS,
  isBuiltIn,
  type OpenWakeWordOptions,
  type PorcupineOptions,
  type WakeWordOptions,
  wordName,
} from '../../wake-word/options.js';
import { logToStderr } from '../log.js';
import { table } from '../table.js';

interface Flags {
  readonly word: string;
  readonly positive?: readonly string[];
  readonly negative?: readonly string[];
  readonly profile: string;
  readonly threshold?: number;
  readonly json?: true;
}

const MOST_NAMES = 10;

/** `tandem evaluate wake`: how often recordings of the wake word wake the device, and recordings of anything else. */
export function registerWake(evaluate: Command): void {
  evaluate
    .command('wake')
    .description('how often recordings (.wav, .flac) of the wake word wake the device, and recordings of anything else')
    .requiredOption('--word <word>', `the wake word: ${BUILT_IN_WORDS.join(', ')}, or one of the profile's own`)
    .option('--positive <folders...>', 'folders of recordings of the word, searched with all that is below them')
    .option('--negative <folders...>', 'folders of recordings without the word')
    .option('--profile <name|file>', 'device profile', 'starter')
    .option('--threshold <score>', "score from 0.05 to 1 that wakes, instead of the profile's", thresholdOf)
    .option('--json', 'print {clips, found, missRate, falseAlarms, negativeHours, corePercent}')
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const { positive = [], negative = [] } = flags;
  if (positive.length + negative.length === 0) {
    throw new UsageError('There is nothing to listen to.', 'Give folders of recordings with --positive, --negative or both.');
  }
  const loaded = await loadDeviceProfile(flags.profile);
  const result = await evaluateWake(
    {
      wakeWord: onlyWord(loaded.profile.wakeWord, flags),
      voiceActivity: loaded.profile.voiceActivity,
      positive: await findClips(positive),
      negative: await findClips(negative),
      onProgress: (done, of) => showProgress(`${done} of ${of} recordings`),
      onUnreadable: (error) => {
        showProgress('');
        process.stderr.write(`tandem: ${error.message} Left out.\n`);
      },
    },
    engineContext(loaded, logToStderr()),
  );
  showProgress('');
  if (flags.json === true) printJson(result);
  else printTables(result, flags.word);
}

/** The profile's way of listening, for this word alone. */
function onlyWord(options: WakeWordOptions, { word, threshold, profile }: Flags): OpenWakeWordOptions | PorcupineOptions {
  switch (options.engine) {
    case 'none':
      throw new UsageError(`The profile ${profile} has no wake word: a button starts a turn.`, 'Name another one with --profile.');
    case 'porcupine': {
      if (threshold !== undefined) throw new UsageError('Porcupine has no threshold.', 'Change `sensitivity:` in the profile.');
      return { ...options, keywords: [options.keywords.find((keyword) => keyword.replaceAll(' ', '_') === word) ?? word] };
    }
    case 'openWakeWord': {
      const listed = options.words.find((entry) => wordName(entry) === word) ?? (isBuiltIn(word) ? word : undefined);
      if (listed === undefined) {
        const known = [...new Set([...options.words.map(wordName), ...BUILT_IN_WORDS])];
        throw new UsageError(`There is no wake word ${JSON.stringify(word)}.`, `Known are ${known.join(', ')}.`);
      }
      if (threshold === undefined) return { ...options, words: [listed] };
      return { ...options, words: [typeof listed === 'string' ? listed : { ...listed, threshold }], threshold };
    }
  }
}

function thresholdOf(text: string): number {
  const threshold = Number(text);
  if (text.trim() !== '' && threshold >= 0.05 && threshold <= 1) return threshold;
  throw new UsageError(`--threshold ${JSON.stringify(text)} is not a number from 0.05 to 1.`);
}

function printJson(result: WakeEvaluation): void {
  const { clips, found, missRate, falseAlarms, negativeHours, corePercent, unreadable } = result;
  console.log(
    JSON.stringify({ clips, found, missRate, falseAlarms, negativeHours, corePercent, ...(unreadable === 0 ? {} : { unreadable }) }),
  );
}

function printTables(result: WakeEvaluation, word: string): void {
  const { clips, found, missRate, falseAlarms, negativeHours, corePercent, unreadable, curve, missed, alarmed } = result;
  const rows = [
    [`recordings of "${word}"`, String(clips)],
    ['found', missRate === null ? '-' : `${found} (${percent(1 - missRate)})`],
    ['false alarms', `${falseAlarms} in ${negativeHours.toFixed(2)} hours`],
    ['processor, of one core', `${corePercent.toFixed(2)} %`],
  ];
  if (unreadable > 0) rows.push(['could not be read', String(unreadable)]);
  console.log(table(['', ''], rows).trimStart());
  if (curve.length > 0) {
    const shares = curve.map((point) => [
      point.threshold.toFixed(1),
      clips === 0 ? '-' : `${point.found} (${percent(point.found / clips)})`,
      String(point.falseAlarms),
    ]);
    console.log(`\nwith another threshold\n${table(['threshold', 'found', 'false alarms'], shares)}`);
  }
  printNames('not found', missed);
  printNames('false alarm in', alarmed);
}

function printNames(title: string, files: readonly string[]): void {
  if (files.length === 0) return;
  const more = files.length > MOST_NAMES ? `\n  and ${files.length - MOST_NAMES} more` : '';
  console.log(`\n${title}\n  ${files.slice(0, MOST_NAMES).join('\n  ')}${more}`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** One line that is written over; only where a person looks. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
