import { existsSync } from 'node:fs';
import type { CatalogueModel } from '../models/catalogue.js';
import { presenceOf } from '../models/resolve.js';
import { modelsOf } from '../profile/modelsOf.js';
import type { DeviceProfile } from '../profile/schema.js';
import { serverBuild, whisperNodeBuild } from '../speech-to-text/whisper/builds.js';

/** What a profile still lacks. */
export interface Needs {
  readonly models: readonly CatalogueModel[];
  /** The program of the profile's Whisper engine is not built for this machine. */
  readonly whisper: boolean;
}

/** `models`: those that the profile names, its own if left out. */
export async function needsOf(profile: DeviceProfile, models: readonly CatalogueModel[] = modelsOf(profile)): Promise<Needs> {
  const presence = await Promise.all(models.map(presenceOf));
  return { models: models.filter((_, index) => presence[index] !== 'there'), whisper: lacksWhisper(profile) };
}

function lacksWhisper({ speechToText }: DeviceProfile): boolean {
  if (speechToText.engine === 'whisperServer') return !existsSync(serverBuild().program);
  return speechToText.engine === 'whisperNode' && !existsSync(whisperNodeBuild().program);
}
