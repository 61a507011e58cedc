import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inSilence } from '../support/deviceInSilence.js';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-night-'));
  vi.stubEnv('XDG_DATA_HOME', folder);
  await mkdir(join(folder, 'tandem'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function keep(name: string, dueMsAgo: number): void {
  const alert = { id: name, name: 'tea', language: 'en', dueAt: Date.now() - dueMsAgo };
  writeFileSync(join(folder, 'tandem', `${name}.json`), JSON.stringify({ version: 1, alerts: [alert] }));
}

/** "23:05", so many hours from now. */
function hoursFromNow(hours: number): string {
  const time = new Date(Date.now() + hours * 3_600_000);
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
}

it('after a power cut at night, a timer that is due rings softly, and what was missed hours ago is not told before the morning', async () => {
  keep('timers', 60_000);
  keep('alarms', 2 * 3_600_000);
  const { events, sound } = await inSilence(
    ({ conversation, ...profile }) => ({
      ...profile,
      conversation: { ...conversation, limits: { ...conversation.limits, ringingMs: 5_000 } },
      quietHours: { from: hoursFromNow(-2), to: hoursFromNow(2), volume: 10 },
    }),
    async () => {},
  );
  const states = events.flatMap((event) => (event.event === 'state' ? [event.state] : []));
  expect(states).toEqual(['asleep', 'ringing', 'asleep']);
  // Ten percent, loudness being heard squared: a hundredth of full scale.
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(loudest).toBeGreaterThan(20);
  expect(loudest).toBeLessThan(330);
}, 60_000);
