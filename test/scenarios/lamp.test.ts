import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../src/paths.js';
import { childProcesses } from '../support/childProcesses.js';
import { scriptedPrograms } from '../support/scriptedPrograms.js';
import { hearRecording } from '../support/talk.js';

const programs = scriptedPrograms();
const QUESTION = join(projectRoot, 'test', 'fixtures', 'capital-france-breath.wav');

it('a lamp follows a device through a turn; a microphone whose switch is on is heard, and nothing is left running', async () => {
  const lamp = programs.write('lamp', 'echo "$TANDEM_STATE" >> "$LOG"');
  const watch = programs.write('switch', 'echo unmuted; sleep 600');
  const { events } = await hearRecording(QUESTION, (profile) => ({
    ...profile,
    hardwareMute: { watch: [watch] },
    signals: [{ on: ['listening', 'transcribing', 'answering', 'speaking', 'asleep'], run: [lamp] }],
  }));
  expect(events.some((event) => event.event === 'transcript' && event.text !== '')).toBe(true);
  expect(programs.lines()).toEqual(expect.arrayContaining(['asleep', 'listening', 'transcribing', 'speaking']));
  expect(programs.lines().at(-1)).toBe('asleep');
  expect(childProcesses().filter(({ name }) => name === 'switch' || name === 'lamp')).toEqual([]);
}, 60_000);
