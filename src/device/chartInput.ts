import type { ConversationInput } from '../../statecharts/conversation/terms.js';
import type { DeviceProfile } from '../profile/schema.js';

/** How long the question may follow the wake word in one breath before a sound invites it, ms. */
const PROMPT_MS = 400;
/** Skills and the router work on a sentence in memory or on a small file; longer than this they hang, ms. */
const SKILL_MS = 10_000;
const DECIDING_MS = 5_000;
/** One short sentence takes no longer; what somebody lets it say may take as long as an answer, ms. */
const ANNOUNCING_MS = 30_000;
/** For the end of an answer to arrive after the host's own deadline, ms. */
const HOST_GRACE_MS = 1_000;

/** What the conversation chart is told of a profile. */
export function chartInput(profile: DeviceProfile): ConversationInput {
  const { conversation, endpointing, handoff } = profile;
  const { limits } = conversation;
  return {
    followUp: conversation.followUp,
    limits: {
      // Never shorter than what the endpointer allows by itself.
      listeningMs: Math.max(limits.listeningMs, endpointing.nothingSaidMs + endpointing.maxMs + 1_000),
      transcribingMs: limits.transcribingMs,
      replyingMs: limits.answeringMs + limits.speakingMs,
      announcingMs: Math.max(ANNOUNCING_MS, limits.speakingMs),
      ringingMs: limits.ringingMs,
      promptMs: PROMPT_MS,
      thinkingSoundMs: conversation.thinkingSoundAfterMs,
      decidingMs: DECIDING_MS,
      skillMs: SKILL_MS,
      firstTextMs: limits.firstTextMs,
      answeringMs: limits.answeringMs,
      hostMs: handoff.deadlineMs + HOST_GRACE_MS,
    },
  };
}
