import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../paths.js';
import type { Language } from '../../speech-to-text/contract.js';
import { lunarDayIn } from './lunar.js';

const names = z.array(z.string().min(1)).min(1);
const monthDay = z.string().regex(/^\d{1,2}-\d{1,2}$/);
const holiday = z.union([
  z.strictObject({ names, solar: monthDay }),
  z.strictObject({ names, lunar: monthDay }),
  z.strictObject({ names, nth: z.tuple([z.int(), z.int(), z.int()]) }),
  z.strictObject({ names, easter: z.int() }),
]);
type Holiday = z.infer<typeof holiday>;

/** Days with a name, and when they are next. */
export class Holidays {
  private readonly byName: ReadonlyMap<string, Holiday>;

  /** Any of their names, the longest first; behind Korean ones there may be a particle, and nothing else: "설정해 줘" is no 설. */
  private readonly anyName: RegExp;

  private constructor(all: readonly Holiday[]) {
    this.byName = new Map(all.flatMap((one) => one.names.map((name) => [plain(name), one] as const)));
    const names = all.flatMap((one) => one.names).sort((a, b) => b.length - a.length);
    this.anyName = new RegExp(`(?<![a-z가-힣])(?:${names.join('|')})(?=(?:날|에|에는|엔|은|는|이|가|을|를|까지|부터)?(?![a-z가-힣]))`, 'g');
  }

  static async load(): Promise<Holidays> {
    const path = join(projectRoot, 'src', 'skills', 'clock', 'holidays.yaml');
    const all = z.array(holiday).parse(parse(await readFile(path, 'utf8')));
    return new Holidays(all);
  }

  /** The text with the dates of the days that it names: "christmas eve at six" is "december 24 at six". */
  dated(text: string, language: Language, now: Date): string {
    return text.replaceAll(this.anyName, (name) => {
      const day = this.next(name, now);
      return day === undefined ? name : written(day, language);
    });
  }

  /** Midnight at the start of it: today or the next one. Undefined where the name is none of them. */
  next(name: string, now: Date): Date | undefined {
    const found = this.byName.get(plain(name));
    if (found === undefined) return undefined;
    const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
    const days = [0, 1].map((more) => dayIn(today.getFullYear() + more, found));
    return days.find((day) => day !== undefined && day.getTime() >= today.getTime());
  }
}

/** "december 24", "12월 24일" */
function written(day: Date, language: Language): string {
  return day.toLocaleDateString(language, { month: 'long', day: 'numeric' }).toLowerCase();
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:this|next|the next|the|다음|이번|다가오는|올) /, '')
    .replaceAll(/[\s']/g, '');
}

function dayIn(year: number, one: Holiday): Date | undefined {
  if ('solar' in one) {
    const [month = 1, day = 1] = one.solar.split('-').map(Number);
    return new Date(year, month - 1, day);
  }
  if ('nth' in one) return nthWeekday(year, ...one.nth);
  if ('easter' in one) return easter(year, one.easter);
  const [month = 1, day = 1] = one.lunar.split('-').map(Number);
  return lunarDayIn(year, month, day);
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): Date {
  if (nth < 0) {
    const last = new Date(year, month, 0);
    return new Date(year, month - 1, last.getDate() - ((last.getDay() - weekday + 7) % 7));
  }
  const first = new Date(year, month - 1, 1);
  return new Date(year, month - 1, 1 + ((weekday - first.getDay() + 7) % 7) + 7 * (nth - 1));
}

/** Gregorian Easter Sunday by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number, plusDays: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return new Date(year, Math.floor(sum / 31) - 1, (sum % 31) + 1 + plusDays);
}
