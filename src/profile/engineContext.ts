import { join } from 'node:path';
import type { EngineContext, Log } from '../engineContext.js';
import { modelFile } from '../models/resolve.js';
import { dataFolder } from '../paths.js';
import type { LoadedProfile } from './load.js';
import { readSecret } from './secrets.js';

/** What the engines of a profile, a device's or a host's, are given: models by name, secrets, a folder of their own, and a log. */
export function engineContext(loaded: LoadedProfile, log: Log): EngineContext {
  return {
    log,
    modelFile: (nameOrPath) => modelFile(nameOrPath, loaded.folder),
    secret: (name) => readSecret(name, loaded.profile.secretsFile, loaded.folder),
    cacheFolder: join(dataFolder(), 'cache'),
  };
}
