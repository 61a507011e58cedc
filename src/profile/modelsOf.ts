import { type CatalogueModel, catalogue } from '../models/catalogue.js';
import type { Profile } from './schema.js';

/** The models of the catalogue that a profile names; files of one's own are not among them. */
export function modelsOf(profile: Profile): readonly CatalogueModel[] {
  const names: (string | undefined)[] = [];
  if (profile.languageModel.engine === 'exaone') names.push(profile.languageModel.model, profile.languageModel.draftModel);
  if (profile.kind === 'device') {
    const { speechToText, speechOutput } = profile;
    if ('model' in speechToText) names.push(speechToText.model);
    for (const voice of [speechOutput, speechOutput.otherLanguage]) if (voice?.engine === 'sherpa') names.push(voice.model);
  }
  return names.flatMap((name) => (name === undefined ? [] : (catalogue().find(name) ?? [])));
}
