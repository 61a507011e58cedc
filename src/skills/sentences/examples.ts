import type { Rules } from './template.js';

/**
 * Sentences that a template stands for, at most `limit`, spread over all of them; none where it has a `{slot}`, whose words only its
 * skill knows. For recognisers that want to know what to expect.
 */
export function examplesOf(template: string, rules: Rules, limit: number): readonly string[] {
  if (/\{/.test(template) || /<(\w+)>/.exec(template)?.some((name) => rules[name]?.includes('{'))) return [];
  const all = alternativesOf(template, rules);
  const step = Math.max(1, all.length / limit);
  return Array.from({ length: Math.min(limit, all.length) }, (_, index) => all[Math.floor(index * step)] ?? '');
}

/** More than any template is meant to stand for; what is beyond is left out. */
const MOST = 5_000;

function alternativesOf(text: string, rules: Rules): readonly string[] {
  const open = innermost(text);
  if (open === undefined) return [tidy(text)];
  const { start, end, kind } = open;
  const inside = text.slice(start + 1, end);
  const options = kind === '<' ? [`(${rules[inside] ?? ''})`] : [...inside.split('|'), ...(kind === '[' ? [''] : [])];
  const sentences: string[] = [];
  for (const option of options) {
    if (sentences.length >= MOST) break;
    sentences.push(...alternativesOf(text.slice(0, start) + option + text.slice(end + 1), rules));
  }
  return Array.from(new Set(sentences)).slice(0, MOST);
}

/** The first bracket that has no other inside; a rule's name counts as one. */
function innermost(text: string): { readonly start: number; readonly end: number; readonly kind: string } | undefined {
  const found = /\(([^()[\]<>]*)\)|\[([^()[\]<>]*)\]|<\w+>/.exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length - 1, kind: found[0][0] ?? '' };
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
