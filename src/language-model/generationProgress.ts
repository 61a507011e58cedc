import type { Generation } from './contract.js';

/** What one answer has come to so far; can be asked for its result at any moment. */
export class GenerationProgress {
  /** Of the prompt; set when it is known. */
  promptTokens = 0;
  cachedTokens = 0;
  #startedAt = performance.now();
  #firstAt: number | undefined;
  #lastAt = 0;
  #text = '';
  #tokens = 0;
  #probabilities = 0;
  #withProbability = 0;

  /** A token was chosen; the one that ends the answer counts here too. */
  sampled(probability: number | undefined): void {
    this.#lastAt = performance.now();
    this.#firstAt ??= this.#lastAt;
    if (probability === undefined) return;
    this.#probabilities += probability;
    this.#withProbability += 1;
  }

  /** A token belongs to the answer; `text` is what it completed. */
  add(text: string): void {
    this.#tokens += 1;
    this.#text += text;
  }

  /** The server's own count, where the text came in pieces that are not tokens. */
  counted(promptTokens: number, generatedTokens: number): void {
    this.promptTokens = promptTokens;
    this.#tokens = generatedTokens;
  }

  result(stopReason: Generation['stopReason']): Generation {
    const seconds = (this.#lastAt - (this.#firstAt ?? 0)) / 1000;
    return {
      text: this.#text,
      stopReason,
      promptTokens: this.promptTokens,
      cachedTokens: this.cachedTokens,
      generatedTokens: this.#tokens,
      ...(this.#firstAt === undefined ? {} : { timeToFirstTokenMs: this.#firstAt - this.#startedAt }),
      ...(this.#tokens > 1 && seconds > 0 ? { tokensPerSecond: (this.#tokens - 1) / seconds } : {}),
      ...(this.#withProbability > 0 ? { meanProbability: this.#probabilities / this.#withProbability } : {}),
    };
  }
}
