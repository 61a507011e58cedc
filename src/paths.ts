import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `package.json`, whether this runs from `src` or from `dist/src`. Assets (YAML, models, profiles) are read from there. */
export const projectRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json was not found above the program files');
  return findRoot(parent);
}

/** What the person keeps: downloaded models, timers, accepted licences. `~/.local/share/tandem`, or below `XDG_DATA_HOME`. */
export function dataFolder(): string {
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tandem');
}

/** Where models are kept: `TANDEM_MODELS`, else `models` in the data folder. */
export function modelsFolder(): string {
  return process.env.TANDEM_MODELS ?? join(dataFolder(), 'models');
}
