import type { Message } from '../../language-model/contract.js';
import type { KeptConversation } from './keptConversation.js';

/** More turns than any context here holds; the model's engine leaves out what does not fit. */
const MAX_MESSAGES = 64;

type ConversationStore = Pick<KeptConversation, 'messages' | 'ageMs' | 'save'>;

/** What was said and answered in this conversation, on whichever route; forgotten after a while of silence. */
export class ConversationMemory {
  private turns: Message[] = [];
  private lastAt = 0;
  /** The last answer with the end of what was interrupted. */
  private lastWhole: string | undefined;
  private readonly forgetAfterMs: number;
  private readonly now: () => number;
  private readonly kept: ConversationStore | undefined;

  /** `now`: milliseconds, monotonic. `kept`: the conversation on disk, which is taken up. */
  constructor(forgetAfterMs: number, now: () => number, kept?: ConversationStore) {
    this.forgetAfterMs = forgetAfterMs;
    this.now = now;
    this.kept = kept;
    if (kept === undefined) return;
    this.turns = [...kept.messages];
    this.lastAt = now() - kept.ageMs;
  }

  /** User and assistant by turns, oldest first. */
  messages(): readonly Message[] {
    if (this.now() - this.lastAt > this.forgetAfterMs) this.turns = [];
    return this.turns;
  }

  /**
   * `answer`: what was really said aloud; empty where nothing was, and then the question is not kept either, and a wake word that nobody
   * said keeps nothing alive. `whole`: in whole sentences, for who wants to hear it again.
   */
  add(question: string, answer: string, whole: string = answer): void {
    if (question === '' || answer === '') return;
    const before = this.messages();
    this.lastAt = this.now();
    this.lastWhole = whole;
    this.turns = [...before, { role: 'user', content: question } as const, { role: 'assistant', content: answer } as const].slice(
      -MAX_MESSAGES,
    );
    this.kept?.save(this.turns);
  }

  /** Goes on with the conversation that a device before this one had. */
  takeOver(before: ConversationMemory): void {
    this.turns = [...before.messages()];
    this.lastWhole = before.lastWhole;
    this.lastAt = this.now() - (before.now() - before.lastAt);
    if (this.turns.length > 0) this.kept?.save(this.turns);
  }

  lastAnswer(): string | undefined {
    const last = this.messages().findLast((message) => message.role === 'assistant')?.content;
    return last === undefined ? undefined : (this.lastWhole ?? last);
  }
}
