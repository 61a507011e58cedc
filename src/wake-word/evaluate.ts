import { FRAME_SAMPLES, msToSamples, SAMPLE_RATE, samplesToMs } from '../audio/contract.js';
import type { EngineContext } from '../engineContext.js';
import { TandemError, toTandemError } from '../errors.js';
import { createVoiceActivity } from '../voice-activity/create.js';
import type { VoiceActivityOptions } from '../voice-activity/options.js';
import { readClip } from './clips.js';
import { openWakeWordEngine } from './create.js';
import { WakeWordDetector } from './detector.js';
import type { OpenWakeWordOptions, PorcupineOptions } from './options.js';
import { ScoreTape } from './scoreTape.js';

export interface EvaluationInput {
  /** With the one word that is looked for. */
  readonly wakeWord: OpenWakeWordOptions | PorcupineOptions;
  readonly voiceActivity: VoiceActivityOptions;
  /** Files with the word in them, and files without. */
  readonly positive: readonly string[];
  readonly negative: readonly string[];
  readonly onProgress: (done: number, of: number) => void;
  readonly onUnreadable: (error: TandemError) => void;
}

export interface WakeEvaluation {
  /** Readable recordings of the word, and those that woke. */
  readonly clips: number;
  readonly found: number;
  /** 0 to 1; null without recordings of the word. */
  readonly missRate: number | null;
  readonly falseAlarms: number;
  /** Length of the recordings without the word. */
  readonly negativeHours: number;
  /** Processor time of listening, in percent of the time listened, on one core. */
  readonly corePercent: number;
  readonly unreadable: number;
  readonly missed: readonly string[];
  readonly alarmed: readonly string[];
  /** What other thresholds would have given. */
  readonly curve: readonly { readonly threshold: number; readonly found: number; readonly falseAlarms: number }[];
}

const CURVE = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/** A room is quiet before and after a word; recordings are often cut close to it. */
const QUIET = msToSamples(1000);

/** How often recordings wake the device as this profile would listen, each heard on its own from a fresh start. */
export async function evaluateWake(input: EvaluationInput, context: EngineContext): Promise<WakeEvaluation> {
  const { engine, policy, notice } = await openWakeWordEngine(input.wakeWord, context);
  const tape = new ScoreTape(engine);
  const voice = policy.voiceGate > 0 ? await createVoiceActivity(input.voiceActivity) : undefined;
  const trialOf = (threshold?: number): Trial => {
    const own = threshold === undefined ? policy : { ...policy, threshold: () => threshold };
    return { detector: new WakeWordDetector({ engine: tape, voice, policy: own }), found: 0, falseAlarms: 0 };
  };
  const trial = trialOf();
  try {
    if (notice !== undefined) throw notice;
    const others = engine.capabilities.decidesItself ? [] : CURVE.map((threshold) => ({ threshold, trial: trialOf(threshold) }));
    // The first seconds cost more than all others: code is still being compiled.
    await hear(trial.detector, new Int16Array(5 * SAMPLE_RATE));
    const heard = new Heard();
    const files = [...input.positive, ...input.negative];
    for (const [done, file] of files.entries()) {
      input.onProgress(done, files.length);
      const sound = await readOr(file, input.onUnreadable);
      if (sound === undefined) {
        heard.unreadable++;
        continue;
      }
      const positive = done < input.positive.length;
      const padded = new Int16Array(QUIET + sound.length + QUIET);
      padded.set(sound, QUIET);
      tape.record();
      const before = process.cpuUsage();
      const detections = await hear(trial.detector, padded);
      heard.listened(padded.length, process.cpuUsage(before));
      heard.clip({ file, positive, samples: sound.length, detections });
      count(trial, positive, detections);
      tape.replay();
      for (const other of others) count(other.trial, positive, await hear(other.trial.detector, padded));
    }
    if (heard.nothing) throw nothingReadable(heard.unreadable);
    return {
      ...heard.figures,
      found: trial.found,
      missRate: heard.clips === 0 ? null : 1 - trial.found / heard.clips,
      falseAlarms: trial.falseAlarms,
      curve: others.map(({ threshold, trial: { found, falseAlarms } }) => ({ threshold, found, falseAlarms })),
    };
  } finally {
    await trial.detector.close();
  }
}

/** What came of the recordings, as the profile listens. */
class Heard {
  unreadable = 0;
  /** Readable recordings of the word. */
  clips = 0;
  private readonly missed: string[] = [];
  private readonly alarmed: string[] = [];
  private negativeSamples = 0;
  private heardSamples = 0;
  private processorMs = 0;

  get nothing(): boolean {
    return this.heardSamples === 0;
  }

  /** So many samples went through the detector, at this cost. */
  listened(samples: number, { user, system }: NodeJS.CpuUsage): void {
    this.heardSamples += samples;
    this.processorMs += (user + system) / 1000;
  }

  clip({ file, positive, samples, detections }: { file: string; positive: boolean; samples: number; detections: number }): void {
    if (positive) this.clips++;
    else this.negativeSamples += samples;
    if (positive && detections === 0) this.missed.push(file);
    if (!positive && detections > 0) this.alarmed.push(file);
  }

  get figures() {
    const { clips, unreadable, missed, alarmed } = this;
    const corePercent = (this.processorMs / samplesToMs(this.heardSamples)) * 100;
    return { clips, unreadable, missed, alarmed, corePercent, negativeHours: this.negativeSamples / SAMPLE_RATE / 3600 };
  }
}

/** One way of listening, and what it heard. */
interface Trial {
  readonly detector: WakeWordDetector;
  found: number;
  falseAlarms: number;
}

function count(trial: Trial, positive: boolean, detections: number): void {
  if (positive) trial.found += detections > 0 ? 1 : 0;
  else trial.falseAlarms += detections;
}

/** Detections in a sound that comes as it does from a microphone. */
async function hear(detector: WakeWordDetector, sound: Int16Array): Promise<number> {
  detector.reset();
  let detections = 0;
  for (let at = 0; at < sound.length; at += FRAME_SAMPLES) {
    detections += (await detector.process(sound.subarray(at, at + FRAME_SAMPLES))).length;
  }
  return detections;
}

async function readOr(file: string, onUnreadable: EvaluationInput['onUnreadable']): Promise<Int16Array | undefined> {
  try {
    return await readClip(file);
  } catch (error) {
    onUnreadable(toTandemError(error, 'audio'));
    return undefined;
  }
}

function nothingReadable(files: number): TandemError {
  return new TandemError({
    code: 'recordings-unreadable',
    stage: 'wake-word',
    message: `None of the ${files} recordings could be read.`,
    remedy: 'They should be .wav or .flac files.',
    recoverable: false,
  });
}
