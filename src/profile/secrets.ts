import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { TandemError } from '../errors.js';

/** Secrets come from the environment, else from the profile's `secretsFile`; never from the profile itself. */

const SECRET_NAMES = ['PICOVOICE_ACCESS_KEY', 'TANDEM_MQTT_PASSWORD', 'TANDEM_API_KEY'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

const secretsSchema = z.partialRecord(z.enum(SECRET_NAMES), z.string());

const MAX_BYTES = 64 * 1024;

/** Whether users other than the owner may read the file. */
export async function isOpenToOthers(file: string): Promise<boolean> {
  return ((await stat(file)).mode & 0o077) !== 0;
}

/**
 * `secretsFile`: as the profile has it, relative to `folder`. Rejects with `secrets-unreadable` where the file is named but can't
 * be read; the message never shows what is in it.
 */
export async function readSecret(name: SecretName, secretsFile: string | undefined, folder: string): Promise<string | undefined> {
  const given = process.env[name];
  if (given !== undefined && given !== '') return given;
  if (secretsFile === undefined) return undefined;
  const file = resolve(folder, secretsFile);
  const failed = (why: string, cause?: unknown) =>
    new TandemError({
      code: 'secrets-unreadable',
      stage: 'profile',
      message: `The secrets file ${file} ${why}.`,
      remedy: `Write lines such as ${name}: "…", and run chmod 600 ${file}.`,
      cause,
    });
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) throw failed('is too large');
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw error instanceof TandemError ? error : failed("is not there or can't be read", error);
  }
  const secrets = secretsSchema.safeParse(readPairs(text));
  if (!secrets.success) throw failed(`may hold only ${SECRET_NAMES.join(', ')}, each with one value`);
  return secrets.data[name];
}

/** `NAME=value` lines as in an ENV file, or YAML. */
function readPairs(text: string): unknown {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const pairs = lines.map((line) => /^\s*(?:export\s+)?([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*?))\s*$/.exec(line));
  if (pairs.every((pair) => pair !== null)) return Object.fromEntries(pairs.map((pair) => [pair[1], pair[2] ?? pair[3] ?? pair[4]]));
  try {
    return parseYaml(text, { schema: 'failsafe', maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
