import { SentenceSplitter } from '../../language-model/sentenceSplitter.js';

/** Where a long answer is cut, so that nobody has to listen to all of it. */
export interface CutAfter {
  /** Sentences spoken in one go. */
  readonly sentences: number;
  /** Asks whether to go on, "Shall I go on?". */
  readonly offer: string;
}

/** What was not said of a reply that was cut. */
export interface LeftOver {
  readonly text: string;
  /** False where whoever generates it had not come to the end. */
  readonly whole: boolean;
}

/**
 * The answer of one turn on its way from whoever generates it to whoever speaks it: text comes in pieces, sentences go out one by
 * one, each as soon as it is whole.
 */
export class Reply {
  private splitter = new SentenceSplitter();
  private readonly queue: string[] = [];
  private closed = false;
  private wake: (() => void) | undefined;
  private readonly onFirstSentence: () => void;
  private readonly handedOut: string[] = [];
  /** Of those, how many count. */
  private told = 0;
  private left: LeftOver | undefined;
  /** So many sentences at the head of the queue are not dropped. */
  private certain = 0;

  constructor(onFirstSentence: () => void = () => {}) {
    this.onFirstSentence = onFirstSentence;
  }

  /** What is certain to be said first, whoever goes on with it, and however that ends. Before anything else. */
  begin(text: string): void {
    const splitter = new SentenceSplitter();
    const sentences = [...splitter.push(text), ...splitter.flush()];
    this.certain = sentences.length;
    this.enqueue(sentences);
  }

  push(text: string): void {
    if (!this.closed) this.enqueue(this.splitter.push(text));
  }

  /** No more text comes; what is left of it is the last sentence. */
  close(): void {
    if (this.closed) return;
    this.enqueue(this.splitter.flush());
    this.closed = true;
    this.wake?.();
  }

  /** Whoever generated the text failed: sentences not yet given out are dropped, and another one takes over. */
  restart(): void {
    this.splitter = new SentenceSplitter();
    this.queue.length = this.certain;
  }

  /** What was handed to the voice so far, or is certain to be. */
  get given(): string {
    return [...this.handedOut, ...this.queue.slice(0, this.certain)].join('\n');
  }

  /** Undefined where the reply was not cut. */
  get leftOver(): LeftOver | undefined {
    return this.left;
  }

  /**
   * Ends when the reply is closed and empty, or when `signal` fires. After `cut.sentences` it ends with the offer to go on, unless only
   * one more sentence would follow, or the last one leads on to the next. For one consumer.
   */
  async *sentences(signal: AbortSignal, cut?: CutAfter): AsyncGenerator<string> {
    const stop = (): void => this.wake?.();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        const enough = cut !== undefined && this.told >= cut.sentences && !leadsOn(this.handedOut.at(-1) ?? '');
        if (enough && this.queue.length + (this.splitter.pending && !this.closed ? 1 : 0) > 1) {
          this.left = { text: this.queue.join('\n'), whole: this.closed };
          yield cut.offer;
          return;
        }
        const sentence = enough && !this.closed ? undefined : this.queue.shift();
        if (sentence !== undefined) {
          this.handedOut.push(sentence);
          this.told += weightOf(sentence);
          this.certain = Math.max(0, this.certain - 1);
          yield sentence;
        } else if (this.closed) return;
        else {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  private enqueue(sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    if (this.handedOut.length === 0 && this.queue.length === 0) this.onFirstSentence();
    this.queue.push(...sentences);
    this.wake?.();
  }
}

/** The item of a list, a heading or the row of a table is quickly said: two of them count as a sentence; a line across is none. */
function weightOf(sentence: string): number {
  if (!/[\p{L}\p{N}]/u.test(sentence)) return 0;
  return sentence.length > LONGEST_ITEM || /[.?!…。？！]["'”’)*_]*$/.test(sentence) ? 1 : 0.5;
}

/** Characters. */
const LONGEST_ITEM = 60;

/** "Here is how:", or a heading. */
function leadsOn(sentence: string): boolean {
  return /[:：][*_]*$|^#{1,6}\s/.test(sentence);
}
