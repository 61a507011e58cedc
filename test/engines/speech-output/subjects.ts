import type { EngineContext } from '../../../src/engineContext.js';
import { TandemError } from '../../../src/errors.js';
import { type EngineOptions, type SpeechEngineOptions, speechEngineOptions } from '../../../src/speech-output/options.js';
import { KeptLog } from '../../support/keptLog.js';

/** A profile's section with its defaults filled in. */
export function optionsOf<Name extends SpeechEngineOptions['engine']>(
  section: { engine: Name } & Record<string, unknown>,
): EngineOptions<Name> {
  return speechEngineOptions.parse(section) as EngineOptions<Name>;
}

/** `models`: files by the name that a profile gives them. */
export function context(models: Readonly<Record<string, string>> = {}): EngineContext {
  return {
    log: new KeptLog(),
    modelFile: async (name) => {
      const file = models[name];
      if (file === undefined) throw new TandemError({ code: 'model-missing', stage: 'models', message: `The model ${name} is not here.` });
      return file;
    },
    secret: async () => undefined,
    cacheFolder: '/nowhere',
  };
}
