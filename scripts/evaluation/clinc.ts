/**
 * Makes a CLINC file (clinc/oos-eval's `data_full.json`, or a part of it: lists of [text, intent] by split) into what
 * `tandem evaluate skills` reads. `npx tsx scripts/evaluation/clinc.ts CLINC.json > skills.jsonl`
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * The intents that the skills cover. Not among them although near: `reminder` and `calendar` (the device keeps no text to remind of),
 * `cook_time`, `distance` and `exchange_rate` (need knowledge), `spelling`, `tell_joke`, `fun_fact` (the model answers them), `next_holiday`
 * and `change_speed`, `whisper_mode`, `change_language` (settings of the profile).
 */
const COVERED = new Set([
  'timer',
  'alarm',
  'time',
  'date',
  'timezone',
  'calculator',
  'measurement_conversion',
  'change_volume',
  'repeat',
  'cancel',
  'what_can_i_ask_you',
]);

const clinc = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('npx tsx scripts/evaluation/clinc.ts CLINC.json > skills.jsonl');
  process.exitCode = 2;
} else {
  for (const [text, intent] of Object.values(clinc.parse(JSON.parse(await readFile(file, 'utf8')))).flat()) {
    process.stdout.write(`${JSON.stringify({ text, language: 'en', want: COVERED.has(intent) ? 'skill' : 'other', intent })}\n`);
  }
}
