import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { TandemError, UsageError } from '../../src/errors.js';
import { accessList } from './accessList.js';
import { allOf, joined, knownAccounts, writeAccounts } from './accounts.js';
import { makeAuthority, makeClientCertificate, makeServerCertificate } from './certificates.js';
import { configuration } from './configuration.js';

interface Flags {
  readonly out: string;
  readonly device: string[];
  readonly host: string[];
  readonly controller: string[];
  readonly address: string[];
  readonly port?: number;
  readonly tlsPort?: number;
  readonly clientCertificates: boolean;
}

const program = new Command('scripts/mosquitto/setup')
  .description('Writes a folder that Mosquitto runs from: TLS with a CA of its own, accounts, access list. Run it again to add accounts.')
  .requiredOption('--out <dir>', 'the folder')
  .option('--device <name...>', 'a device that gets an account', [])
  .option('--host <name...>', 'a host that gets an account', [])
  .option('--controller <name...>', 'an account that may see every status and send commands to devices', [])
  .option('--address <name-or-ip...>', 'how devices reach this machine, beside its own names and addresses', [])
  .option('--port <number|none>', 'port without TLS, for this machine only', port, 1883)
  .option('--tls-port <number|none>', 'port with TLS, for the network', port, 8883)
  .option('--client-certificates', 'on the TLS port accounts prove themselves by a certificate instead of a password', false)
  .exitOverride()
  .action(setUp);

function port(text: string): number | undefined {
  if (text === 'none') return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) throw new InvalidArgumentError('a port is a number from 1 to 65535.');
  return number;
}

async function setUp(flags: Flags): Promise<void> {
  const folder = resolve(flags.out);
  if (/\s/.test(folder)) throw new UsageError("Mosquitto can't read paths with spaces in them.", 'Give another folder to --out.');
  const accounts = joined(await knownAccounts(folder), { devices: flags.device, hosts: flags.host, controllers: flags.controller });
  const addresses = addressesOf(flags.address);
  const tls = flags.tlsPort !== undefined;
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeAccounts(folder, accounts);
  await writeFile(join(folder, 'access-list'), accessList(accounts), { mode: 0o600 });
  await chmod(join(folder, 'access-list'), 0o600);
  if (tls) {
    await makeAuthority(folder);
    await makeServerCertificate(folder, addresses);
    if (flags.clientCertificates) for (const name of allOf(accounts)) await makeClientCertificate(folder, name);
  }
  const listeners = { plainPort: flags.port, tlsPort: flags.tlsPort, clientCertificates: flags.clientCertificates };
  await writeFile(join(folder, 'mosquitto.conf'), configuration(folder, listeners));
  await giveToBroker(folder, tls);
  process.stdout.write(`${nextSteps(folder, flags, accounts.hosts[0] ?? accounts.devices[0] ?? 'NAME', addresses[0] ?? 'localhost')}\n`);
}

/** Started by root, Mosquitto goes on as its own user and must be able to read its files. */
async function giveToBroker(folder: string, tls: boolean): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const id = (option: '-u' | '-g') =>
    Number(execFileSync('id', [option, 'mosquitto'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  let user: number;
  let group: number;
  try {
    [user, group] = [id('-u'), id('-g')];
  } catch {
    return;
  }
  for (const file of ['data', 'passwords', 'access-list', ...(tls ? ['server.key'] : [])]) await chown(join(folder, file), user, group);
}

/** This machine's names and addresses, and those given; only what may stand in a certificate. */
function addressesOf(given: readonly string[]): readonly string[] {
  const bad = given.find((address) => isIP(address) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(address));
  if (bad !== undefined) throw new UsageError(`${JSON.stringify(bad)} is neither a name nor an address.`);
  const name = /^[A-Za-z0-9.-]+$/.test(hostname()) ? [hostname(), `${hostname().split('.')[0]}.local`] : [];
  const own = Object.values(networkInterfaces()).flatMap((some) => (some ?? []).map(({ address }) => address));
  return [...new Set([...given, ...name, 'localhost', '127.0.0.1', ...own.filter((address) => isIP(address) !== 0)])];
}

function nextSteps(folder: string, flags: Flags, name: string, address: string): string {
  const url = flags.tlsPort === undefined ? `mqtt://127.0.0.1:${flags.port}` : `mqtts://${address}:${flags.tlsPort}`;
  const proof = flags.clientCertificates
    ? [`    certFile: ${folder}/accounts/${name}.crt`, `    keyFile: ${folder}/accounts/${name}.key`]
    : [`    passwordFile: ${folder}/accounts/${name}.password`];
  return [
    `Written to ${folder}. Start the broker: mosquitto -c ${folder}/mosquitto.conf`,
    `Each account's password is in ${folder}/accounts; take ca.crt and its own password to each machine. In the profile of ${name}:`,
    '  mqtt:',
    `    url: ${url}`,
    `    username: ${name}`,
    ...(flags.tlsPort === undefined ? [] : [`    caFile: ${folder}/ca.crt`]),
    ...proof,
  ].join('\n');
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof TandemError) {
    process.stderr.write(`${error.message} ${error.remedy ?? ''}\n`.replace(/ \n$/, '\n'));
    process.exitCode = error.code === 'usage' ? 2 : 1;
  } else throw error;
}
