import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../paths.js';

const groups = z.record(z.string(), z.array(z.union([z.string(), z.number()]).transform(String)));
const wordsFile = z.strictObject({ subjects: groups, fields: z.record(z.string(), z.array(z.string())), tasks: groups, everyday: groups });

const HANGUL = /\p{Script=Hangul}/u;
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;
const MOST_WORDS = 3;

/** Groups of words (`words.yaml`), found in a text in one pass over its words. */
export class Lexicon {
  /** Fields of knowledge by subject: `field.science` by `subject.physics`. */
  readonly fieldOf: ReadonlyMap<string, string>;
  /** Groups by entry. */
  private readonly whole = new Map<string, string[]>();
  /** Groups by the beginning of an entry that may go on; by its number of words. */
  private readonly begun: readonly Map<string, string[]>[] = Array.from({ length: MOST_WORDS + 1 }, () => new Map());
  /** First words of entries of more than one. */
  private readonly phraseStarts = new Set<string>();
  private readonly begunLengths: readonly Set<number>[] = Array.from({ length: MOST_WORDS + 1 }, () => new Set());

  private constructor(groupsByName: ReadonlyMap<string, readonly string[]>, fieldOf: ReadonlyMap<string, string>) {
    this.fieldOf = fieldOf;
    for (const [name, entries] of groupsByName) for (const entry of entries) this.add(entry.toLowerCase(), name);
  }

  static load(): Lexicon {
    const { fields, ...kinds } = wordsFile.parse(parse(readFileSync(join(projectRoot, 'src/routing/words.yaml'), 'utf8')));
    const named = (prefix: string, byName: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(byName).map(([name, entries]) => [`${prefix}.${name}`, entries] as const);
    const all = [...named('subject', kinds.subjects), ...named('task', kinds.tasks), ...named('everyday', kinds.everyday)];
    const fieldOf = Object.entries(fields).flatMap(([field, subjects]) =>
      subjects.map((subject) => [`subject.${subject}`, `field.${field}`] as const),
    );
    return new Lexicon(new Map(all), new Map(fieldOf));
  }

  /** How often each group's words (`subject.law`, `task.explain`, `everyday.now`) occur; groups that don't occur are absent. */
  count(words: readonly string[]): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [at, word] of words.entries()) {
      this.countEntry(word, 1, counts);
      if (!this.phraseStarts.has(word)) continue;
      for (let length = 2; length <= MOST_WORDS && at + length <= words.length; length++) {
        this.countEntry(words.slice(at, at + length).join(' '), length, counts);
      }
    }
    return counts;
  }

  private countEntry(phrase: string, words: number, counts: Map<string, number>): void {
    const tally = (names: readonly string[] | undefined) => {
      for (const name of names ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
    };
    tally(this.whole.get(phrase));
    for (const length of this.begunLengths[words] ?? []) {
      if (length <= phrase.length) tally(this.begun[words]?.get(phrase.slice(0, length)));
    }
  }

  private add(entry: string, name: string): void {
    const words = wordsOf(entry);
    const text = words.join(' ');
    const goesOn = entry.endsWith('*') || HANGUL.test(entry);
    const table = goesOn ? this.begun[words.length] : this.whole;
    if (text === '' || table === undefined) throw new RangeError(`words.yaml: "${entry}" in ${name} must have one to ${MOST_WORDS} words.`);
    table.set(text, [...new Set([...(table.get(text) ?? []), name])]);
    if (words[0] !== undefined && words.length > 1) this.phraseStarts.add(words[0]);
    if (goesOn) this.begunLengths[words.length]?.add(text.length);
  }
}

/** Words in lower case, without punctuation. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
}
