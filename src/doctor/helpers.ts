import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findProgram } from '../audio/programs/findProgram.js';
import type { LoadedProfile } from '../profile/load.js';
import type { DeviceProfile } from '../profile/schema.js';
import type { Finding } from './finding.js';

/** Whether the programs and pins of signals, buttons and the microphone's switch are there; nothing is run or driven. */
export async function helpersOf({ profile, folder }: LoadedProfile<DeviceProfile>): Promise<readonly Finding[]> {
  const { signals, buttons, hardwareMute } = profile;
  const helpers = [...signals, ...buttons, ...(hardwareMute === undefined ? [] : [hardwareMute])];
  const commands = helpers.flatMap((helper) => ('run' in helper ? [helper.run] : 'watch' in helper ? [helper.watch] : []));
  const programs = new Set(commands.flatMap(([program]) => (program === undefined ? [] : [program])));
  const chips = new Set(helpers.flatMap((helper) => ('gpio' in helper ? [helper.gpio.chip] : [])));
  const findings: Finding[] = [];
  for (const program of programs) findings.push(await programFound(program, folder));
  for (const chip of chips) findings.push(await chipFound(chip));
  return findings;
}

async function programFound(program: string, folder: string): Promise<Finding> {
  const what = `program ${program}`;
  const path = program.includes('/') ? resolve(folder, program) : await findProgram(program);
  if (path !== undefined && (await allows(path, constants.X_OK))) return { what, state: 'good', detail: path };
  const remedy = 'Correct its path (relative to the profile), or make it executable: chmod +x FILE.';
  return { what, state: 'bad', detail: 'is not there, or is no program.', remedy };
}

async function chipFound(chip: string): Promise<Finding> {
  const what = `pins of ${chip}`;
  if ((await findProgram('gpioset')) === undefined) {
    return { what, state: 'bad', detail: 'the programs of libgpiod are not installed.', remedy: 'Install them: sudo apt install gpiod' };
  }
  if (await allows(`/dev/${chip}`, constants.R_OK | constants.W_OK)) return { what, state: 'good', detail: `/dev/${chip}` };
  const remedy = 'Look at the chips with gpiodetect; the user of the device must be in the group gpio.';
  return { what, state: 'bad', detail: `/dev/${chip} is not there, or may not be used.`, remedy };
}

async function allows(path: string, mode: number): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  );
}
