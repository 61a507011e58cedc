import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeAtomically } from '../../atomicFile.js';
import type { Log } from '../../engineContext.js';
import type { Message } from '../../language-model/contract.js';
import { Newest } from '../../newest.js';
import type { SkillClock } from '../../skills/contract.js';

/** A file with more is not ours. */
const MAX_MESSAGES = 64;
/** A clock that is wrong by more than this makes the age of a file unknown, ms. */
const CLOCK_WRONG_MS = 60_000;

const conversationFile = z.strictObject({
  version: z.literal(1),
  /** Milliseconds since 1970. */
  savedAt: z.int(),
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string().max(100_000) })).max(MAX_MESSAGES),
});

export interface KeptConversationOptions {
  readonly path: string;
  /** False: nothing is on disk, and what an earlier profile kept is deleted. */
  readonly keep: boolean;
  readonly forgetAfterMs: number;
  readonly clock: SkillClock;
  readonly log: Log;
}

/** The conversation on disk, for as long as it may be remembered and not longer. */
export class KeptConversation {
  /** What was kept, oldest first; empty where there was nothing, or it was too old. */
  readonly messages: readonly Message[];
  /** How long ago its last word was, ms. */
  readonly ageMs: number;
  private readonly options: KeptConversationOptions;
  private readonly writes: Newest<readonly Message[]>;
  private cancelForgetting: () => void = () => {};
  private warned = false;

  private constructor(options: KeptConversationOptions, messages: readonly Message[], ageMs: number) {
    this.options = options;
    this.messages = messages;
    this.ageMs = ageMs;
    this.writes = new Newest((newest) => this.write(newest));
    if (messages.length > 0) this.forgetIn(options.forgetAfterMs - ageMs);
  }

  static async open(options: KeptConversationOptions): Promise<KeptConversation> {
    const { path, keep, forgetAfterMs, clock } = options;
    const text = keep ? await readFile(path, 'utf8').catch(() => undefined) : undefined;
    const kept = text === undefined ? undefined : parsed(text);
    const ageMs = kept === undefined ? 0 : clock.now().getTime() - kept.savedAt;
    if (kept !== undefined && ageMs <= forgetAfterMs && ageMs > -CLOCK_WRONG_MS) {
      return new KeptConversation(options, kept.messages, Math.max(0, ageMs));
    }
    const conversation = new KeptConversation(options, [], 0);
    conversation.save([]);
    await conversation.writes.idle();
    return conversation;
  }

  /** Keeps the conversation as it is now; an empty one is deleted. */
  save(messages: readonly Message[]): void {
    this.writes.set(messages);
    this.cancelForgetting();
    if (messages.length > 0) this.forgetIn(this.options.forgetAfterMs);
  }

  /** Resolves when all is on disk. */
  async close(): Promise<void> {
    this.cancelForgetting();
    await this.writes.idle();
  }

  private forgetIn(ms: number): void {
    this.cancelForgetting = this.options.clock.after(ms, () => this.writes.set([]));
  }

  private async write(messages: readonly Message[]): Promise<void> {
    const { path, keep, clock, log } = this.options;
    try {
      if (messages.length === 0 || !keep) await Promise.all([rm(path, { force: true }), rm(`${path}.new`, { force: true })]);
      else await writeAtomically(path, `${JSON.stringify({ version: 1, savedAt: clock.now().getTime(), messages })}\n`);
    } catch (error) {
      if (!this.warned) log.warn({ err: error }, 'the conversation could not be kept on disk, or not be deleted there');
      this.warned = true;
    }
  }
}

function parsed(text: string): z.infer<typeof conversationFile> | undefined {
  try {
    return conversationFile.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
