import type { ReplayPace } from '../device/pace.js';
import type { HeavyEngines } from '../device/rehearsal.js';

/** The same engines, with a language model that is silent for `ms` of the scenario's time before each answer. */
export function thinkingLonger(engines: HeavyEngines, ms: number, pace: ReplayPace): HeavyEngines {
  return {
    ...engines,
    languageModel: async (options, load) => {
      const model = await engines.languageModel(options, load);
      return {
        label: model.label,
        capabilities: model.capabilities,
        generate: async (request) => {
          await pace.letPass(ms, request.signal);
          return await model.generate(request);
        },
        prefill: (messages, signal) => model.prefill(messages, signal),
        close: () => model.close(),
      };
    },
  };
}
