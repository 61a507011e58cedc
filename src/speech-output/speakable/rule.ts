/** The parts of a match by the name of their group, '' where a group took no part; `match` is the whole. */
export type Parts = (name: string) => string;

/** One way of writing, and how it is said. */
export interface Rule {
  readonly pattern: RegExp;
  readonly say: (part: Parts) => string;
}

/** `source`: a regular expression with named groups. Repetitions in it are bounded, so that no text makes it slow. */
export function rule(source: string, say: (part: Parts) => string, flags = 'gu'): Rule {
  return { pattern: new RegExp(source, flags), say };
}

/** A rule with the same words for every match. */
export function words(source: string, said: string, flags = 'gu'): Rule {
  return { pattern: new RegExp(source, flags), say: () => said };
}

/** Each rule in turn on the whole text; what one has said in words, the next ones leave alone. */
export function applyRules(text: string, rules: readonly Rule[]): string {
  let said = text;
  for (const { pattern, say } of rules) {
    said = said.replace(pattern, (match: string, ...rest: unknown[]) => {
      const groups = rest.at(-1);
      const named = typeof groups === 'object' && groups !== null ? (groups as Record<string, string | undefined>) : {};
      return say((name) => (name === 'match' ? match : (named[name] ?? '')));
    });
  }
  return said;
}

/** Any one of these, longest first. */
export function anyOf(alternatives: Iterable<string>): string {
  const escaped = [...alternatives].map((text) => text.replace(/[$^*+?.()[\]{}|\\/]/g, '\\$&'));
  return `(?:${escaped.sort((a, b) => b.length - a.length).join('|')})`;
}

const plainNumber = String.raw`(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?`;
const vulgar = '[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]';
/** Not in the middle of a longer number. */
const begins = String.raw`(?<!\d)(?<!\d[.,/:])`;
/** Not the number of a name: GDDR6, I-95. */
const notOfName = String.raw`(?<!\p{Script=Latin}|\p{Lu}-)`;
const ends = String.raw`(?!\d|[.,/:]\d)`;

/** A whole or decimal number, commas allowed, as the group `name`. */
export function number(name: string): string {
  return `${begins}(?<${name}>${plainNumber})${ends}`;
}

/** A number as `number` has it, a fraction (3/4, ¾) or both (1 1/2, 2½). */
export function amount(name: string): string {
  const slashed = String.raw`(?:\d{1,3}[ ])?\d{1,3}\/\d{1,3}`;
  return `${notOfName}${begins}(?<${name}>${slashed}|(?:\\d{1,3}[ ]?)?${vulgar}|${plainNumber})${ends}`;
}

/** No letter or digit follows: the end of a unit or an abbreviation. */
export const wordEnds = String.raw`(?![\p{L}\p{N}])`;
/** No letter or digit stands before. */
export const wordBegins = String.raw`(?<![\p{L}\p{N}])`;
