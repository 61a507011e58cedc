import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../../src/freePort.js';
import { closedAfterEach } from '../../support/closedAfterEach.js';
import { tandem } from '../../support/commandLine.js';
import { eventually } from '../../support/eventually.js';
import { ask, startDevice } from '../../support/handoff.js';
import { type CommandSettings, TandemProcess } from '../../support/handoffCommand.js';
import { Mosquitto } from '../../support/mosquitto.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

/** `tandem host` as a person starts it, with the starter model. */
const folder = temporaryFolder();
const keep = closedAfterEach();

const start = (args: readonly string[], settings?: CommandSettings) => keep(new TandemProcess(args, settings));

/** Gives a program a terminal. */
const terminal = ['python3', '-c', 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]))'];

describe('tandem host', () => {
  it('brings a broker along, answers, shows itself, and ends when told to', async () => {
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    const events = join(folder, 'events.jsonl');
    const host = start(['host', '--profile', 'starter-host', '--broker', '--mqtt', url, '--events', events]);
    await host.prints(' is ready');
    const client = keep(await startDevice(url, { device: 'kitchen', handoff: { firstTextTimeoutMs: 20_000 } }));
    await eventually('the host is seen', () => client.hostsAvailable().count === 1);
    expect(client.hostsAvailable().tokensPerSecond).toBeGreaterThan(0);
    const asked = ask(client, 'what is the capital of france');
    expect(await asked.answer).toMatchObject({ stopReason: 'end' });
    expect(asked.text()).toContain('Paris');
    await client.close();
    host.signal('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(host.err).toBe('');
    expect(host.out).toMatch(/kitchen: answered, \d+ tokens/);
    // No terminal, no line that is drawn over.
    expect(host.out).not.toContain('\r');
    const lines = (await readFile(events, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ event, state }) => (state === undefined ? event : `${event} ${state}`))).toEqual([
      'ready',
      'request accepted',
      'request started',
      'request first-text',
      'request done',
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/Paris|capital/);
  }, 90_000);

  it('on a terminal shows queue, speed and devices while it runs; --status and doctor show it too', async () => {
    const broker = keep(await Mosquitto.start());
    const host = start(['host', '--profile', 'starter-host', '--mqtt', broker.url], { within: terminal });
    await host.prints(/ready · 0 running · 0 of 16 waiting · \d+\.\d tokens\/s · 0 devices/);
    const client = keep(await startDevice(broker.url, { device: 'kitchen', handoff: { firstTextTimeoutMs: 20_000 } }));
    await host.prints(/0 of 16 waiting · \d+\.\d tokens\/s · 1 device/);
    await eventually('the host is seen', () => client.hostsAvailable().count === 1);
    await ask(client, 'what is the capital of france').answer;
    await host.prints(/\r\S*kitchen: answered, \d+ tokens.*\r?\n\S*: (?:ready|answering) · \d running/);

    const status = await tandem('host', '--status', '--profile', 'starter-host', '--mqtt', broker.url);
    expect([status.code, status.err]).toEqual([0, '']);
    expect(status.out).toMatch(/ready +home +exaone.* 0 +0 of 16 +\d+\.\d +\d+\.\d ms/);
    expect(status.out).toMatch(/kitchen +asleep/);

    const doctor = await tandem('doctor', '--profile', 'starter-host', '--mqtt', broker.url);
    expect([doctor.code, doctor.err]).toEqual([0, '']);
    expect(doctor.out).toMatch(new RegExp(`broker +ok +${broker.url}, MQTT 5`));
    expect(doctor.out).toMatch(/host \S+ +(?:ok|could be better) +ready, 0 of 16 waiting, round trip \d+\.\d ms/);

    // Ctrl-C, as typed.
    host.write('\u0003');
    expect(await host.ended).toBe(0);
  }, 90_000);

  it('tandem doctor says what is wrong with the broker: as a finding where it is not there, as a mistake where it is no address', async () => {
    const away = await tandem('doctor', '--profile', 'starter-host', '--mqtt', 'mqtt://127.0.0.1:1');
    expect(away.code).toBe(1);
    expect(away.out).toMatch(/broker +does not work +Nothing listens at mqtt:\/\/127\.0\.0\.1:1/);
    const none = await tandem('doctor', '--profile', 'starter-host', '--mqtt', 'somewhere');
    expect([none.code, none.err]).toEqual([2, expect.stringMatching(/^tandem: --mqtt must look like mqtt:/)]);
  }, 60_000);

  it.each<[string, readonly string[], number, RegExp]>([
    [
      'no broker',
      ['--status', '--profile', 'starter-host', '--mqtt', 'mqtt://127.0.0.1:1'],
      1,
      /^tandem: Nothing listens at mqtt:\/\/127\.0\.0\.1:1\. Start the broker/,
    ],
    ['no address', ['--profile', 'starter-host', '--mqtt', 'somewhere'], 2, /^tandem: --mqtt must look like mqtt:/],
    ['a device’s profile', ['--profile', 'starter'], 2, /^tandem: starter is the profile of a device/],
    ['no profile', ['--profile', 'nowhere'], 1, /^tandem: There is no profile "nowhere"/],
    ['flags that don’t go together', ['--status', '--broker'], 2, /^tandem: --status goes with neither/],
  ])('says in one sentence what is wrong: %s', async (_, args, code, message) => {
    const ended = await tandem('host', ...args);
    expect([ended.code, ended.err.trim().split('\n').length]).toEqual([code, 1]);
    expect(ended.err).toMatch(message);
  });
});
