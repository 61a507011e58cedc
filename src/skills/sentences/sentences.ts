import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { TandemError } from '../../errors.js';
import type { Language } from '../../speech-to-text/contract.js';
import { readingsOf } from './normalize.js';
import { chooseParticles } from './particles.js';
import { compileTemplate, type SlotPatterns, type Template } from './template.js';

/** A skill's language file: what is asked, and what is answered. */
const sentencesFile = z.strictObject({
  /** A short phrase for "what can you do". */
  offer: z.string().min(1),
  /** Parts that several sentences share. */
  rules: z.record(z.string(), z.string()).default({}),
  /** By intent, the sentences that ask for it, as templates. */
  intents: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  /** Likewise what asks for it only right after something else was asked of the skill: "make it ten". */
  goingOn: z.record(z.string(), z.array(z.string().min(1)).min(1)).default({}),
  /** Templates that a request must not fit, whatever else it fits: "who invented the alarm clock". */
  unless: z.array(z.string().min(1)).default([]),
  /** By name, what is said; `{value}` is filled in. */
  replies: z.record(z.string(), z.string()).default({}),
});

export interface Recognised {
  readonly intent: string;
  readonly slots: Readonly<Record<string, string>>;
  /** It is about what was asked before: "it" is that timer. */
  readonly goesOn: boolean;
}

/** One skill's sentences in one language, out of its folder's `en.yaml` or `ko.yaml`. */
export class Sentences {
  readonly offer: string;
  readonly language: Language;
  private readonly templates: readonly (Template & Pick<Recognised, 'intent' | 'goesOn'>)[];
  private readonly unless: readonly Template[];
  private readonly replies: Readonly<Record<string, string>>;

  private constructor(language: Language, file: z.infer<typeof sentencesFile>, slotPatterns: SlotPatterns) {
    this.language = language;
    this.offer = file.offer;
    this.replies = file.replies;
    const options = { rules: file.rules, slotPatterns, spacesCount: language !== 'ko' };
    const compiled = (intents: Readonly<Record<string, readonly string[]>>, goesOn: boolean) =>
      Object.entries(intents).flatMap(([intent, sentences]) =>
        sentences.map((sentence) => ({ intent, goesOn, ...compileTemplate(sentence, options) })),
      );
    this.templates = [...compiled(file.goingOn, true), ...compiled(file.intents, false)];
    this.unless = file.unless.map((sentence) => compileTemplate(sentence, options));
  }

  /** Rejects with `skill-sentences-wrong` that names the file and what is wrong in it. */
  static async load(folder: string, language: Language, slotPatterns: SlotPatterns = {}): Promise<Sentences> {
    const path = join(folder, `${language}.yaml`);
    try {
      return new Sentences(language, sentencesFile.parse(parse(await readFile(path, 'utf8'))), slotPatterns);
    } catch (cause) {
      const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : String(cause);
      throw new TandemError({ code: 'skill-sentences-wrong', stage: 'skill', message: `${path}: ${why}`, recoverable: false, cause });
    }
  }

  /** All that fit, in the order of the file (and the most literal reading first): a skill takes the first whose slots make sense. */
  recognise(text: string, goesOn = false): readonly Recognised[] {
    const templates = goesOn ? this.templates : this.templates.filter((template) => !template.goesOn);
    return readingsOf(text, this.language).flatMap((reading) => this.fitting(reading, templates));
  }

  private fitting(reading: string, templates: Sentences['templates']): readonly Recognised[] {
    const recognised = templates.flatMap((template) => {
      const found = template.match(reading);
      if (found === undefined) return [];
      const given = template.slots.flatMap((slot, index) => (found[index] === undefined ? [] : [[slot, found[index]] as const]));
      return [{ intent: template.intent, goesOn: template.goesOn, slots: Object.fromEntries(given) as Record<string, string> }];
    });
    return recognised.length > 0 && this.unless.some((template) => template.match(reading) !== undefined) ? [] : recognised;
  }

  /** Whole sentences begin with a capital letter, parts of them ("the {name} timer") as they are written. */
  reply(name: string, values: Readonly<Record<string, string | number>> = {}): string {
    const text = this.replies[name];
    if (text === undefined) throw new Error(`${this.language}.yaml has no reply ${name}`);
    const filled = text.replaceAll(/\{(\w+)\}/g, (_, value: string) => String(values[value] ?? ''));
    if (this.language === 'ko') return chooseParticles(filled);
    return filled.endsWith('.') || filled.endsWith('?') ? filled.charAt(0).toUpperCase() + filled.slice(1) : filled;
  }
}
