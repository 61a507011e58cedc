import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dataFolder } from '../paths.js';

/** What the person answered when a profile was recommended, kept in the data folder together with that profile. */

const answerFile = z.strictObject({ answer: z.enum(['yes', 'no']) });

/** The accepted profile, a YAML file like those in device-profiles/. */
export function acceptedProfile(): string {
  return join(dataFolder(), 'accepted-profile.yaml');
}

/** Undefined where nothing was answered, or the file can't be understood: then it is asked again. */
export async function readAnswer(): Promise<'yes' | 'no' | undefined> {
  try {
    return answerFile.parse(JSON.parse(await readFile(file(), 'utf8'))).answer;
  } catch {
    return undefined;
  }
}

/** Name or file of the profile that `talk` uses where none is named. */
export async function usualProfile(): Promise<string> {
  return (await readAnswer()) === 'yes' ? acceptedProfile() : 'starter';
}

/** `profile`: the text of the profile that was accepted. */
export async function rememberYes(profile: string): Promise<void> {
  await replace(acceptedProfile(), profile);
  await replace(file(), `${JSON.stringify({ answer: 'yes' })}\n`);
}

export async function rememberNo(): Promise<void> {
  await replace(file(), `${JSON.stringify({ answer: 'no' })}\n`);
}

function file(): string {
  return join(dataFolder(), 'recommended-profile.json');
}

async function replace(path: string, text: string): Promise<void> {
  await mkdir(dataFolder(), { recursive: true });
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
