import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../src/paths.js';
import { childProcesses } from '../support/childProcesses.js';
import { scriptedPrograms } from '../support/scriptedPrograms.js';
import { hearRecording } from '../support/talk.js';

const programs = scriptedPrograms();
const QUESTION = join(projectRoot, 'test', 'fixtures', 'capital-france-breath.wav');

it('while its switch is off, a device hears nothing, and its lamp says so; nothing is left running', async () => {
  const lamp = programs.write('lamp', 'echo "$TANDEM_STATE" >> "$LOG"');
  const watch = programs.write('switch', 'echo muted; sleep 600');
  const { events } = await hearRecording(QUESTION, (profile) => ({
    ...profile,
    hardwareMute: { watch: [watch] },
    signals: [{ on: ['muted', 'listening', 'asleep'], run: [lamp] }],
  }));
  expect(events.map(({ event }) => event).filter((event) => ['wake', 'transcript', 'speech-start'].includes(event))).toEqual([]);
  expect(programs.lines().at(0)).toBe('asleep');
  expect(programs.lines()).toContain('muted');
  expect(programs.lines()).not.toContain('listening');
  expect(childProcesses().filter(({ name }) => name === 'switch' || name === 'lamp')).toEqual([]);
}, 60_000);

it('the same device answers when its switch is on, and its lamp follows', async () => {
  writeFileSync(join(programs.folder, 'log'), '');
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
}, 60_000);
