import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PatientMicrophone } from '../../../src/audio/patientMicrophone.js';
import { openTalk } from '../../../src/device/open.js';
import { EventLog } from '../../../src/events/eventLog.js';
import type { LoggedEvent } from '../../../src/events/events.js';
import { projectRoot } from '../../../src/paths.js';
import { loadDeviceProfile } from '../../../src/profile/load.js';
import { childProcesses } from '../../support/childProcesses.js';
import { audible, samplesOf } from '../../support/deviceInSilence.js';
import { eventually } from '../../support/eventually.js';
import { KeptLog } from '../../support/keptLog.js';
import { type PulseAudio, startPulseAudio } from '../../support/pulseAudio.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

let server: PulseAudio;
beforeAll(async () => {
  server = await startPulseAudio();
});
afterAll(() => server.stop());
const folder = temporaryFolder();
const QUESTION = join(projectRoot, 'test', 'fixtures', 'capital-france-breath.wav');

it('a device without a microphone says so, hears when there is one, says when it goes, and ends at once when it is told to', async () => {
  await server.kill();
  const loaded = await loadDeviceProfile('starter');
  const audio = { ...loaded.profile.audio, input: 'pulse', inputDevice: server.monitor } as const;
  const out = join(folder, 'said.wav');
  const log = new EventLog();
  const events: LoggedEvent[] = [];
  log.listen((event) => events.push(event));
  const codes = () => events.flatMap((event) => (event.event === 'error' || event.event === 'notice' ? [event.code] : []));
  const states = () => events.flatMap((event) => (event.event === 'state' ? [event.state] : []));
  const { device, listen, close } = await openTalk(
    { ...loaded, profile: { ...loaded.profile, audio } },
    { in: 'mic', out },
    log,
    new KeptLog(),
  );
  const leaving = new AbortController();
  const listening = listen(leaving.signal);

  await eventually('it says that there is no microphone', () => codes().length > 0, 10_000);
  expect(codes()).toEqual(['microphone-missing']);
  await eventually('and says it', () => states().at(-1) === 'ringing', 10_000);
  await server.revive();
  await eventually('it hears again', () => codes().includes('microphone-back'), 40_000);
  await eventually('and has said so', () => states().at(-1) === 'asleep' && device.quiet, 30_000);
  const player = spawn('paplay', [`--device=${server.sink}`, QUESTION], { stdio: 'ignore' });
  await once(player, 'close');
  await eventually('it has answered', () => events.some(({ event }) => event === 'turn-end') && device.quiet, 30_000);
  expect(events.some((event) => event.event === 'transcript' && /capital of france/i.test(event.text))).toBe(true);

  await server.kill();
  await eventually('it says that the microphone is gone', () => codes().at(-1) === 'microphone-lost', 20_000);
  const before = performance.now();
  leaving.abort();
  await listening;
  await close();
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(codes()).toEqual(['microphone-missing', 'microphone-back', 'microphone-lost']);
  expect(childProcesses().filter(({ name }) => name === 'parec')).toEqual([]);
  // "I can't find a microphone", "I can hear you again" and an answer: several seconds.
  expect(audible(samplesOf(readFileSync(out)))).toBeGreaterThan(4 * 16_000);
  await server.revive();
}, 180_000);

it('looking for a microphone ends at once when it is told to', async () => {
  // A program that gives nothing is tried for three seconds.
  await server.kill();
  const microphone = await PatientMicrophone.load({ input: 'pulse', inputDevice: server.monitor, echoCancel: 'none' });
  const look = async (signal: AbortSignal) => {
    for await (const _ of microphone.frames(signal)) return 'a frame';
    return 'the end';
  };
  await expect(look(new AbortController().signal)).rejects.toMatchObject({ code: 'microphone-missing' });
  await expect(look(AbortSignal.abort())).resolves.toBe('the end');
  await server.revive();
  await expect(look(new AbortController().signal)).resolves.toBe('a frame');
  await microphone.close();
  expect(childProcesses().filter(({ name }) => name === 'parec')).toEqual([]);
});
