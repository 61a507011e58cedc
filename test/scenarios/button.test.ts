import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inSilence } from '../support/deviceInSilence.js';
import { scriptedPrograms } from '../support/scriptedPrograms.js';

const programs = scriptedPrograms();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-button-'));
  vi.stubEnv('XDG_DATA_HOME', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('one button ends a timer that rings, another one begins to listen', async () => {
  mkdirSync(join(folder, 'tandem'));
  const due = { id: 'tea', language: 'en', dueAt: Date.now() - 1_000 };
  writeFileSync(join(folder, 'tandem', 'timers.json'), JSON.stringify({ version: 1, alerts: [due] }));
  // Both buttons follow what a lamp is told.
  const lamp = programs.write('lamp', 'echo "$TANDEM_STATE" >> "$LOG"');
  const buttons = programs.write(
    'buttons',
    `touch "$LOG"
until grep -q ringing "$LOG"; do sleep 0.02; done; echo stop
until [ "$(tail -n 1 "$LOG")" = asleep ]; do sleep 0.02; done; echo talk; exec sleep 600`,
  );
  const { events } = await inSilence(
    (profile) => ({
      ...profile,
      conversation: { ...profile.conversation, limits: { ...profile.conversation.limits, ringingMs: 3_600_000 } },
      signals: [{ on: ['asleep', 'ringing', 'listening'], run: [lamp] }],
      buttons: [{ watch: [buttons] }],
    }),
    async (device) => {
      await vi.waitUntil(() => programs.lines().includes('listening'), { timeout: 20_000 });
      await device.idle();
    },
  );
  const states = events.flatMap((event) => (event.event === 'state' ? [event.state] : []));
  expect(states.slice(0, 4)).toEqual(['asleep', 'ringing', 'asleep', 'listening.quiet']);
}, 60_000);
