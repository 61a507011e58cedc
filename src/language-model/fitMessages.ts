import { TandemError } from '../errors.js';
import type { Message } from './contract.js';

/** Choosing what of a conversation the model gets to read. Pure; lengths are in tokens as the chat template has the message. */

export interface Sized {
  readonly role: Message['role'];
  readonly tokens: number;
}

export interface Room {
  /** What the model can hold: prompt and answer together. */
  readonly contextTokens: number;
  /** Kept free for the answer. */
  readonly answerTokens: number;
  /** What the template adds at the end (`[|assistant|]`). */
  readonly generationStartTokens: number;
}

export interface Fitted<T extends Sized> {
  readonly messages: readonly T[];
  /** As asked for, or less where a long question leaves less. */
  readonly answerTokens: number;
}

/** An answer shorter than this is not worth starting. */
export const SHORTEST_ANSWER_TOKENS = 16;
/** History goes in steps of this part of the room, so that the beginning, which is kept evaluated, changes once in many turns. */
const STEP_PART = 1 / 4;

/**
 * Keeps the system message (if it comes first) and the last turn; leaves out the oldest turns, each as a whole, in steps. A last turn that
 * leaves no room for the shortest answer is refused with `question-too-long`: half a question would get a wrong answer.
 */
export function fitMessages<T extends Sized>(messages: readonly T[], room: Room): Fitted<T> {
  const system = messages[0]?.role === 'system' ? messages.slice(0, 1) : [];
  const turns = splitIntoTurns(messages.slice(system.length));
  const last = turns.at(-1) ?? [];
  const older = turns.slice(0, -1);

  const promptRoom = room.contextTokens - room.generationStartTokens;
  const always = tokensOf(system) + tokensOf(last);
  const answerTokens = Math.min(room.answerTokens, promptRoom - always);
  if (answerTokens < Math.min(room.answerTokens, SHORTEST_ANSWER_TOKENS)) throw questionTooLong();

  const historyRoom = promptRoom - always - answerTokens;
  return { messages: [...system, ...withoutOldest(older, historyRoom, room.contextTokens).flat(), ...last], answerTokens };
}

/**
 * The number of tokens to leave out is rounded up to whole steps: while the conversation grows within a step, the same turns are left out
 * again and the text that is left begins the same.
 */
function withoutOldest<T extends Sized>(
  turns: readonly (readonly T[])[],
  historyRoom: number,
  contextTokens: number,
): readonly (readonly T[])[] {
  const total = tokensOf(turns.flat());
  if (total <= historyRoom) return turns;
  const step = Math.max(1, Math.floor(contextTokens * STEP_PART));
  const leaveOut = Math.ceil((total - historyRoom) / step) * step;
  let leftOut = 0;
  return turns.filter((turn) => {
    if (leftOut >= leaveOut) return true;
    leftOut += tokensOf(turn);
    return false;
  });
}

/** A turn starts with each user message; what comes before the first one belongs to the first. */
function splitIntoTurns<T extends Sized>(messages: readonly T[]): T[][] {
  const turns: T[][] = [];
  for (const message of messages) {
    const current = turns.at(-1);
    const startsTurn = message.role === 'user' && current?.some((earlier) => earlier.role === 'user') !== false;
    if (current === undefined || startsTurn) turns.push([message]);
    else current.push(message);
  }
  return turns;
}

function tokensOf(messages: readonly Sized[]): number {
  return messages.reduce((sum, message) => sum + message.tokens, 0);
}

function questionTooLong(): TandemError {
  return new TandemError({
    code: 'question-too-long',
    stage: 'language-model',
    message: 'The question is longer than the model can read.',
    remedy: 'Ask in fewer words, or raise contextTokens in the profile.',
  });
}
