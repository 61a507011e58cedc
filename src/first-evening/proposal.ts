import type { CatalogueModel } from '../models/catalogue.js';
import { known } from '../models/resolve.js';
import { type Answers, STANDARD_ANSWERS } from '../profile/recommend/answers.js';
import { readMachine } from '../profile/recommend/machine.js';
import { type Recommendation, recommend } from '../profile/recommend/recommend.js';
import { profileText } from '../profile/recommend/write.js';
import { newProfile } from '../profile/writeNew.js';
import { acceptedProfile } from './remembered.js';

/** The profile that is recommended for this machine. */
export interface Proposal {
  readonly recommendation: Recommendation;
  /** The profile as YAML. */
  readonly profile: string;
  /** What it needs downloaded. */
  readonly models: readonly CatalogueModel[];
}

/** Looks at the machine, which takes about a second. Of the questions that `tandem profile recommend` asks, only the languages are guessed. */
export async function propose(): Promise<Proposal> {
  const machine = await readMachine();
  const answers = { ...STANDARD_ANSWERS, languages: languagesOf(process.env) };
  const recommendation = recommend(machine, answers, { kind: 'device' });
  const { schemaPath } = newProfile(acceptedProfile());
  return {
    recommendation,
    profile: profileText(recommendation, { name: 'Tandem', machine, answers, date: new Date(), schemaPath }),
    models: recommendation.models.map(known),
  };
}

/** By the language that the system is set to. */
export function languagesOf(environment: NodeJS.ProcessEnv): Answers['languages'] {
  // An empty variable counts as none.
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.startsWith('ko') ? 'ko,en' : STANDARD_ANSWERS.languages;
}
