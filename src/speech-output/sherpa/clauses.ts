/** Characters. A shorter clause stays with the next one: it would sound cut off. */
const SHORTEST = 40;
/** Characters. Longer text is cut at a space: the first sound must not wait for all of it. */
const LONGEST = 200;

/** A sentence in the pieces that are made one by one: at commas and the like. Empty where there is nothing to say. */
export function inClauses(sentence: string): string[] {
  const clauses: string[] = [];
  let clause = '';
  for (const word of sentence.replace(/\p{Cc}+/gu, ' ').split(' ')) {
    if (word === '') continue;
    clause += clause === '' ? word : ` ${word}`;
    if ((clause.length >= SHORTEST && /[,;:.?!]["')]?$/.test(word)) || clause.length >= LONGEST) {
      clauses.push(clause);
      clause = '';
    }
  }
  if (clause !== '') clauses.push(clause);
  return clauses.filter((part) => /[\p{L}\p{N}]/u.test(part));
}
