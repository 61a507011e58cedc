import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { TandemError, UsageError } from '../errors.js';
import { addModel } from '../models/add.js';
import { downloadUrl } from '../models/addresses.js';
import { type CatalogueModel, catalogue, type Licence } from '../models/catalogue.js';
import { acceptLicences, licencesToAccept } from '../models/licences.js';
import { pullModels } from '../models/pull.js';
import { known, modelFile, placeOf, presenceOf } from '../models/resolve.js';
import { megabytes } from '../models/text.js';
import { verifyModel } from '../models/verify.js';
import { loadProfile } from '../profile/load.js';
import { modelsOf } from '../profile/modelsOf.js';

import { Progress } from './progress.js';
import { stopOnSignals } from './signals.js';
import { table } from './table.js';

export function register(program: Command): void {
  const models = program.command('models').description('models that Tandem knows by name: what they are, where they are, getting them');

  models
    .command('list')
    .description('all models of the catalogue, and which are there')
    .option('--json', 'one JSON array instead of a table')
    .action(list);

  models
    .command('pull')
    .description('download models; goes on where an earlier download was cut')
    .argument('[names...]', 'names of models')
    .option('--profile <name>', 'all models of this profile')
    .option('--accept-licence', 'say yes to the licences that must be accepted (remembered)')
    .option('--mirror <url>', 'base address to download from (TANDEM_MODELS_MIRROR goes before it)')
    .action(pull);

  models
    .command('verify')
    .description('compare the models that are there with their SHA-256 sums; exit code 1 where one is wrong')
    .argument('[names...]', 'names of models; all that are there where none is given')
    .action(verify);

  models
    .command('path')
    .description('the file of a model; exit code 1 where it is not there')
    .argument('<name>', 'name of a model, or a path')
    .action(async (name: string) => print(await modelFile(name, process.cwd())));

  models
    .command('add')
    .description('take a model from a file, such as from a USB stick')
    .argument('<name>', 'name of the model')
    .argument('<file>', 'the file as it is downloaded')
    .action(add);
}

async function list(options: { json?: true }): Promise<void> {
  const all = await Promise.all(catalogue().models.map(async (model) => ({ model, present: (await presenceOf(model)) === 'there' })));
  if (options.json === true) {
    print(JSON.stringify(all.map(asJson), undefined, 2));
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
  print(table(['NAME', 'KIND', 'SIZE', 'MEMORY', 'LANGUAGES', 'THERE', 'LICENCE'], rows));
  print('\n~ about. MEMORY is what is used when it runs, about. tandem models pull NAME gets one.');
}

function asJson({ model, present }: { model: CatalogueModel; present: boolean }): object {
  const { name, kind, family, description, languages, bytes, approximate, sha256, memoryMb, licence } = model;
  return {
    name,
    kind,
    family,
    description,
    languages,
    bytes,
    approximate,
    sha256: sha256 ?? null,
    memoryMb,
    licence: { title: licence.title, url: licence.url ?? null, mustBeAccepted: licence.accept, summary: licence.summary },
    url: downloadUrl(model) ?? null,
    path: placeOf(model),
    present,
  };
}

interface PullFlags {
  readonly profile?: string;
  readonly acceptLicence?: true;
  readonly mirror?: string;
}

async function pull(names: readonly string[], flags: PullFlags): Promise<void> {
  const loaded = flags.profile === undefined ? undefined : await loadProfile(flags.profile);
  const models = [...names.map(known), ...(loaded === undefined ? [] : modelsOf(loaded.profile))];
  if (names.length === 0 && loaded === undefined) {
    throw new UsageError('No model is named.', 'Name some, or a profile: tandem models pull --profile pi-5');
  }
  if (models.length === 0) print(`The profile ${flags.profile} needs nothing downloaded.`);
  const wanted = [...new Set(models)];
  await settleLicences(await licencesToAccept(wanted), wanted, flags.acceptLicence === true);

  const progress = new Progress();
  const stop = stopOnSignals();
  try {
    const results = await pullModels(wanted, {
      mirror: flags.mirror ?? loaded?.profile.models.mirror,
      parallel: loaded?.profile.models.parallel ?? 2,
      signal: stop.signal,
      onProgress: ({ model, ...rest }) => progress.update({ name: model, ...rest }),
    });
    progress.end();
    for (const { file } of results) if (file !== undefined) print(file);
    const failures = results.flatMap(({ error }) => error ?? []);
    for (const error of failures.slice(1)) process.stderr.write(`tandem: ${error.message} ${error.remedy ?? ''}\n`);
    if (failures[0] !== undefined) throw failures[0];
  } finally {
    progress.end();
    stop.dispose();
  }
}

/** Names each licence; takes the flag, or on a terminal the word "yes", as agreement, and remembers it. */
async function settleLicences(licences: readonly Licence[], models: readonly CatalogueModel[], agreed: boolean): Promise<void> {
  for (const licence of licences) {
    const names = models.filter((model) => model.licence.id === licence.id).map((model) => model.name);
    process.stderr.write(`${names.join(', ')}: ${licence.title} (${licence.url ?? 'see NOTICE'})\n  ${licence.summary}\n`);
  }
  if (licences.length === 0) return;
  if (!agreed && !(process.stdin.isTTY && (await saysYes()))) {
    throw new TandemError({
      code: 'licence-not-accepted',
      stage: 'models',
      message: `${licences.map((licence) => licence.title).join(' and ')} must be accepted before the first download.`,
      remedy: 'Read it, then use --accept-licence.',
    });
  }
  await acceptLicences(licences);
}

async function saysYes(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Type yes if you have read and accept: ');
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

async function verify(names: readonly string[]): Promise<void> {
  const stop = stopOnSignals();
  const models = names.length > 0 ? names.map(known) : catalogue().models;
  const words = { right: 'right', wrong: 'WRONG', missing: 'not there', unknown: 'no sum to compare with' };
  try {
    for (const model of models) {
      const { state, against } = await verifyModel(model, stop.signal);
      if (state === 'missing' && names.length === 0) continue;
      print(`${model.name}: ${words[state]}${against === undefined ? '' : ` (${against} sum)`}  ${placeOf(model)}`);
      if (state === 'wrong' || state === 'missing') process.exitCode = 1;
      if (state === 'wrong') process.stderr.write(`Remove ${placeOf(model)}, then: tandem models pull ${model.name}\n`);
    }
  } finally {
    stop.dispose();
  }
}

async function add(name: string, file: string): Promise<void> {
  const model = known(name);
  process.stderr.write(`${model.name}: ${model.licence.title}; ${model.licence.summary}\n`);
  const progress = new Progress();
  const stop = stopOnSignals();
  try {
    const place = await addModel(model, file, {
      signal: stop.signal,
      onProgress: (done, total) => progress.update({ name, phase: 'copying', done, total }),
    });
    progress.end();
    print(place);
  } finally {
    progress.end();
    stop.dispose();
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
