/** A trigram model of the sentences to expect, in the ARPA format that recognisers read. */

const ORDER = 3;
/** What absolute discounting takes from each count for what was not seen. */
const DISCOUNT = 0.6;
const START = '<s>';
const END = '</s>';

/** Counts of one length of n-gram: history (words joined by a space) → word → count. */
type Counts = Map<string, Map<string, number>>;

/** `sentences`: words of a sentence each. Interpolated absolute discounting down to a uniform unigram. */
export function arpaModel(sentences: readonly (readonly string[])[]): string {
  const counts = Array.from({ length: ORDER }, (_, index) => count(sentences, index + 1));
  const unigrams = counts[0]?.get('') ?? new Map<string, number>();
  unigrams.delete(START);
  const probability = probabilities(counts, unigrams.size);

  const lines: string[][] = counts.map((histories, index) => {
    const entries: string[] = [];
    for (const [history, words] of histories) {
      for (const word of words.keys()) entries.push(entry(history, word, index));
    }
    return entries;
  });
  lines[0]?.unshift(`-99 ${START} ${backOff(counts[1], START)}`);

  function entry(history: string, word: string, index: number): string {
    const gram = history === '' ? word : `${history} ${word}`;
    const more = index + 1 < ORDER ? ` ${backOff(counts[index + 1], gram)}` : '';
    return `${log10(probability(history, word))} ${gram}${more}`;
  }

  const head = lines.map((entries, index) => `ngram ${index + 1}=${entries.length}`);
  const body = lines.map((entries, index) => `\\${index + 1}-grams:\n${entries.join('\n')}\n`);
  return `\\data\\\n${head.join('\n')}\n\n${body.join('\n')}\n\\end\\\n`;
}

function count(sentences: readonly (readonly string[])[], length: number): Counts {
  const counts: Counts = new Map();
  for (const sentence of sentences) {
    const words = [START, ...sentence, END];
    for (let end = length; end <= words.length; end++) {
      const history = words.slice(end - length, end - 1).join(' ');
      const word = words[end - 1] ?? END;
      const following = counts.get(history) ?? new Map<string, number>();
      counts.set(history, following.set(word, (following.get(word) ?? 0) + 1));
    }
  }
  return counts;
}

/** P(word | history); a history that was not seen is shortened. */
function probabilities(counts: readonly Counts[], vocabularySize: number): (history: string, word: string) => number {
  const totals = new Map<Map<string, number>, number>();
  const total = (words: Map<string, number>) => {
    const known = totals.get(words) ?? Array.from(words.values()).reduce((sum, times) => sum + times, 0);
    totals.set(words, known);
    return known;
  };
  const probability = (history: string, word: string): number => {
    const shorter = () => (history === '' ? 1 / vocabularySize : probability(history.split(' ').slice(1).join(' '), word));
    const words = counts[history === '' ? 0 : history.split(' ').length]?.get(history);
    if (words === undefined) return shorter();
    const seen = Math.max(0, (words.get(word) ?? 0) - DISCOUNT) / total(words);
    return seen + ((DISCOUNT * words.size) / total(words)) * shorter();
  };
  return probability;
}

/** What is left for words that were not seen after `gram`, as a logarithm: the interpolation weight. */
function backOff(longer: Counts | undefined, gram: string): string {
  const words = longer?.get(gram);
  if (words === undefined) return '0';
  const total = Array.from(words.values()).reduce((sum, times) => sum + times, 0);
  return log10((DISCOUNT * words.size) / total);
}

function log10(value: number): string {
  return Math.log10(value).toFixed(4);
}
