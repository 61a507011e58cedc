import type { Message } from '../language-model/contract.js';

/** More turns than any context here holds; the model's engine leaves out what does not fit. */
const MAX_MESSAGES = 64;

/** What was said and answered in this conversation, on whichever route; forgotten after a while of silence. In memory only. */
export class ConversationMemory {
  private turns: Message[] = [];
  private lastAt = 0;
  private readonly forgetAfterMs: number;
  private readonly now: () => number;

  /** `now`: milliseconds, monotonic. */
  constructor(forgetAfterMs: number, now: () => number) {
    this.forgetAfterMs = forgetAfterMs;
    this.now = now;
  }

  /** User and assistant by turns, oldest first. */
  messages(): readonly Message[] {
    if (this.now() - this.lastAt > this.forgetAfterMs) this.turns = [];
    return this.turns;
  }

  /** `answer`: what was really said aloud; empty where nothing was, and then the question is not kept either. */
  add(question: string, answer: string): void {
    const before = this.messages();
    this.lastAt = this.now();
    if (question === '' || answer === '') return;
    this.turns = [...before, { role: 'user', content: question } as const, { role: 'assistant', content: answer } as const].slice(
      -MAX_MESSAGES,
    );
  }

  lastAnswer(): string | undefined {
    return this.messages().findLast((message) => message.role === 'assistant')?.content;
  }

  forget(): void {
    this.turns = [];
  }
}
