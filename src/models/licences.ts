import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TandemError } from '../errors.js';
import { dataFolder } from '../paths.js';
import type { CatalogueModel, Licence } from './catalogue.js';

/** Licences that a person must have said yes to before a model is downloaded, and which ones were. */

const accepted = z.record(z.string(), z.strictObject({ title: z.string(), at: z.string() }));

/** The licences of these models that ask for a yes and have none yet, each once. */
export async function licencesToAccept(models: readonly CatalogueModel[]): Promise<readonly Licence[]> {
  const known = await readAccepted();
  const open = models.map((model) => model.licence).filter((licence) => licence.accept && known[licence.id]?.title !== licence.title);
  return [...new Map(open.map((licence) => [licence.id, licence])).values()];
}

/** Remembers that the person agreed. A new version of a licence (another title) is asked for again. */
export async function acceptLicences(licences: readonly Licence[]): Promise<void> {
  const known = await readAccepted();
  const at = new Date().toISOString();
  for (const { id, title } of licences) known[id] = { title, at };
  await mkdir(dataFolder(), { recursive: true });
  const file = acceptedFile();
  await writeFile(`${file}.new`, `${JSON.stringify(known, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}

/** Rejects with `licence-not-accepted` where a model's licence needs a yes and has none. */
export async function requireLicence(model: CatalogueModel): Promise<void> {
  const [licence] = await licencesToAccept([model]);
  if (licence === undefined) return;
  throw new TandemError({
    code: 'licence-not-accepted',
    stage: 'models',
    message: `${model.name} has the licence ${licence.title}, which must be accepted before the first download (${licence.summary}).`,
    remedy: `Read ${licence.url ?? 'it'}, then: tandem models pull ${model.name} --accept-licence`,
  });
}

function acceptedFile(): string {
  return join(dataFolder(), 'accepted-licences.json');
}

async function readAccepted(): Promise<z.infer<typeof accepted>> {
  try {
    return accepted.parse(JSON.parse(await readFile(acceptedFile(), 'utf8')));
  } catch {
    // Nothing there, or nothing that can be read: ask again.
    return {};
  }
}
