import type { LanguageModel } from '../../language-model/contract.js';
import { createLanguageModel } from '../../language-model/create.js';
import { orWithout } from '../answering/withoutModel.js';
import type { Opening } from './opening.js';

/** Somebody at a keyboard reads what is missing, so that the start rejects; a speaker goes on with what works. */
export async function openLanguageModel({ loaded: { profile }, options, context, closers }: Opening): Promise<LanguageModel> {
  const create = () => createLanguageModel(profile.languageModel, context);
  const load = () => options.rehearsal?.engines?.languageModel(profile.languageModel, create) ?? create();
  return closers.add(await (options.needsModel === true || options.text === true ? load() : orWithout(load)));
}
