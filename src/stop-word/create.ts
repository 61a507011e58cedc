import type { EngineContext, Log } from '../engineContext.js';
import { TandemError } from '../errors.js';
import type { Language } from '../speech-to-text/contract.js';
import { createVoiceActivity } from '../voice-activity/create.js';
import type { VoiceActivityOptions } from '../voice-activity/options.js';
import { type WakeDetection, WakeWordDetector } from '../wake-word/detector.js';
import type { PocketsphinxStopWordOptions, StopWordOptions } from './options.js';
import type { PocketsphinxStopWord } from './pocketsphinx.js';

/** One stop is enough for a moment, ms. */
const REFRACTORY_MS = 500;

/** Hears stop words while it is asked to; `like` tells where the device's own voice sounds like one. */
export interface StopWordDetector {
  readonly words: readonly string[];
  process(samples: Int16Array): Promise<readonly WakeDetection[]>;
  /** The next samples are the first ones. */
  reset(): void;
  /** As of `PocketsphinxStopWord.like`; never rejects. */
  like: PocketsphinxStopWord['like'];
  close(): Promise<void>;
}

/** Undefined where the profile wants none, and, with a warning, where the recogniser is not installed: the device works without. */
export async function createStopWord(
  options: StopWordOptions,
  voiceActivity: VoiceActivityOptions,
  languages: readonly Language[],
  { log }: Pick<EngineContext, 'log'>,
): Promise<StopWordDetector | undefined> {
  if (options.engine === 'none') return undefined;
  const engine = await engineOrWarning(options, languages, log);
  if (engine === undefined) return undefined;
  const { voiceGate } = options;
  try {
    const detector = new WakeWordDetector({
      engine,
      policy: { threshold: () => 1, thresholdWhileSpeaking: 1, refractoryMs: REFRACTORY_MS, voiceGate },
      voice: voiceGate > 0 ? await createVoiceActivity(voiceActivity) : undefined,
      onRejected: (rejection) => log.debug({ ...rejection }, 'stop word not counted'),
    });
    return Object.assign(detector, { like: (samples: Int16Array) => engine.like(samples) });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function engineOrWarning(
  options: PocketsphinxStopWordOptions,
  languages: readonly Language[],
  log: Log,
): Promise<PocketsphinxStopWord | undefined> {
  const { PocketsphinxStopWord } = await import('./pocketsphinx.js');
  try {
    return await PocketsphinxStopWord.load(options, languages, (err) => log.warn({ err }, 'stop words are not heard'));
  } catch (error) {
    if (!(error instanceof TandemError) || error.code !== 'pocketsphinx-missing') throw error;
    log.warn({ code: error.code }, `${error.message} ${error.remedy ?? ''}`.trim());
    return undefined;
  }
}
