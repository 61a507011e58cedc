/**
 * Writes device-profiles/starter/phrases.yaml: the sentences that the starter profile's recogniser expects. They are the wordings that
 * the starter model was trained on, and the skills' own sentences: `npx tsx scripts/starter-model/phrases.ts`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { projectRoot } from '../../src/paths.js';
import { examplesOf } from '../../src/skills/sentences/examples.js';

/** Of each template so many sentences, spread over all it stands for. */
const EXAMPLES = 24;

/** Words that CMU's dictionary lacks. */
const PRONUNCIATIONS = {
  tandem: 'T AE N D AH M',
  exaone: 'EH K S AH W AH N',
  loudness: 'L AW D N AH S',
  shush: 'SH AH SH',
  unmute: 'AH N M Y UW T',
  yapping: 'Y AE P IH NG',
};

interface Item {
  readonly ask: readonly string[];
}
interface SkillFile {
  readonly rules?: Readonly<Record<string, string>>;
  readonly intents: Readonly<Record<string, readonly string[]>>;
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

const questions = yamlFiles(join(projectRoot, 'scripts', 'starter-model', 'questions')).flatMap((file) =>
  (parse(readFileSync(file, 'utf8')) as readonly Item[]).flatMap(({ ask }) => ask),
);

const skills = join(projectRoot, 'src', 'skills');
const requests = readdirSync(skills)
  .sort()
  .flatMap((name) =>
    readdirSync(skills, { withFileTypes: true }).some((entry) => entry.name === name && entry.isDirectory())
      ? yamlFiles(join(skills, name))
      : [],
  )
  .filter((file) => file.endsWith('/en.yaml'))
  .flatMap((file) => {
    const { rules = {}, intents } = parse(readFileSync(file, 'utf8')) as SkillFile;
    return Object.values(intents).flatMap((templates) => templates.flatMap((template) => examplesOf(template, rules, EXAMPLES)));
  });

/** What people say to "Shall I go on?". */
const { more } = parse(readFileSync(join(projectRoot, 'src', 'device', 'speaking', 'notices', 'en.yaml'), 'utf8')) as {
  more: { wanted: readonly string[]; declined: readonly string[] };
};

const spoken = [...questions, ...requests, ...more.wanted, ...more.declined]
  // Only what the English model can hear: no Korean, no digits.
  .filter((sentence) => /^[\x20-\x7e]+$/.test(sentence) && !/\d/.test(sentence))
  .map((sentence) =>
    sentence
      .toLowerCase()
      .replaceAll(/[^a-z' ]/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
const sentences = Array.from(new Set(spoken.filter((sentence) => sentence !== ''))).sort();
const head = '# Written by scripts/starter-model/phrases.ts: what the starter profile expects to hear.\n';
writeFileSync(
  join(projectRoot, 'device-profiles', 'starter', 'phrases.yaml'),
  head + stringify({ pronunciations: PRONUNCIATIONS, sentences }, { lineWidth: 0 }),
);
process.stdout.write(`${sentences.length} sentences\n`);
