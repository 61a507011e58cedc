/** Turning tokens into text while they come: a token may end in the middle of a character. */

/** Text of tokens, given the tokens before them. Bytes that are no whole character come out as U+FFFD. */
export type Detokenize<T> = (tokens: readonly T[], before: readonly T[]) => string;

const REPLACEMENT = '\uFFFD';
/** A character has at most four bytes; tokens that make no whole character after this many never will. */
const MOST_PENDING = 4;
/** Tokens of context that the detokenizer sees. */
const CONTEXT = 4;

export class AnswerText<T> {
  #detokenize: Detokenize<T>;
  #before: T[] = [];
  #pending: T[] = [];
  #text = '';

  constructor(detokenize: Detokenize<T>) {
    this.#detokenize = detokenize;
  }

  /** Everything that `push` has returned so far. */
  get text(): string {
    return this.#text;
  }

  /** The whole characters that this token completes; empty while one is unfinished. */
  push(token: T): string {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    if (text.endsWith(REPLACEMENT) && this.#pending.length < MOST_PENDING) return '';
    this.#before = [...this.#before, ...this.#pending].slice(-CONTEXT);
    this.#pending = [];
    this.#text += text;
    return text;
  }
}
