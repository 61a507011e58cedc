import type { LlamaModel, Token } from 'node-llama-cpp';
import { TandemError } from '../../errors.js';
import {
  GENERATION_START,
  messagePieces,
  SPECIAL_TOKENS,
  type SpecialToken,
  type TemplatePiece,
  withSystemMessage,
} from '../chatTemplate.js';
import type { Message } from '../contract.js';
import { fitMessages, type Sized } from '../fitMessages.js';

/** Conversations as one model's tokens. */

/** The part of node-llama-cpp's model that is used. */
export type Tokenizer = Pick<LlamaModel, 'tokenize' | 'isEogToken' | 'tokens'>;

export interface PromptTokens {
  readonly tokens: readonly Token[];
  /** How many of them, from the start, are the system message. */
  readonly systemTokens: number;
  /** Room that is left for the answer, at most what was asked for. */
  readonly answerTokens: number;
}

interface SizedMessage extends Sized {
  readonly pieces: readonly Token[];
}

/** Answers whose own tokens are remembered: they need not be the ones that the tokenizer makes of the same text. */
const REMEMBERED_ANSWERS = 64;

export class Prompt {
  readonly #model: Tokenizer;
  readonly #defaultSystemMessage: string;
  readonly #special: ReadonlyMap<SpecialToken, Token>;
  readonly #answers = new Map<string, readonly Token[]>();

  /** Throws `model-wrong-template` where the vocabulary lacks one of the template's special tokens. */
  constructor(model: Tokenizer, defaultSystemMessage: string) {
    this.#model = model;
    this.#defaultSystemMessage = defaultSystemMessage;
    this.#special = new Map(SPECIAL_TOKENS.map((special) => [special, singleToken(model, special)]));
  }

  /** True for the end of the turn, and for any other token that no answer may contain. */
  endsAnswer(token: Token): boolean {
    return this.#model.isEogToken(token) || [...this.#special.values()].includes(token);
  }

  /** The conversation up to where the answer starts. Throws `question-too-long`. */
  forAnswer(messages: readonly Message[], contextTokens: number, answerTokens: number): PromptTokens {
    return this.#fit(this.#sizedAll(messages), contextTokens, answerTokens, GENERATION_START);
  }

  /** The conversation as it will stand before the next question: the last turn so far may be left out too. */
  forHistory(messages: readonly Message[], contextTokens: number, answerTokens: number): PromptTokens {
    const nextQuestion: SizedMessage = { role: 'user', tokens: 0, pieces: [] };
    return this.#fit([...this.#sizedAll(messages), nextQuestion], contextTokens, answerTokens);
  }

  rememberAnswer(text: string, tokens: readonly Token[]): void {
    this.#answers.delete(text);
    this.#answers.set(text, tokens);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > REMEMBERED_ANSWERS && oldest !== undefined) this.#answers.delete(oldest);
  }

  #fit(sized: readonly SizedMessage[], contextTokens: number, answerTokens: number, ending?: TemplatePiece): PromptTokens {
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    const start = shouldPrependBosToken && bos !== null ? [bos] : [];
    const end = ending === undefined ? [] : this.#tokensOf(ending);
    const fitted = fitMessages(sized, { contextTokens: contextTokens - start.length, answerTokens, generationStartTokens: end.length });
    return {
      tokens: [...start, ...fitted.messages.flatMap(({ pieces }) => pieces), ...end],
      systemTokens: start.length + (fitted.messages[0]?.tokens ?? 0),
      answerTokens: fitted.answerTokens,
    };
  }

  #sizedAll(messages: readonly Message[]): SizedMessage[] {
    return withSystemMessage(messages, this.#defaultSystemMessage).map((message) => this.#sized(message));
  }

  #sized(message: Message): SizedMessage {
    const remembered = message.role === 'assistant' ? this.#answers.get(message.content) : undefined;
    const pieces = remembered === undefined ? messagePieces(message) : messagePieces({ ...message, content: '' });
    const tokens = pieces.flatMap((piece) => this.#tokensOf(piece));
    if (remembered !== undefined) tokens.splice(1, 0, ...remembered);
    return { role: message.role, tokens: tokens.length, pieces: tokens };
  }

  #tokensOf(piece: TemplatePiece): readonly Token[] {
    if ('text' in piece) return this.#model.tokenize(piece.text, false);
    const token = this.#special.get(piece.special);
    return token === undefined ? [] : [token];
  }
}

function singleToken(model: Tokenizer, special: SpecialToken): Token {
  const [token, ...more] = model.tokenize(special, true);
  if (token !== undefined && more.length === 0) return token;
  throw new TandemError({
    code: 'model-wrong-template',
    stage: 'language-model',
    message: `The model's vocabulary has no token ${special}, so it can't follow EXAONE 3.5's chat template.`,
    remedy: 'Use an Instruct model of EXAONE 3.5.',
    recoverable: false,
  });
}
