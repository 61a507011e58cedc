import { distance } from 'fastest-levenshtein';

/** The known name that was most likely meant, for "did you mean"; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_ .]/g, '');
  const wanted = plain(word);
  const ranked = known.map((name) => ({ name, away: distance(wanted, plain(name)) })).sort((a, b) => a.away - b.away);
  const best = ranked[0];
  return best !== undefined && best.away <= Math.max(1, Math.floor(wanted.length / 3)) ? best.name : undefined;
}
