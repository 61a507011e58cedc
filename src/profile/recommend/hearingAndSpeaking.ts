import { megabytes } from '../../models/text.js';
import type { Answers } from './answers.js';
import { byName, type Part } from './choice.js';
import type { Machine } from './machine.js';

/** Which ears and which voice a machine has time and room for. */

/** Below this, nothing large fits beside a language model, bytes. */
const SMALL_MEMORY = 1.5e9;

export function hearing(machine: Machine, { speed, languages }: Answers): Part {
  const english = languages === 'en';
  if (machine.memory < SMALL_MEMORY && english) {
    const reason = `Whisper beside a language model needs more than ${megabytes(machine.memory)}; PocketSphinx needs little, and understands short English sentences.`;
    return { models: [], choices: [{ path: 'speechToText.engine', value: 'pocketsphinx', reason }] };
  }
  const roomy = isQuick(machine) && machine.cores >= 6 && machine.memory >= 7.5e9 && speed !== 'quick';
  const size = roomy ? 'small' : isQuick(machine) ? 'base' : 'tiny';
  const model = byName(`whisper-${size}${english ? '.en' : ''}`);
  const why = {
    small: `${machine.cores} quick cores have time for the size that mishears least`,
    base: 'the size that answers in a fraction of a second on this processor',
    tiny: 'this processor is too slow for a larger one',
  }[size];
  const engine = 'The quickest way to Whisper: whisper.cpp, built on this machine and kept running.';
  return {
    models: [model],
    choices: [
      { path: 'speechToText.engine', value: 'whisperServer', reason: engine },
      { path: 'speechToText.model', value: model.name, reason: `${english ? 'English only' : 'Several languages'}; ${why}.` },
    ],
  };
}

export function speaking(machine: Machine, { languages }: Answers): Part {
  const small = (reason: string): Part => ({ models: [], choices: [{ path: 'speechOutput.engine', value: 'espeakNg', reason }] });
  if (languages.startsWith('ko')) return small('It speaks Korean with nothing to download.');
  if (machine.memory < SMALL_MEMORY || !isQuick(machine))
    return small('A natural voice would speak late on this processor; this one speaks at once.');
  const model = byName('piper-en-us-ljspeech');
  return {
    models: [model],
    choices: [
      { path: 'speechOutput.engine', value: 'sherpa', reason: 'This processor is quick enough for a natural voice.' },
      {
        path: 'speechOutput.model',
        value: model.name,
        reason: 'A Piper voice from recordings in the public domain; `tandem models list` shows others.',
      },
    ],
  };
}

/** A processor with what makes neural networks quick. */
function isQuick(machine: Machine): boolean {
  return machine.gpu !== undefined || ['avx2', 'asimddp', 'i8mm', 'avx512f'].some((feature) => machine.features.includes(feature));
}
