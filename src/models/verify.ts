import type { CatalogueModel } from './catalogue.js';
import { placeOf, presenceOf } from './resolve.js';
import { recordedSum, sumOf } from './sums.js';
import { sumName } from './whole.js';

/** Looking whether the models that are there are still what they were. */

export interface Verified {
  readonly model: CatalogueModel;
  /** `unknown`: no sum to compare with. */
  readonly state: 'right' | 'wrong' | 'missing' | 'unknown';
  /** What its SHA-256 is compared with: what was published, or what was recorded when it came. */
  readonly against?: 'published' | 'recorded';
}

export async function verifyModel(model: CatalogueModel, signal?: AbortSignal): Promise<Verified> {
  const place = placeOf(model);
  const presence = await presenceOf(model);
  if (presence !== 'there') return { model, state: presence === 'missing' ? 'missing' : 'wrong' };
  const unpacked = model.format === 'sherpa-voice';
  const published = unpacked ? undefined : model.sha256;
  const expected = published ?? (await recordedSum(unpacked ? model.name : sumName(model)));
  if (expected === undefined) return { model, state: 'unknown' };
  const against = published === undefined ? 'recorded' : 'published';
  return { model, state: (await sumOf(place, signal)) === expected ? 'right' : 'wrong', against };
}
