import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { toTandemError } from '../errors.js';
import { checkFile, loadProfile, profileNames, profilesFolder, shortPath } from '../profile/load.js';
import { type Mistake, mistakeText } from '../profile/mistake.js';
import { profileJsonSchema } from '../profile/schema.js';
import { profileTemplate } from '../profile/template.js';
import { newProfile, SCHEMA_FILE, writeProfile } from '../profile/writeNew.js';
import { registerRecommend } from './recommend.js';
import { table } from './table.js';

export function register(program: Command): void {
  const profile = program.command('profile').description('look at, check and write device profiles');

  profile.command('list').description('profiles in device-profiles/').action(list);

  profile
    .command('show')
    .description('a profile with all its defaults filled in')
    .argument('<name>', 'name or file of a profile')
    .action(show);

  profile
    .command('check')
    .description('find every mistake in profiles; exit code 1 where there is one')
    .argument('<files...>', 'files or names of profiles')
    .action(check);

  profile
    .command('schema')
    .description('the JSON Schema of profiles, for editors')
    .option('--write', `write it to device-profiles/${SCHEMA_FILE} instead of printing it`)
    .action(schema);

  profile
    .command('new')
    .description('write a commented profile to start from')
    .argument('<name>', 'name (goes to device-profiles/NAME.yaml), or a file ending in .yaml')
    .option('--host', 'for a host instead of a device')
    .action(create);

  registerRecommend(profile);
}

async function list(): Promise<void> {
  const rows = await Promise.all(
    (await profileNames()).map(async (name) => {
      const { profile } = await checkFile(name);
      return profile === undefined
        ? [name, '-', `has mistakes: tandem profile check ${name}`]
        : [name, profile.kind, profile.description ?? profile.name];
    }),
  );
  print(table(['NAME', 'KIND', 'WHAT IT IS'], rows));
}

async function show(nameOrFile: string): Promise<void> {
  const { profile, file, warnings } = await loadProfile(nameOrFile);
  print(`# ${shortPath(file)} with all defaults filled in`);
  print(stringify(profile, { lineWidth: 120 }).trimEnd());
  warn(warnings);
}

async function check(files: readonly string[]): Promise<void> {
  for (const nameOrFile of files) {
    try {
      const { file, mistakes, warnings } = await checkFile(nameOrFile);
      if (mistakes.length > 0) fail(mistakes.map(mistakeText));
      else print(`${shortPath(file)}: no mistakes`);
      warn(warnings);
    } catch (error) {
      const { message, remedy } = toTandemError(error, 'profile');
      fail([remedy === undefined ? message : `${message} ${remedy}`]);
    }
  }
}

/** Mistakes are what `check` was asked for, so they go to standard output. */
function fail(lines: readonly string[]): void {
  print(lines.join('\n'));
  process.exitCode = 1;
}

function warn(warnings: readonly Mistake[]): void {
  for (const warning of warnings) process.stderr.write(`warning: ${mistakeText(warning)}\n`);
}

async function schema(options: { write?: true }): Promise<void> {
  const text = JSON.stringify(profileJsonSchema(), undefined, 2);
  if (options.write !== true) {
    print(text);
    return;
  }
  const file = join(profilesFolder(), SCHEMA_FILE);
  await writeFile(file, `${text}\n`);
  print(`Wrote ${shortPath(file)}.`);
}

async function create(name: string, options: { host?: true }): Promise<void> {
  const { file, title, schemaPath } = newProfile(name);
  await writeProfile(file, profileTemplate(title, options.host === true ? 'host' : 'device', schemaPath));
  print(`Wrote ${shortPath(file)}. Edit it, then: tandem profile check ${name}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
