/**
 * What the device adds to its engines in a turn: `npx tsx scripts/bench/turn.ts [TIMES]`.
 * Recordings at the pace of real time, a real player on a sound card that nobody hears (PulseAudio's null sink), the starter profile.
 */
import { join } from 'node:path';
import { openTalk } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import type { TurnTimings } from '../../src/events/events.js';
import { projectRoot } from '../../src/paths.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import { KeptLog } from '../../test/support/keptLog.js';
import { startPulseAudio } from '../../test/support/pulseAudio.js';
import { countArgument, machineLine, printTable, quantile } from './machine.js';

const RECORDINGS = ['capital-france-breath', 'largest-planet-breath', 'capital-italy-pause', 'fastest-animal-pause', 'time-breath'];
const STAGES = [
  ['endpointMs', 'silence that the endpointer waits for'],
  ['transcribeMs', 'speech-to-text'],
  ['routeMs', 'deciding who answers'],
  ['firstSentenceMs', 'first sentence of the answer'],
  ['synthesizeMs', 'first sound of its speech'],
  ['firstAudioMs', 'end of speech (detected) to first audio'],
  ['overheadMs', 'of that, not spent in engines'],
] as const satisfies readonly (readonly [keyof TurnTimings, string])[];

const times = countArgument(2);
const sound = await startPulseAudio();
const turns: TurnTimings[] = [];
try {
  const loaded = await loadDeviceProfile('starter');
  for (let round = 0; round < times; round++) {
    for (const name of RECORDINGS) {
      const events = new EventLog();
      events.listen((event) => {
        if (event.event === 'turn-end') turns.push(event.timings);
      });
      const file = join(projectRoot, 'test', 'fixtures', `${name}.wav`);
      const running = await openTalk(loaded, { in: file, out: 'speaker' }, events, new KeptLog());
      await running.listen(new AbortController().signal);
      await running.close();
    }
  }
} finally {
  await sound.stop();
}
process.stdout.write(`${machineLine()}, ${turns.length} turns\n\n`);
const milliseconds = (values: readonly number[], q: number): string => (quantile(values, q) ?? Number.NaN).toFixed(1);
printTable(
  ['ms', 'median', '95 %', 'what'],
  STAGES.map(([stage, what]) => {
    const values = turns.flatMap((turn) => (turn[stage] === undefined ? [] : [turn[stage]]));
    return [stage, milliseconds(values, 0.5), milliseconds(values, 0.95), what];
  }),
);
