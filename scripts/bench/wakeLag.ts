/**
 * How long after the end of a wake word its score is over the threshold: `npx tsx scripts/bench/wakeLag.ts`. Synthetic voices say the
 * word with a question right after it, beginning at different places within a step. The engine takes `lagMs` of
 * `src/wake-word/openWakeWord.ts` off the place that it names; what is left should be negative nearly always, so that the question
 * is whole, and small.
 */
import { msToSamples, samplesToMs } from '../../src/audio/contract.js';
import { concatenate } from '../../src/audio/pcm.js';
import { OpenWakeWord } from '../../src/wake-word/openWakeWord.js';
import { BUILT_IN_WORDS } from '../../src/wake-word/options.js';
import { type FixtureVoice, speak } from '../fixtures/voices.js';
import { machineLine, printTable, quantile } from './machine.js';

/** As synthetic voices pronounce them right. */
const SPOKEN: Readonly<Record<(typeof BUILT_IN_WORDS)[number], string>> = {
  alexa: 'alexa',
  hey_jarvis: 'hey jarvis',
  hey_mycroft: 'hey my croft',
  hey_rhasspy: 'hey raspy',
};
const VOICES: readonly FixtureVoice[] = [
  { program: 'festival', voice: 'voice_kal_diphone', stretch: 1.1 },
  { program: 'festival', voice: 'voice_cmu_us_slt_arctic_hts', stretch: 1 },
  { program: 'espeak-ng', voice: 'en-gb', speed: 130 },
  { program: 'espeak-ng', voice: 'en-gb+m3', speed: 160 },
  { program: 'espeak-ng', voice: 'en-gb-x-rp+f2', speed: 160 },
];
const WITHIN_STEP_MS = [0, 20, 40, 60];

const rows: string[][] = [];
for (const word of BUILT_IN_WORDS) {
  const engine = await OpenWakeWord.load({ words: [word] }, { modelFile: async (path) => path });
  const left: number[] = [];
  let tries = 0;
  for (const voice of VOICES) {
    const [said, question] = [await speak(SPOKEN[word], voice), await speak('what time is it', voice)];
    for (const shift of WITHIN_STEP_MS) {
      tries++;
      const quiet = new Int16Array(msToSamples(1000 + shift));
      engine.reset();
      const scores = await engine.process(concatenate([quiet, said, question, quiet]));
      const first = scores.find(({ score }) => score >= 0.5);
      if (first !== undefined) left.push(samplesToMs(first.endSample - quiet.length - said.length));
    }
  }
  await engine.close();
  const at = (share: number) => (quantile(left, share) ?? Number.NaN).toFixed(0);
  rows.push([word, `${left.length} of ${tries}`, at(0.05), at(0.5), at(0.95)]);
}
process.stdout.write(`${machineLine()}\nms from the real end of the word to the place that the engine names\n\n`);
printTable(['word', 'heard', '5 %', 'median', '95 %'], rows);
