import type { FieldMatch, MomentMatch } from './moments.js';
import type { Moment } from './timeline.js';

/** Moments in the words of the scenario file. */

/** `route (to skill)`, `transcript (text with "france")` */
export function describeMatch({ name, fields }: MomentMatch): string {
  const wanted = Object.entries(fields).map(([field, match]) => (name === '' ? fieldText(match) : `${field} ${fieldText(match)}`));
  return wanted.length === 0 ? name : name === '' ? wanted.join(', ') : `${name} (${wanted.join(', ')})`;
}

function fieldText(match: FieldMatch): string {
  if (match.kind === 'word') return match.is;
  if (match.kind === 'number') {
    const least = Number.isFinite(match.atLeast) ? [`at least ${match.atLeast}`] : [];
    const most = Number.isFinite(match.atMost) ? [`at most ${match.atMost}`] : [];
    return [...least, ...most].join(' and ');
  }
  const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' and ');
  return [
    ...(match.is === undefined ? [] : [`"${match.is}"`]),
    ...(match.contains.length > 0 ? [`with ${quoted(match.contains)}`] : []),
    ...(match.containsNot.length > 0 ? [`without ${quoted(match.containsNot)}`] : []),
  ].join(' and ');
}

/** `route (to device, reason everyday)` */
export function describeMoment({ name, fields }: Moment): string {
  const shown = Object.entries(fields).flatMap(([field, value]) => (typeof value === 'object' ? [] : [`${field} ${valueText(value)}`]));
  return shown.length === 0 ? name : `${name} (${shown.join(', ')})`;
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  return typeof value === 'string' && /\s|^$/.test(value) ? `"${value}"` : String(value);
}
