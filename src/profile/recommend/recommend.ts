import { megabytes } from '../../models/text.js';
import { answering, isStarter, type Mind, SLOWEST } from './answering.js';
import type { Answers } from './answers.js';
import { brief, type Choice, type Part, type Wishes } from './choice.js';
import { hearing, speaking } from './hearingAndSpeaking.js';
import type { Machine } from './machine.js';
import { expectedSpeed } from './speed.js';

/** From the machine and the answers to a profile: each choice with its reason. */

export interface Recommendation {
  readonly kind: 'device' | 'host';
  readonly choices: readonly Choice[];
  /** Of the language model. */
  readonly expected: {
    readonly model: string;
    /** Undefined on a GPU, whose speed was not measured. */
    readonly tokensPerSecond?: number;
    readonly memoryMb: number;
  };
  /** Names of the models to download. */
  readonly models: readonly string[];
  readonly downloadBytes: number;
  /** What a profile can't mend. */
  readonly notes: readonly string[];
}

/** Kept for the system, and for Tandem without its models, bytes. */
const RESERVED = 700e6;
const NOTHING: Part = { choices: [], models: [] };

export function recommend(machine: Machine, answers: Answers, wishes: Wishes): Recommendation {
  const isDevice = wishes.kind === 'device';
  const ears = isDevice ? hearing(machine, answers) : NOTHING;
  const voice = isDevice ? speaking(machine, answers) : NOTHING;
  const beside = [...ears.models, ...voice.models].reduce((sum, model) => sum + model.memoryMb * 1e6, RESERVED);
  const mind = answering(machine, answers, wishes.kind, machine.memory - beside);
  const downloads = [...mind.models, ...ears.models, ...voice.models].filter((model) => 'file' in model.source);
  const downloadBytes = downloads.reduce((sum, model) => sum + model.bytes, 0);
  return {
    kind: wishes.kind,
    choices: [...ears.choices, ...mind.choices, ...voice.choices, ...(isDevice ? turnTaking(answers, wishes) : []), ...broker(wishes)],
    expected: {
      model: mind.model.name,
      ...(mind.onGpu ? {} : { tokensPerSecond: expectedSpeed(machine, mind.model) }),
      memoryMb: Math.round(mind.memory / 1e6),
    },
    models: downloads.map((model) => model.name),
    downloadBytes,
    notes: notes(machine, answers, wishes, mind, downloadBytes),
  };
}

function turnTaking({ speed, questions }: Answers, wishes: Wishes): readonly Choice[] {
  const endpointing: Choice =
    speed === 'patient'
      ? { path: 'endpointing.style', value: 'patient', reason: 'Leaves time to think in the middle of a sentence.' }
      : { path: 'endpointing.style', value: 'quick', reason: 'Answers soon after the last word.' };
  if (wishes.broker === undefined) return [endpointing];
  const threshold = { hard: 0.4, mixed: 0.5, everyday: 0.7 }[questions];
  return [
    endpointing,
    {
      path: 'handoff.enabled',
      value: true,
      reason: 'You named a broker: hard questions go to a host, and are answered here when there is none.',
    },
    { path: 'routing.threshold', value: threshold, reason: `How readily a question is handed off where questions are ${questions}.` },
  ];
}

function broker({ broker: url }: Wishes): readonly Choice[] {
  return url === undefined ? [] : [{ path: 'mqtt.url', value: url, reason: 'The broker that you named.' }];
}

function notes(
  machine: Machine,
  { speed, questions }: Answers,
  { kind, broker: url }: Wishes,
  mind: Mind,
  downloadBytes: number,
): readonly string[] {
  const all: string[] = [];
  const tokensPerSecond = expectedSpeed(machine, mind.model);
  if (!mind.onGpu && !isStarter(mind.model) && tokensPerSecond < SLOWEST[speed]) {
    all.push(
      `About ${brief(tokensPerSecond)} tokens a second is less than speech at your speed needs (${SLOWEST[speed]}): the voice will pause.`,
    );
  }
  if (kind === 'device' && url === undefined && questions !== 'everyday' && mind.model.family !== 'exaone-3.5-7.8b') {
    all.push(
      'Hard questions are answered better by the 7.8B on a stronger machine: run `tandem host` there, and name its broker here (--broker).',
    );
  }
  if (kind === 'device' && machine.microphone === false) all.push('No microphone was found; --text and --in work without one.');
  if (downloadBytes * 1.2 > machine.diskFree)
    all.push(`The models need ${megabytes(downloadBytes)} of disk; ${megabytes(machine.diskFree)} are free.`);
  if (kind === 'device' && !machine.installed.includes('espeak-ng'))
    all.push('espeak-ng is not installed; scripts/talk installs what is missing.');
  return all;
}
