import { isAborted, type TandemError, throwIfAborted, toTandemError } from '../errors.js';
import type { CatalogueModel } from '../models/catalogue.js';
import { acceptLicences, licencesToAccept } from '../models/licences.js';
import { known } from '../models/resolve.js';
import { type LoadedProfile, loadDeviceProfile } from '../profile/load.js';
import { modelsOf } from '../profile/modelsOf.js';
import type { DeviceProfile } from '../profile/schema.js';
import { askYesOrNo } from './ask.js';
import { decide } from './decide.js';
import { type Needs, needsOf } from './needs.js';
import { planText, questionText } from './planText.js';
import { reach } from './probe.js';
import { type Proposal, propose } from './proposal.js';
import { acceptedProfile, readAnswer, rememberNo, rememberYes } from './remembered.js';

/** What to begin talking with, after the one question where it has to be asked. */

export interface Asked {
  /** As named by `--profile`. */
  readonly profile: string | undefined;
  readonly live: boolean;
  readonly yes: boolean;
  readonly canAsk: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly trouble: (error: TandemError) => void;
}

/** What decides the recommendation; tests have models of their own. */
export interface Recommender {
  readonly propose: () => Promise<Proposal>;
  readonly modelsOf: (profile: DeviceProfile) => readonly CatalogueModel[];
  readonly ask: (question: string) => Promise<boolean | undefined>;
  /** Whose place is looked at to learn whether there is a network. */
  readonly probed: () => CatalogueModel;
}

export const RECOMMENDER: Recommender = { propose, modelsOf, ask: askYesOrNo, probed: () => known('exaone-3.5-2.4b') };

export interface Beginning {
  readonly loaded: LoadedProfile<DeviceProfile>;
  /** The accepted profile, with what has to be fetched before it can be used. */
  readonly later?: Later;
  /** Takes over where `loaded` can't be opened. */
  readonly spare?: LoadedProfile<DeviceProfile>;
}

export interface Later {
  readonly loaded: LoadedProfile<DeviceProfile>;
  readonly needs: Needs;
}

const STARTER = 'starter';

/** Rejects where a profile that was named can't be loaded, and with `AbortedError`; whatever else fails leads to starter. */
export async function begin(asked: Asked, recommender: Recommender = RECOMMENDER): Promise<Beginning> {
  const { profile, signal } = asked;
  if (profile !== undefined) return { loaded: await loadDeviceProfile(profile) };
  const remembered = await readAnswer();
  const accepted = remembered === 'yes' ? await loadAccepted(asked, recommender) : undefined;
  // A yes without its profile is worth nothing: then it is offered again.
  const answer = remembered === 'yes' && accepted === undefined ? undefined : remembered;
  const decision = decide({ ...asked, answer, complete: accepted !== undefined && isComplete(accepted.needs) });
  if (decision === 'chosen' && accepted !== undefined) return asked.live ? await straight(accepted) : { loaded: accepted.loaded };
  if (decision === 'go-on' && accepted !== undefined) {
    asked.say('Fetching what is still missing of the recommended profile; until then this is the practice model.');
    return await starter(accepted);
  }
  if (decision !== 'offer') return await starter();
  try {
    const agreed = await offer(asked, recommender);
    if (agreed === undefined) return await starter();
    if (isComplete(agreed.needs)) return await straight(agreed);
    asked.say('Fetching it now; until all is here, this is the practice model.');
    return await starter(agreed);
  } catch (error) {
    throwIfAborted(signal, 'command-line');
    if (isAborted(error)) throw error;
    asked.trouble(toTandemError(error, 'profile'));
    return await starter();
  }
}

async function starter(later?: Later): Promise<Beginning> {
  const loaded = await loadDeviceProfile(STARTER);
  return { loaded, ...(later === undefined ? {} : { later }) };
}

async function straight({ loaded }: Later): Promise<Beginning> {
  return { loaded, spare: await loadDeviceProfile(STARTER) };
}

async function loadAccepted({ trouble }: Asked, recommender: Recommender): Promise<Later | undefined> {
  try {
    return await later(recommender);
  } catch (error) {
    trouble(toTandemError(error, 'profile'));
    return undefined;
  }
}

async function later({ modelsOf }: Recommender): Promise<Later> {
  const loaded = await loadDeviceProfile(acceptedProfile());
  return { loaded, needs: await needsOf(loaded.profile, modelsOf(loaded.profile)) };
}

function isComplete({ models, whisper }: Needs): boolean {
  return models.length === 0 && !whisper;
}

/** Resolves with the profile where the person said yes to it. */
async function offer({ yes, signal, say }: Asked, recommender: Recommender): Promise<Later | undefined> {
  const reached = await reach(recommender.probed(), signal);
  throwIfAborted(signal, 'command-line');
  if (reached === undefined) {
    say('Nothing to download from can be reached, so this is the practice model; with a network, start again for better ones.');
    return undefined;
  }
  say('Looking at this machine …');
  const proposal = await recommender.propose();
  throwIfAborted(signal, 'command-line');
  if (proposal.models.length === 0) {
    say('On this machine nothing larger than the practice model runs well.');
    await rememberNo();
    return undefined;
  }
  say(planText(proposal, reached.bytesPerSecond));
  const answer = yes ? true : await recommender.ask(questionText(proposal));
  if (answer === false) {
    await rememberNo();
    say('Not asked again. To change your mind: `tandem talk --yes`, or `tandem profile recommend` for a profile of your own.');
  }
  if (answer !== true) return undefined;
  await acceptLicences(await licencesToAccept(proposal.models));
  await rememberYes(proposal.profile);
  return await later(recommender);
}
