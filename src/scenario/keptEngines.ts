import type { HeavyEngines } from '../device/rehearsal.js';
import type { LanguageModel } from '../language-model/contract.js';
import type { SpeechToText } from '../speech-to-text/contract.js';

/** Holds at most one engine. */
class Slot<Engine extends { close(): Promise<void> }> {
  private held: { readonly options: string; readonly engine: Engine } | undefined;

  async get(options: string, load: () => Promise<Engine>): Promise<Engine> {
    if (this.held?.options !== options) {
      await this.close();
      this.held = { options, engine: await load() };
    }
    return this.held.engine;
  }

  async close(): Promise<void> {
    const { held } = this;
    this.held = undefined;
    await held?.engine.close();
  }
}

/**
 * The engines that take longest to load, kept from one scenario to the next that uses the same: what they do depends on what they are
 * asked alone. One of each kind; closed by `close`, not by the device that has borrowed it.
 */
export class KeptEngines {
  private readonly model = new Slot<LanguageModel>();
  private readonly recogniser = new Slot<SpeechToText>();

  /** `folder`: what paths in the options are relative to. */
  forProfileIn(folder: string): HeavyEngines {
    return {
      languageModel: async (options, load) => lentModel(await this.model.get(JSON.stringify([folder, options]), load)),
      speechToText: async (options, load) => lentRecogniser(await this.recogniser.get(JSON.stringify([folder, options]), load)),
    };
  }

  async close(): Promise<void> {
    await this.model.close();
    await this.recogniser.close();
  }
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
