import type { HeavyEngines } from '../device/rehearsal.js';
import type { LanguageModel } from '../language-model/contract.js';
import type { SpeechToText } from '../speech-to-text/contract.js';

interface Kept<Engine> {
  readonly options: string;
  readonly engine: Engine;
}

/**
 * The engines that take longest to load, kept from one scenario to the next that uses the same: what they do depends on what they are
 * asked alone. One of each kind; closed by `close`, not by the device that has borrowed it.
 */
export class KeptEngines {
  private model: Kept<LanguageModel> | undefined;
  private recogniser: Kept<SpeechToText> | undefined;

  /** `folder`: what paths in the options are relative to. */
  forProfileIn(folder: string): HeavyEngines {
    return {
      languageModel: async (options, load) => {
        this.model = await kept(this.model, JSON.stringify([folder, options]), load);
        return lentModel(this.model.engine);
      },
      speechToText: async (options, load) => {
        this.recogniser = await kept(this.recogniser, JSON.stringify([folder, options]), load);
        return lentRecogniser(this.recogniser.engine);
      },
    };
  }

  async close(): Promise<void> {
    await this.model?.engine.close();
    await this.recogniser?.engine.close();
  }
}

async function kept<Engine extends { close(): Promise<void> }>(
  last: Kept<Engine> | undefined,
  options: string,
  load: () => Promise<Engine>,
): Promise<Kept<Engine>> {
  if (last?.options === options) return last;
  await last?.engine.close();
  return { options, engine: await load() };
}

function lentModel(engine: LanguageModel): LanguageModel {
  return {
    label: engine.label,
    capabilities: engine.capabilities,
    generate: (request) => engine.generate(request),
    prefill: (messages, signal) => engine.prefill(messages, signal),
    close: async () => {},
  };
}

function lentRecogniser(engine: SpeechToText): SpeechToText {
  return {
    label: engine.label,
    capabilities: engine.capabilities,
    transcribe: (samples, options) => engine.transcribe(samples, options),
    close: async () => {},
  };
}
