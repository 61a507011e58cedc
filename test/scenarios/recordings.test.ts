import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { LoggedEvent } from '../../src/events/events.js';
import { projectRoot } from '../../src/paths.js';
import { hearRecording } from '../support/talk.js';

/** Every fixture recording through a whole device, with the starter profile's real engines. */

interface Recording {
  readonly file: string;
  readonly kind: string;
  readonly say?: string;
  readonly skill?: string;
}

const { recordings } = parse(readFileSync(join(projectRoot, 'scripts', 'fixtures', 'recordings.yaml'), 'utf8')) as {
  recordings: readonly Recording[];
};
const fixture = (name: string): string => join(projectRoot, 'test', 'fixtures', `${name}.wav`);
const names = (events: readonly LoggedEvent[]): string[] => events.map(({ event }) => event);
const outcomes = (events: readonly LoggedEvent[]): string[] => events.flatMap((event) => (event.event === 'turn-end' ? [event.outcome] : []));

describe('recordings with one question', () => {
  const questions = recordings.filter(({ kind }) => kind === 'one-breath' || kind === 'pause');

  it.each(questions)('$file: hears, answers, and sleeps again', async ({ file }) => {
    const { events } = await hearRecording(fixture(file));
    expect(names(events).filter((name) => ['wake', 'speech-start', 'speech-end', 'transcript'].includes(name))).toEqual([
      'wake',
      'speech-start',
      'speech-end',
      'transcript',
    ]);
    expect(outcomes(events)).toEqual(['answered']);
    expect(events.filter(({ event }) => event === 'error')).toEqual([]);
    const states = events.flatMap((event) => (event.event === 'state' ? [event.state] : []));
    expect(states.at(-1)).toBe('asleep');
  });
});
