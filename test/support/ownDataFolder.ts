import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../../src/paths.js';

/** Of the person's own data folder: what took long to build, fetch or measure. */
const SHARED = ['whisper', 'models', 'cache'];

/** Before all tests: what a device keeps in them, timers above all, is kept in a folder of their own and not in that of who runs them. */
export default function setup(): () => void {
  const home = mkdtempSync(join(tmpdir(), 'tandem-tests-'));
  mkdirSync(join(home, 'tandem'));
  for (const name of SHARED) {
    const place = join(dataFolder(), name);
    if (existsSync(place)) symlinkSync(place, join(home, 'tandem', name));
  }
  process.env.XDG_DATA_HOME = home;
  return () => rmSync(home, { recursive: true });
}
