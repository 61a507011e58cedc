import type { EngineContext } from '../engineContext.js';
import { TandemError, toTandemError } from '../errors.js';
import { createVoiceActivity } from '../voice-activity/create.js';
import type { VoiceActivityOptions } from '../voice-activity/options.js';
import type { WakeWordEngine } from './contract.js';
import { type DetectorPolicy, type WakeRejection, WakeWordDetector } from './detector.js';
import { type OpenWakeWordOptions, type PorcupineOptions, type WakeWordOptions, wordName } from './options.js';

export interface WakeWordHooks {
  /** A word that did not count; by default a line of the log at its finest level. */
  readonly onRejected?: (rejection: WakeRejection) => void;
}

/**
 * The wake word as the profile wants it; undefined where only a button starts a turn. Where Porcupine can't start it is the
 * profile's second choice, with the reason in `notice` and in the log. Throws `TandemError` where nothing can start.
 */
export async function createWakeWord(
  options: WakeWordOptions,
  voiceActivity: VoiceActivityOptions,
  context: EngineContext,
  hooks: WakeWordHooks = {},
): Promise<WakeWordDetector | undefined> {
  if (options.engine === 'none') return undefined;
  const { engine, policy, notice } = await openWakeWordEngine(options, context);
  try {
    return new WakeWordDetector({
      engine,
      policy,
      notice,
      voice: policy.voiceGate > 0 ? await createVoiceActivity(voiceActivity) : undefined,
      onRejected: hooks.onRejected ?? ((rejection) => context.log.debug({ ...rejection }, 'wake word not counted')),
    });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

export interface OpenedEngine {
  readonly engine: WakeWordEngine;
  readonly policy: DetectorPolicy;
  /** Why it is the second choice, where it is. */
  readonly notice: TandemError | undefined;
}

/** The engine, and what the profile says about its scores. */
export async function openWakeWordEngine(options: OpenWakeWordOptions | PorcupineOptions, context: EngineContext): Promise<OpenedEngine> {
  if (options.engine === 'openWakeWord') return await openOpenWakeWord(options, context, undefined);
  try {
    const { Porcupine } = await import('./porcupine.js');
    return { engine: await Porcupine.load(options, context), policy: porcupinePolicy(options), notice: undefined };
  } catch (error) {
    const why = toTandemError(error, 'wake-word');
    const instead = options.secondChoice.words.map(wordName).join(', ');
    const notice = new TandemError({
      code: why.code,
      stage: 'wake-word',
      message: `${why.message} The wake word is now ${instead}, by openWakeWord.`,
      ...(why.remedy === undefined ? {} : { remedy: why.remedy }),
    });
    context.log.warn({ code: notice.code }, `${notice.message} ${notice.remedy ?? ''}`.trim());
    return await openOpenWakeWord(options.secondChoice, context, notice);
  }
}

async function openOpenWakeWord(
  options: OpenWakeWordOptions,
  context: EngineContext,
  notice: TandemError | undefined,
): Promise<OpenedEngine> {
  const { OpenWakeWord } = await import('./openWakeWord.js');
  return { engine: await OpenWakeWord.load(options, context), policy: openWakeWordPolicy(options), notice };
}

function openWakeWordPolicy(options: OpenWakeWordOptions): DetectorPolicy {
  const own = new Map<string, number>();
  for (const entry of options.words) if (typeof entry !== 'string' && entry.threshold !== undefined) own.set(entry.word, entry.threshold);
  const { threshold, thresholdWhileSpeaking, voiceGate, refractoryMs } = options;
  return { threshold: (word) => own.get(word) ?? threshold, thresholdWhileSpeaking, voiceGate, refractoryMs };
}

function porcupinePolicy({ voiceGate, refractoryMs }: PorcupineOptions): DetectorPolicy {
  return { threshold: () => 1, thresholdWhileSpeaking: 1, voiceGate, refractoryMs };
}
