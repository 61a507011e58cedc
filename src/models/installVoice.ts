import { rename, rm } from 'node:fs/promises';
import type { CatalogueModel } from './catalogue.js';
import { recordSum, sumOfFolder } from './sums.js';
import { unpackVoice } from './unpack.js';
import { requireFormat } from './whole.js';

/** Putting a voice into its place: its folder appears there when all of it is right, and not before. */

export async function installVoiceArchive(model: CatalogueModel, archive: string, target: string, signal: AbortSignal): Promise<void> {
  const folder = `${target}.unpacking`;
  try {
    await unpackVoice(archive, folder, signal);
    await installVoiceFolder(model, folder, target, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `folder` is moved; its sum is recorded, so that `verify` can tell later whether something changed. */
export async function installVoiceFolder(model: CatalogueModel, folder: string, target: string, signal: AbortSignal): Promise<void> {
  await requireFormat(model, folder);
  await recordSum(model.name, await sumOfFolder(folder, signal));
  await rm(target, { recursive: true, force: true });
  await rename(folder, target);
}
