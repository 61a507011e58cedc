/**
 * Sentences as people write them into a skill's YAML, made into something that recognises them:
 * `(what is|what's) the time [right now]`: alternatives in round brackets, what may be left out in square ones, `{place}` for what
 * varies, `<rule>` for a part that several sentences share, `*` for up to eight words that don't matter.
 */

/** A sentence that can be recognised. `slots` are the names of its `{places}` in order. */
export interface Template {
  readonly slots: readonly string[];
  /** What the slots hold, in their order, where the whole text fits. */
  match(text: string): readonly (string | undefined)[] | undefined;
}

/** Shared parts by name, each written as a sentence. */
export type Rules = Readonly<Record<string, string>>;

/** What a slot of that name can hold, as the source of a regular expression without groups; other slots hold anything. */
export type SlotPatterns = Readonly<Record<string, string>>;

/** How compiling depends on the language. */
export interface TemplateOptions {
  readonly rules?: Rules;
  readonly slotPatterns?: SlotPatterns;
  readonly spacesCount?: boolean;
}

/** Between two words: a space, or nothing where one of them was left out at an end of the sentence. */
const SPACE = '(?:^| |$)';
/** Where people (and recognisers) put spaces differently, as in Korean, they don't count. */
const ANY_SPACE = ' ?';
/** What `*` stands for. */
const ANY_WORDS = '(?:(?:^| )[^ ]+){0,8}?';
const ANY_LETTERS = '.{0,24}?';

/** Throws an `Error` that says what is wrong with the sentence. */
export function compileTemplate(sentence: string, options: TemplateOptions = {}): Template {
  const slots: string[] = [];
  const { source, needs } = new Parser(sentence, options, slots).parse();
  let pattern: RegExp | undefined;
  return {
    slots,
    match: (text) => {
      // Most requests lack a word that the sentence can't do without: its pattern, often a long one, isn't even compiled for them.
      if (needs !== undefined && !needs.some((word) => text.includes(word))) return undefined;
      pattern ??= new RegExp(`^${source}$`, 'u');
      return pattern.exec(text)?.slice(1);
    },
  };
}

/** A part of a sentence as the source of a regular expression. */
interface Part {
  readonly source: string;
  /** One of these must be in the text; undefined where nothing must. */
  readonly needs?: readonly string[] | undefined;
}

/** Of the parts of a sequence all are needed: the longest words tell most. */
function mostTelling(parts: readonly Part[]): readonly string[] | undefined {
  const shortest = (words: readonly string[]) => Math.min(...words.map((word) => word.length));
  return parts.flatMap(({ needs }) => (needs === undefined ? [] : [needs])).sort((a, b) => shortest(b) - shortest(a))[0];
}

class Parser {
  private position = 0;
  private readonly text: string;
  private readonly options: TemplateOptions;
  private readonly slots: string[];
  private readonly gap: string;
  private readonly anyWords: string;
  private readonly within: readonly string[];

  constructor(text: string, options: TemplateOptions, slots: string[], within: readonly string[] = []) {
    this.text = text;
    this.options = options;
    this.slots = slots;
    this.gap = options.spacesCount === false ? ANY_SPACE : SPACE;
    this.anyWords = options.spacesCount === false ? ANY_LETTERS : ANY_WORDS;
    this.within = within;
  }

  parse(): Part {
    const part = this.alternatives('');
    if (this.position < this.text.length) throw this.wrong(`unexpected ${this.text[this.position]}`);
    return part;
  }

  private alternatives(closing: string): Part {
    const options = [this.sequence(closing)];
    while (this.peek() === '|') {
      this.position += 1;
      options.push(this.sequence(closing));
    }
    const needs = options.every((option) => option.needs !== undefined) ? options.flatMap((option) => option.needs ?? []) : undefined;
    return { source: `(?:${options.map(({ source }) => source).join('|')})`, needs };
  }

  private sequence(closing: string): Part {
    const parts: Part[] = [];
    for (;;) {
      const gap = this.skipSpace();
      const next = this.peek();
      if (next === undefined || next === '|' || next === closing) {
        return { source: parts.map(({ source }) => source).join(''), needs: mostTelling(parts) };
      }
      parts.push(this.part(next, gap));
    }
  }

  /** With its gap before it, so that what is left out takes its gap with it. */
  private part(next: string, gap: boolean): Part {
    const space = gap ? this.gap : '';
    if (next === '[') return { source: `(?:${space}${this.bracket('[', ']').source})?` };
    if (next === '{') return { source: `${space}(${this.slot()})` };
    if (next === '*') return { source: this.skipped() };
    const { source, needs } = next === '(' ? this.bracket('(', ')') : next === '<' ? this.rule() : this.words();
    return { source: space + source, needs };
  }

  private bracket(open: string, close: string): Part {
    this.expect(open);
    const inside = this.alternatives(close);
    this.expect(close);
    return inside;
  }

  private skipped(): string {
    this.position += 1;
    return this.anyWords;
  }

  private slot(): string {
    const name = this.between('{', '}');
    this.slots.push(name);
    return this.options.slotPatterns?.[name] ?? '.+?';
  }

  private rule(): Part {
    const name = this.between('<', '>');
    const text = this.options.rules?.[name];
    if (text === undefined) throw this.wrong(`there is no rule <${name}>`);
    if (this.within.includes(name)) throw this.wrong(`the rule <${name}> contains itself`);
    return new Parser(text, this.options, this.slots, [...this.within, name]).parse();
  }

  private words(): Part {
    const start = this.position;
    while (this.position < this.text.length && !/[\s()[\]{}<>|*]/.test(this.text[this.position] ?? '')) this.position += 1;
    if (this.position === start) throw this.wrong(`unexpected ${this.peek()}`);
    const words = this.text.slice(start, this.position);
    return { source: words.replaceAll(/[.+?^$\\/]/g, '\\$&'), needs: [words] };
  }

  private between(open: string, close: string): string {
    this.expect(open);
    const end = this.text.indexOf(close, this.position);
    if (end < 0) throw this.wrong(`${open} is not closed`);
    const name = this.text.slice(this.position, end);
    this.position = end + 1;
    return name;
  }

  private skipSpace(): boolean {
    const start = this.position;
    while (this.peek() === ' ') this.position += 1;
    return this.position > start;
  }

  private expect(character: string): void {
    if (this.peek() !== character) throw this.wrong(`${character} is missing`);
    this.position += 1;
  }

  private peek(): string | undefined {
    return this.text[this.position];
  }

  private wrong(why: string): Error {
    return new Error(`the sentence "${this.text}": ${why}`);
  }
}
