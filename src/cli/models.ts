import type { Command } from 'commander';
import { catalogue } from '../models/catalogue.js';
import { isPresent, modelFile, placeOf } from '../models/resolve.js';
import { table } from './table.js';

export function register(program: Command): void {
  const models = program.command('models').description('models that Tandem knows by name');

  models
    .command('list')
    .description('all models of the catalogue, and which are there')
    .option('--json', 'one JSON array instead of a table')
    .action(list);

  models
    .command('path')
    .description('the file of a model; exit code 1 where it is not there')
    .argument('<name>', 'name of a model, or a path')
    .action(async (name: string) => {
      process.stdout.write(`${await modelFile(name, process.cwd())}\n`);
    });
}

async function list(options: { json?: true }): Promise<void> {
  const all = await Promise.all(catalogue().models.map(async (model) => ({ model, present: await isPresent(model) })));
  if (options.json === true) {
    const items = all.map(
      ({ model: { name, kind, family, description, languages, bytes, approximate, sha256, memoryMb, licence }, present }, index) => ({
        name,
        kind,
        family,
        description,
        languages,
        bytes,
        approximate,
        sha256: sha256 ?? null,
        memoryMb,
        licence: licence.title,
        present,
        path: all[index] === undefined ? null : placeOf(all[index].model),
      }),
    );
    process.stdout.write(`${JSON.stringify(items, undefined, 2)}\n`);
    return;
  }
  const rows = all.map(({ model, present }) => [
    model.name,
    model.kind,
    `${model.approximate ? '~' : ''}${megabytes(model.bytes)}`,
    `${model.memoryMb} MB`,
    model.languages.join(' '),
    present ? 'yes' : 'no',
    model.licence.title,
  ]);
  process.stdout.write(`${table(['NAME', 'KIND', 'SIZE', 'MEMORY', 'LANGUAGES', 'THERE', 'LICENCE'], rows)}\n`);
}

/** Decimal megabytes, as download pages show them. */
function megabytes(bytes: number): string {
  return bytes >= 10_000_000 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
