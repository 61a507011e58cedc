import { TandemError } from '../../errors.js';
import type { Message } from '../../language-model/contract.js';
import { payloadLimit } from '../schemas.js';

/** Room for the request's other fields. */
const conversationLimit = payloadLimit - 1_024;
/** As the schema of a request has it. */
const mostMessages = 500;

/**
 * The conversation as it fits into one message: the system message and the last question always, then as many of the latest turns as
 * there is room for. Throws `conversation-too-long` where even the question does not fit.
 */
export function fitConversation(messages: readonly Message[]): Message[] {
  const system = messages[0]?.role === 'system' ? messages.slice(0, 1) : [];
  const question = messages.slice(-1);
  let room = conversationLimit - size(system) - size(question);
  if (room < 0) {
    throw new TandemError({
      code: 'conversation-too-long',
      stage: 'handoff',
      message: 'The question is too long to hand over.',
      remedy: 'Ask it in fewer words.',
    });
  }
  const kept: Message[] = [];
  for (const message of messages.slice(system.length, -1).reverse()) {
    room -= size([message]);
    if (room < 0 || kept.length + 2 >= mostMessages) break;
    kept.unshift(message);
  }
  // A conversation does not begin with an answer to something that is not there any more.
  while (kept[0]?.role === 'assistant') kept.shift();
  return [...system, ...kept, ...question];
}

function size(messages: readonly Message[]): number {
  return Buffer.byteLength(JSON.stringify(messages), 'utf8');
}
