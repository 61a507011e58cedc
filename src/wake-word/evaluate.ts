import { FRAME_SAMPLES, msToSamples, SAMPLE_RATE } from '../audio/contract.js';
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
  readonly corePercent: number | null;
  readonly unreadable: number;
  readonly missed: readonly string[];
  readonly alarmed: readonly string[];
  /** What other thresholds would have given. */
  readonly curve: readonly { readonly threshold: number; readonly found: number; readonly falseAlarms: number }[];
}

const CURVE = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/** A room is quiet before and after a word; recordings are often cut close to it. */
const QUIET = msToSamples(1000);

interface Counted {
  found: number;
  falseAlarms: number;
}

/** How often recordings wake the device as this profile would listen, each heard on its own from a fresh start. */
export async function evaluateWake(input: EvaluationInput, context: EngineContext): Promise<WakeEvaluation> {
  const { engine, policy, notice } = await openWakeWordEngine(input.wakeWord, context);
  const tape = new ScoreTape(engine);
  const voice = policy.voiceGate > 0 ? await createVoiceActivity(input.voiceActivity) : undefined;
  const detector = new WakeWordDetector({ engine: tape, policy, voice });
  try {
    if (notice !== undefined) throw notice;
    const thresholds = engine.capabilities.decidesItself ? [] : CURVE;
    const others = thresholds.map((threshold) => {
      const counted: Counted = { found: 0, falseAlarms: 0 };
      return {
        threshold,
        counted,
        detector: new WakeWordDetector({ engine: tape, voice, policy: { ...policy, threshold: () => threshold } }),
      };
    });
    await hear(detector, new Int16Array(5 * SAMPLE_RATE));
    const counted: Counted = { found: 0, falseAlarms: 0 };
    const missed: string[] = [];
    const alarmed: string[] = [];
    let [clips, unreadable, negativeSamples, heardSamples, processorMs] = [0, 0, 0, 0, 0];
    const all = [...input.positive.map((file) => ({ file, positive: true })), ...input.negative.map((file) => ({ file, positive: false }))];
    for (const [done, { file, positive }] of all.entries()) {
      input.onProgress(done, all.length);
      let sound: Int16Array;
      try {
        sound = await readClip(file);
      } catch (error) {
        unreadable++;
        input.onUnreadable(toTandemError(error, 'audio'));
        continue;
      }
      const padded = new Int16Array(QUIET + sound.length + QUIET);
      padded.set(sound, QUIET);
      tape.record();
      const before = process.cpuUsage();
      const detections = await hear(detector, padded);
      const { user, system } = process.cpuUsage(before);
      processorMs += (user + system) / 1000;
      heardSamples += padded.length;
      count(counted, positive, detections);
      if (positive) clips++;
      else negativeSamples += sound.length;
      if (positive && detections === 0) missed.push(file);
      if (!positive && detections > 0) alarmed.push(file);
      tape.replay();
      for (const other of others) count(other.counted, positive, await hear(other.detector, padded));
    }
    if (clips + negativeSamples === 0) throw nothingReadable(unreadable);
    return {
      clips,
      ...counted,
      missRate: clips === 0 ? null : 1 - counted.found / clips,
      negativeHours: negativeSamples / SAMPLE_RATE / 3600,
      corePercent: heardSamples === 0 ? null : (processorMs / ((heardSamples / SAMPLE_RATE) * 1000)) * 100,
      unreadable,
      missed,
      alarmed,
      curve: others.map(({ threshold, counted: { found, falseAlarms } }) => ({ threshold, found, falseAlarms })),
    };
  } finally {
    await detector.close();
  }
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

function count(counted: Counted, positive: boolean, detections: number): void {
  if (positive) counted.found += detections > 0 ? 1 : 0;
  else counted.falseAlarms += detections;
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
