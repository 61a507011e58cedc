import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../paths.js';
import type { Language } from '../../speech-to-text/contract.js';

const entry = z.strictObject({
  unit: z.string(),
  times: z.number().positive().default(1),
  en: z.array(z.string()).min(1),
  ko: z.array(z.string()).min(1),
});
const unitsFile = z.record(z.string(), z.array(entry));

export interface Unit extends z.infer<typeof entry> {
  /** "length", "weight" … */
  readonly kind: string;
}

export interface Conversion {
  readonly from: Unit;
  readonly to: Unit;
}

/** The units that people convert, by what they are called. */
export class Units {
  private readonly byName: Readonly<Record<Language, ReadonlyMap<string, readonly Unit[]>>>;

  private constructor(units: readonly Unit[]) {
    this.byName = { en: namesOf(units, 'en'), ko: namesOf(units, 'ko') };
  }

  static async load(): Promise<Units> {
    const path = join(projectRoot, 'src', 'skills', 'conversion', 'units.yaml');
    const kinds = unitsFile.parse(parse(await readFile(path, 'utf8')));
    return new Units(Object.entries(kinds).flatMap(([kind, units]) => units.map((unit) => ({ ...unit, kind }))));
  }

  /** The source of a regular expression without groups. */
  pattern(language: Language): string {
    const names = [...this.byName[language].keys()].sort((a, b) => b.length - a.length);
    return `(?:${names.map((name) => name.replaceAll(/[/.]/g, '\\$&')).join('|')})`;
  }

  /** The pair that the two names mean: an ounce is one of weight beside pounds and one of volume beside cups. */
  pair(from: string, to: string, language: Language): Conversion | undefined {
    const froms = this.byName[language].get(from) ?? [];
    const tos = this.byName[language].get(to) ?? [];
    const pairs = froms.flatMap((one) => tos.map((other) => ({ from: one, to: other })));
    return pairs.find(({ from, to }) => from.kind === to.kind && from !== to) ?? pairs[0];
  }
}

/** "2.5 miles", "1 mile", "2.5마일". */
export function sayAmount(value: string, { unit, en, ko }: Unit, language: Language): string {
  // "섭씨 20도", "시속 100킬로미터"
  const [, before, rest] = /^(섭씨|화씨|시속|초속) (.+)$/.exec(ko[0] ?? '') ?? [];
  if (language === 'ko') return before === undefined ? `${value}${ko[0]}` : `${before} ${value}${rest}`;
  const one = value === '1' || value === '-1';
  return `${value} ${(one || en[1] === undefined || unit === 'K' ? en[0] : en[1]) ?? ''}`;
}

function namesOf(units: readonly Unit[], language: Language): ReadonlyMap<string, readonly Unit[]> {
  const names = new Map<string, readonly Unit[]>();
  for (const unit of units)
    for (const name of new Set(unit[language].map((one) => one.toLowerCase()))) names.set(name, [...(names.get(name) ?? []), unit]);
  return names;
}
