import { join } from 'node:path';
import type { EngineContext, Log } from '../engineContext.js';
import { modelFile } from '../models/resolve.js';
import { dataFolder } from '../paths.js';
import type { LoadedProfile } from '../profile/load.js';
import { readSecret } from '../profile/secrets.js';

/** What engines get from the device: models by name, secrets, a folder of their own, and a log. */
export function engineContext(loaded: LoadedProfile, log: Log): EngineContext {
  return {
    log,
    modelFile: (nameOrPath) => modelFile(nameOrPath, loaded.folder),
    secret: (name) => readSecret(name, loaded.profile.secretsFile, loaded.folder),
    cacheFolder: join(dataFolder(), 'cache'),
  };
}
