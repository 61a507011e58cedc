import type { Message } from './contract.js';

/**
 * EXAONE 3.5's chat template, pinned: a turn is `[|role|]` and its text; every turn but the user's ends with `[|endofturn|]`; the answer is
 * generated after `[|assistant|]` and ends at `[|endofturn|]`. Source: `tokenizer.chat_template` of LGAI-EXAONE's GGUF files.
 */

export const END_OF_TURN = '[|endofturn|]';
/** Every special token that the template has. What people say is never turned into one of these, see `contentPieces`. */
export const SPECIAL_TOKENS = ['[|system|]', '[|user|]', '[|assistant|]', END_OF_TURN] as const;
export type SpecialToken = (typeof SPECIAL_TOKENS)[number];

/** The same as Jinja, as EXAONE 3.5's files carry it; written into the files that the project makes, and compared with in tests. */
export const CHAT_TEMPLATE_JINJA = [
  `{% for message in messages %}`,
  `{% if loop.first and message['role'] != 'system' %}{{ '[|system|][|endofturn|]\\n' }}{% endif %}`,
  `{{ '[|' + message['role'] + '|]' + message['content'] }}`,
  `{% if message['role'] == 'user' %}{{ '\\n' }}{% else %}{{ '[|endofturn|]\\n' }}{% endif %}`,
  `{% endfor %}`,
  `{% if add_generation_prompt %}{{ '[|assistant|]' }}{% endif %}`,
].join('');

/** A special token, or text that must be tokenised without special tokens. */
export type TemplatePiece = { readonly special: SpecialToken } | { readonly text: string };

/** One message as the template has it; the next one, or `GENERATION_START`, follows directly. */
export function messagePieces(message: Message): TemplatePiece[] {
  if (message.role === 'user') return [{ special: '[|user|]' }, ...contentPieces(`${message.content}\n`)];
  return [{ special: `[|${message.role}|]` }, ...contentPieces(message.content), { special: END_OF_TURN }, { text: '\n' }];
}

export const GENERATION_START: TemplatePiece = { special: '[|assistant|]' };

/** The whole conversation, as text; without a system message the template sends an empty one. */
export function render(messages: readonly Message[], options: { readonly generationPrompt: boolean }): string {
  const pieces = withSystemMessage(messages, '').flatMap(messagePieces);
  if (options.generationPrompt) pieces.push(GENERATION_START);
  return pieces.map((piece) => ('text' in piece ? piece.text : piece.special)).join('');
}

/** A system message is always sent: `fallback` where the conversation has none. */
export function withSystemMessage(messages: readonly Message[], fallback: string): readonly Message[] {
  return messages[0]?.role === 'system' ? messages : [{ role: 'system', content: fallback }, ...messages];
}

/**
 * Cuts `[|` apart, so that not even a file whose special tokens are marked as ordinary ones can read a role out of somebody's words:
 * a tokenizer never joins what it gets in two pieces.
 */
function contentPieces(content: string): TemplatePiece[] {
  if (content === '') return [];
  return content.split(/(?<=\[)(?=\|)/u).map((text) => ({ text }));
}
