import type { Command } from 'commander';
import { examine } from '../doctor/checks.js';
import { usualProfile } from '../first-evening/remembered.js';
import { loadProfile } from '../profile/load.js';
import { logToStderr } from './log.js';
import { table } from './table.js';

interface Flags {
  readonly profile?: string;
  readonly mqtt?: string;
  readonly json?: boolean;
}

const MARKS = { good: 'ok', poor: 'could be better', bad: 'does not work' } as const;

/** `tandem doctor`: exit code 1 where something does not work. */
export function register(program: Command): void {
  program
    .command('doctor')
    .description('look for what is missing or slow on this machine')
    .option('--profile <name|file>', 'profile to look through (standard: the one that `talk` uses)')
    .option('--mqtt <url>', "the broker to look at, instead of the profile's")
    .option('--json', 'as JSON: a list of {what, state, detail, remedy?}')
    .action(doctor);
}

async function doctor({ profile, mqtt, json }: Flags): Promise<void> {
  const findings = await examine(await loadProfile(profile ?? (await usualProfile())), logToStderr(), mqtt);
  const text =
    json === true
      ? JSON.stringify(findings, undefined, 2)
      : table(
          ['WHAT', '', 'DETAIL'],
          findings.map(({ what, state, detail, remedy }) => [what, MARKS[state], remedy === undefined ? detail : `${detail} ${remedy}`]),
        );
  process.stdout.write(`${text}\n`);
  if (findings.some(({ state }) => state === 'bad')) process.exitCode = 1;
}
