import { join } from 'node:path';
import type { LanguageModel } from '../../language-model/contract.js';
import { createRouter } from '../../routing/create.js';
import { loadSkills } from '../../skills/create.js';
import { Answerers, type HostAsker } from '../answering/answerers.js';
import { ConversationMemory } from '../answering/conversationMemory.js';
import { KeptConversation } from '../answering/keptConversation.js';
import type { Notices } from '../speaking/notices.js';
import type { Opening } from './opening.js';
import type { Loudness } from './openLoudness.js';

/** The conversation so far, with what was kept of it on disk. */
export async function openMemory({ loaded: { profile }, dataFolder, pace, context, closers }: Opening): Promise<ConversationMemory> {
  const { forgetAfterMs } = profile.conversation;
  const kept = await KeptConversation.open({
    path: join(dataFolder, 'conversation.json'),
    keep: profile.privacy.keepConversation,
    forgetAfterMs,
    clock: pace.skillClock,
    log: context.log,
  });
  return new ConversationMemory(forgetAfterMs, () => pace.now(), closers.add(kept));
}

export interface AnsweringParts {
  readonly languageModel: LanguageModel;
  /** Undefined where nothing is handed off. */
  readonly host: HostAsker | undefined;
  readonly memory: ConversationMemory;
  readonly notices: Notices;
  readonly loudness: Loudness;
}

/** Loads the skills, and puts them together with the model and the hosts. */
export async function openAnswerers(
  { loaded: { profile }, dataFolder, pace, events, closers, toCome }: Opening,
  { languageModel, host, memory, notices, loudness: { volume, alerts } }: AnsweringParts,
): Promise<Answerers> {
  const skills = closers.add(
    await loadSkills({
      dataFolder,
      languages: profile.languages,
      ring: (alert) => alerts.add(alert),
      onTrouble: (error) => toCome.tell((device) => device.reportError(error)),
      clock: pace.skillClock,
    }),
  );
  return new Answerers({
    skills,
    skillContext: (signal) => ({
      signal,
      offers: (language) => skills.skills.map((skill) => skill.offer[language]),
      stopEverything: () => alerts.stopAll(),
      lastAnswer: () => memory.lastAnswer(),
      volume: () => volume.heard,
      setVolume: (percent) => volume.set(percent),
      setMuted: (muted) => toCome.tell((device) => device.send({ type: muted ? 'MUTE' : 'UNMUTE' })),
    }),
    languageModel,
    systemMessage: profile.languageModel.systemMessage,
    maxAnswerTokens: profile.languageModel.maxAnswerTokens,
    memory,
    events,
    pace,
    router: createRouter(profile.routing),
    host,
    notices,
  });
}
