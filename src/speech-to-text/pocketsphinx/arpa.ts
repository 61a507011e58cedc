/** A small language model of the sentences that are expected: trigrams with interpolated absolute discounting, as ARPA text. */

const DISCOUNT = 0.6;
const ORDER = 3;
const SEPARATOR = ' ';

/** Words as the dictionary has them: small letters and apostrophes. */
export function wordsOf(sentence: string): readonly string[] {
  return sentence
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^a-z' ]/g, ' ')
    .split(' ')
    .filter((word) => word !== '');
}

/** `sentences` must hold a word at least. */
export function arpaOf(sentences: readonly string[]): string {
  const counts = countGrams(sentences);
  const probabilities = new Map<string, number>();
  const backoffs = new Map<string, number>();
  const words = counts[0] ?? new Map<string, number>();
  const total = Array.from(words).reduce((sum, [word, count]) => (word === '<s>' ? sum : sum + count), 0);
  for (const [word, count] of words) probabilities.set(word, word === '<s>' ? 1e-99 : (Math.max(0, count - DISCOUNT) + DISCOUNT) / total);
  for (let order = 2; order <= ORDER; order++) addOrder(counts[order - 1] ?? new Map(), probabilities, backoffs);
  return textOf(counts, probabilities, backoffs);
}

type Counts = ReadonlyMap<string, number>;

function countGrams(sentences: readonly string[]): readonly Counts[] {
  const counts = Array.from({ length: ORDER }, () => new Map<string, number>());
  for (const sentence of sentences) {
    const words = ['<s>', ...wordsOf(sentence), '</s>'];
    if (words.length === 2) continue;
    for (const [index, ofOrder] of counts.entries()) {
      for (let at = 0; at + index < words.length; at++) {
        const gram = words.slice(at, at + index + 1).join(SEPARATOR);
        ofOrder.set(gram, (ofOrder.get(gram) ?? 0) + 1);
      }
    }
  }
  return counts;
}

function addOrder(grams: Counts, probabilities: Map<string, number>, backoffs: Map<string, number>): void {
  const histories = new Map<string, { total: number; kinds: number }>();
  for (const [gram, count] of grams) {
    const history = gram.slice(0, gram.lastIndexOf(SEPARATOR));
    const seen = histories.get(history) ?? { total: 0, kinds: 0 };
    histories.set(history, { total: seen.total + count, kinds: seen.kinds + 1 });
  }
  for (const [gram, count] of grams) {
    const history = gram.slice(0, gram.lastIndexOf(SEPARATOR));
    const { total, kinds } = histories.get(history) ?? { total: count, kinds: 1 };
    const shorter = probabilities.get(gram.slice(gram.indexOf(SEPARATOR) + 1)) ?? 0;
    probabilities.set(gram, (count - DISCOUNT) / total + ((DISCOUNT * kinds) / total) * shorter);
  }
  for (const [history, { total, kinds }] of histories) backoffs.set(history, (DISCOUNT * kinds) / total);
}

function textOf(counts: readonly Counts[], probabilities: ReadonlyMap<string, number>, backoffs: ReadonlyMap<string, number>): string {
  const lines = ['\\data\\', ...counts.map((grams, index) => `ngram ${index + 1}=${grams.size}`)];
  for (const [index, grams] of counts.entries()) {
    lines.push('', `\\${index + 1}-grams:`);
    for (const gram of Array.from(grams.keys()).sort()) {
      const backoff = index + 1 < ORDER ? ` ${Math.log10(backoffs.get(gram) ?? 1).toFixed(4)}` : '';
      lines.push(`${Math.log10(Math.max(probabilities.get(gram) ?? 0, 1e-99)).toFixed(4)} ${gram}${backoff}`);
    }
  }
  return `${lines.join('\n')}\n\n\\end\\\n`;
}
