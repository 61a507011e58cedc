import { TandemError } from '../errors.js';
import type { CatalogueModel } from './catalogue.js';

/** Where the file of a model can be had: its own address, or those it may have on a mirror. */

/** The address that a person can open; undefined for what comes with the project or a package. */
export function downloadUrl(model: CatalogueModel): string | undefined {
  const { source } = model;
  if ('huggingFace' in source) return `https://huggingface.co/${source.huggingFace}/resolve/${source.revision}/${source.file}`;
  return 'url' in source ? source.url : undefined;
}

/** The name of the file that is downloaded. */
export function downloadName(model: CatalogueModel): string | undefined {
  return 'file' in model.source ? model.source.file : undefined;
}

/** The mirror in use: `TANDEM_MODELS_MIRROR` goes before the profile's `models.mirror`. */
export function chosenMirror(fromProfile?: string): string | undefined {
  const given = process.env.TANDEM_MODELS_MIRROR;
  return given === undefined || given === '' ? fromProfile : given;
}

/**
 * Addresses to try, in this order; a later one only where the one before says that there is no such file. With a mirror nothing else is
 * asked: laid out as the origin is (`…/OWNER/NAME/resolve/REVISION/FILE`), else a folder that holds the files.
 */
export function addresses(model: CatalogueModel, mirror: string | undefined): readonly string[] {
  const origin = downloadUrl(model);
  const name = downloadName(model);
  if (origin === undefined || name === undefined) return [];
  if (mirror === undefined) return [origin];
  if (!URL.canParse(mirror) || !/^https?:$/.test(new URL(mirror).protocol)) {
    throw new TandemError({
      code: 'mirror-not-an-address',
      stage: 'models',
      message: `The mirror ${JSON.stringify(mirror)} is not an http address.`,
      remedy: 'Correct TANDEM_MODELS_MIRROR or models.mirror in the profile, such as https://HOST/models.',
      recoverable: false,
    });
  }
  const base = mirror.replace(/\/+$/, '');
  const path = new URL(origin).pathname;
  return [...new Set([`${base}${path}`, `${base}${path.replace(/\/resolve\/\w+\//, '/resolve/main/')}`, `${base}/${name}`])];
}
