/**
 * What comes out of the starter profile when the fixture voices ask it: `npx tsx scripts/evaluation/spoken.ts`.
 * Each fixture recording with a question goes through a whole device; the table is for device-profiles/starter/README.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../src/paths.js';
import { hearRecording } from '../../test/support/talk.js';
import { machineLine, printTable } from '../bench/machine.js';

interface Recording {
  readonly file: string;
  readonly voice: string;
  readonly kind: string;
  readonly noise?: number;
  readonly say?: string;
  readonly answer?: readonly string[];
  readonly skill?: string;
}

const { recordings } = parse(readFileSync(join(projectRoot, 'scripts', 'fixtures', 'recordings.yaml'), 'utf8')) as {
  recordings: readonly Recording[];
};
const rows: string[][] = [];
let understood = 0;
let right = 0;
for (const { file, voice, kind, noise, say, answer = [], skill } of recordings) {
  if (say === undefined || (kind !== 'one-breath' && kind !== 'pause')) continue;
  const { events } = await hearRecording(join(projectRoot, 'test', 'fixtures', `${file}.wav`));
  const heard = events.flatMap((event) => (event.event === 'transcript' ? [event.text] : [])).join(' / ');
  const said = events.flatMap((event) => (event.event === 'sentence' ? [event.text] : [])).join(' ');
  const by = events.flatMap((event) => (event.event === 'route' ? [event.reason] : [])).join(' ');
  const isRight =
    skill === undefined
      ? said !== '' && !said.startsWith("I don't know") && answer.every((word) => said.toLowerCase().includes(word))
      : by.startsWith(`${skill}:`);
  if (heard === say) understood += 1;
  if (isRight) right += 1;
  rows.push([noise === undefined ? voice : `${voice}, noise ${noise} dB`, say, heard === say ? '=' : heard, isRight ? 'yes' : 'no']);
}
process.stdout.write(`${machineLine()}\n\n`);
printTable(['voice', 'said', 'understood', 'right answer'], rows);
process.stdout.write(`\nunderstood word for word: ${understood} of ${rows.length}; answered right: ${right} of ${rows.length}\n`);
