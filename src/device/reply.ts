import { SentenceSplitter } from '../language-model/sentenceSplitter.js';

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

  constructor(onFirstSentence: () => void = () => {}) {
    this.onFirstSentence = onFirstSentence;
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
    this.queue.length = 0;
  }

  /** What was handed to the voice so far. */
  get given(): string {
    return this.handedOut.join(' ');
  }

  /** Ends when the reply is closed and empty, or when `signal` fires. For one consumer. */
  async *sentences(signal: AbortSignal): AsyncGenerator<string> {
    const stop = (): void => this.wake?.();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        const sentence = this.queue.shift();
        if (sentence !== undefined) {
          this.handedOut.push(sentence);
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
