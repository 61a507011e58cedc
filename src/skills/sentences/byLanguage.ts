import { join } from 'node:path';
import { projectRoot } from '../../paths.js';
import type { Language } from '../../speech-to-text/contract.js';
import { Sentences } from './sentences.js';
import type { SlotPatterns } from './template.js';

export type SentencesByLanguage = Readonly<Record<Language, Sentences>>;

const loaded = new Map<string, Promise<SentencesByLanguage>>();

/** Both languages of the skill in `src/skills/{name}`; read once, as nothing changes them. */
export async function loadSentences(
  name: string,
  slotPatterns: Readonly<Partial<Record<Language, SlotPatterns>>> = {},
): Promise<SentencesByLanguage> {
  const sentences = loaded.get(name) ?? read(name, slotPatterns);
  loaded.set(name, sentences);
  return await sentences;
}

async function read(name: string, slotPatterns: Readonly<Partial<Record<Language, SlotPatterns>>>): Promise<SentencesByLanguage> {
  const folder = join(projectRoot, 'src', 'skills', name);
  const [en, ko] = await Promise.all([Sentences.load(folder, 'en', slotPatterns.en), Sentences.load(folder, 'ko', slotPatterns.ko)]);
  return { en, ko };
}
