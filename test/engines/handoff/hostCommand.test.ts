import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../../src/cli/commandLine.js';
import { projectRoot } from '../../../src/paths.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/freePort.js';
import { ask, startDevice } from '../../support/handoff.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

/** `tandem host` as a person starts it, with the starter model. */
const folder = temporaryFolder();
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function tandem(...args: readonly string[]) {
  const main = join(projectRoot, 'src', 'cli', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, ended, out: () => out, err: () => err };
}

describe('tandem host', () => {
  it('brings a broker along, answers, shows itself, and ends when told to', async () => {
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    const events = join(folder, 'events.jsonl');
    const host = tandem('host', '--profile', 'starter-host', '--broker', '--mqtt', url, '--events', events);
    await eventually('it is ready', () => host.out().includes(' is ready'), 60_000);
    const client = await startDevice(url, { device: 'kitchen', handoff: { firstTextTimeoutMs: 20_000 } });
    try {
      await eventually('the host is seen', () => client.hostsAvailable().count === 1);
      expect(client.hostsAvailable().tokensPerSecond).toBeGreaterThan(0);
      const asked = ask(client, 'what is the capital of france');
      expect(await asked.answer).toMatchObject({ stopReason: 'end' });
      expect(asked.text()).toContain('Paris');
      const status = tandem('host', '--status', '--profile', 'starter-host', '--mqtt', url);
      expect(await status.ended).toBe(0);
      expect(status.out()).toMatch(/ready +home +exaone.* ms/);
      expect(status.out()).toMatch(/kitchen +asleep/);
    } finally {
      await client.close();
    }
    host.child.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(host.err()).toBe('');
    expect(host.out()).toMatch(/kitchen: answered, \d+ tokens/);
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
    let said = '';
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    const ended = await runCommandLine(['node', 'tandem', 'host', ...args]);
    write.mockRestore();
    expect([ended, said.trim().split('\n').length]).toEqual([code, 1]);
    expect(said).toMatch(message);
  });
});
