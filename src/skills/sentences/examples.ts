import type { Rules } from './template.js';

/**
 * Sentences that a template stands for, at most `limit`, picked from all over it and always the same; none where it has a `{slot}`,
 * whose words only its skill knows, or a `*`. For recognisers that want to know what to expect.
 */
export function examplesOf(template: string, rules: Rules, limit: number): readonly string[] {
  const whole = template.replaceAll(/<(\w+)>/g, (_, name: string) => `(${rules[name] ?? ''})`);
  if (/[{*<]/.test(whole)) return [];
  const examples = new Set<string>();
  for (let pick = 0; pick < limit; pick++) examples.add(exampleOf(whole, pick));
  return Array.from(examples);
}

/** Brackets are resolved from the inside out; the n-th of them takes another of its options for each `pick`. */
function exampleOf(template: string, pick: number): string {
  let text = template;
  for (let bracket = 1; ; bracket++) {
    const found = /\(([^()[\]]*)\)|\[([^()[\]]*)\]/.exec(text);
    if (found === null) return text.replaceAll(/\s+/g, ' ').trim();
    const options = (found[1] ?? found[2] ?? '').split('|');
    if (found[2] !== undefined) options.push('');
    const option = options[(pick * bracket + (pick >> 2)) % options.length] ?? '';
    text = text.slice(0, found.index) + option + text.slice(found.index + found[0].length);
  }
}
