/** Answering in text. */

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface GenerateRequest {
  /** A system message first, then turns; the last one is the user's. What does not fit is left out, oldest turns first. */
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /**
   * When it fires, generation stops; the promise resolves with what there is and `stopReason: 'aborted'`, also before the first
   * token. Nothing is emitted after that.
   */
  readonly signal: AbortSignal;
  /** Called for each piece of text as it comes: whole characters, no special tokens. */
  readonly onText?: (text: string) => void;
}

export interface Generation {
  readonly text: string;
  readonly stopReason: 'end' | 'length' | 'aborted';
  readonly promptTokens: number;
  /** Of the prompt's tokens, those that were still evaluated from before. */
  readonly cachedTokens: number;
  readonly generatedTokens: number;
  /** Milliseconds from the call to the first token; undefined where there was none. */
  readonly timeToFirstTokenMs?: number;
  readonly tokensPerSecond?: number;
  /** Mean probability (0 to 1) of the chosen tokens, where the engine knows: how sure the model was. */
  readonly meanProbability?: number;
}

export interface LanguageModel {
  readonly label: string;
  readonly capabilities: {
    readonly contextTokens: number;
    /** False where `prefill` does nothing. */
    readonly prefill: boolean;
  };
  /** One at a time; a second call waits for the first. */
  generate(request: GenerateRequest): Promise<Generation>;
  /** Evaluates system message and history ahead of the question, so that the next `generate` only evaluates what is new. */
  prefill(messages: readonly Message[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
