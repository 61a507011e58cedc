import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TandemError } from '../../../src/errors.js';
import { EventFile } from '../../../src/events/eventFile.js';
import { EventLog, withoutSpeech } from '../../../src/events/eventLog.js';
import type { LoggedEvent } from '../../../src/events/events.js';
import { eventually } from '../../support/eventually.js';

describe('the event log', () => {
  it('is one JSON object a line, in order, with its time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-events-'));
    try {
      const log = new EventLog();
      const file = await EventFile.open(join(folder, 'events.jsonl'), log, () => {});
      log.emit({ event: 'wake', word: 'alexa', score: 0.9 }, { turn: 1, audioAt: 860.04 });
      log.emit({ event: 'transcript', text: 'hello', language: 'en' }, { turn: 1 });
      await file.close();
      const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n');
      const events = lines.map((line) => JSON.parse(line) as LoggedEvent);
      expect(events.map(({ event }) => event)).toEqual(['wake', 'transcript']);
      expect(events[0]).toMatchObject({ turn: 1, word: 'alexa', audioAt: 860 });
      expect(events[1]?.at).toBeGreaterThanOrEqual(events[0]?.at ?? Number.NaN);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says once that the disk is full, and goes on without it', async () => {
    const log = new EventLog();
    const failures: TandemError[] = [];
    const file = await EventFile.open('/dev/full', log, (error) => failures.push(error));
    for (let times = 0; times < 3; times++) log.emit({ event: 'first-token' });
    await eventually('the failure is told', () => failures.length > 0);
    log.emit({ event: 'first-token' });
    await file.close();
    expect(failures.map(({ code }) => code)).toEqual(['events-disk-full']);
  });

  it('can leave out what was said', () => {
    expect(withoutSpeech({ at: 1, event: 'transcript', text: 'my secret', language: 'en' })).not.toMatchObject({ text: 'my secret' });
    expect(withoutSpeech({ at: 1, event: 'sentence', text: 'your secret' })).not.toMatchObject({ text: 'your secret' });
  });
});
