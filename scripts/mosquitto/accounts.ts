import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TandemError } from '../../src/errors.js';
import { isId } from '../../src/handoff/topics.js';
import type { Accounts } from './accessList.js';
import { run } from './run.js';

const names = z.array(z.string().refine(isId));
const schema = z.object({ devices: names, hosts: names, controllers: names });

/** The accounts that an earlier run made. */
export async function knownAccounts(folder: string): Promise<Accounts> {
  const text = await readFile(join(folder, 'accounts.json'), 'utf8').catch(() => undefined);
  return text === undefined ? { devices: [], hosts: [], controllers: [] } : schema.parse(JSON.parse(text));
}

/** Those that were there, and the new ones. A name can only be one thing. */
export function joined(before: Accounts, added: Accounts): Accounts {
  const both = (role: keyof Accounts) => [...new Set([...before[role], ...added[role]])].sort();
  const accounts = { devices: both('devices'), hosts: both('hosts'), controllers: both('controllers') };
  const all = allOf(accounts);
  const bad = all.find((name) => !isId(name));
  if (bad !== undefined) throw wrong(`${JSON.stringify(bad)} can't be a name.`, 'Use letters, digits, ".", "_" and "-", at most 64.');
  const twice = all.find((name, at) => all.indexOf(name) !== at);
  if (twice !== undefined) throw wrong(`${twice} would be two things at once.`, 'Give the device, host and controller different names.');
  if (all.length === 0)
    throw wrong('There is nobody to make an account for.', 'Give --device NAME and --host NAME, each as often as needed.');
  return accounts;
}

export function allOf({ devices, hosts, controllers }: Accounts): string[] {
  return [...devices, ...hosts, ...controllers];
}

/** Writes accounts.json, a password for each that has none (accounts/NAME.password), and Mosquitto's password file. */
export async function writeAccounts(folder: string, accounts: Accounts): Promise<void> {
  await mkdir(join(folder, 'accounts'), { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'accounts.json'), `${JSON.stringify(accounts, null, 2)}\n`);
  const lines: string[] = [];
  for (const name of allOf(accounts)) lines.push(`${name}:${await passwordOf(join(folder, 'accounts', `${name}.password`))}`);
  const passwords = join(folder, 'passwords');
  await writeFile(passwords, `${lines.join('\n')}\n`, { mode: 0o600 });
  await chmod(passwords, 0o600);
  // Replaces the passwords by their hashes; given as an argument they could be seen in the list of processes.
  await run('mosquitto_passwd', ['-U', passwords]);
}

async function passwordOf(file: string): Promise<string> {
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before !== undefined) return before.trim();
  const password = randomBytes(18).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function wrong(message: string, remedy: string): TandemError {
  return new TandemError({ code: 'usage', stage: 'command-line', message, remedy });
}
