import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tandem } from '../support/commandLine.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** `tandem scenario`, as somebody uses it who keeps scenarios of their own. */

const folder = temporaryFolder();

function scenario(name: string, rest: string): string {
  const file = join(folder, name);
  writeFileSync(file, `name: The device knows capitals\nwhy: Somebody asked\nturns:\n  - ask: what is the capital of france\n${rest}`);
  return file;
}

it('says what was not as it was written, and what happened instead; exit code 1', async () => {
  const file = scenario('wrong.yaml', '    answer: Rome\nexpect:\n  - route: host\natMost: 8 s\n');
  const { code, out } = await tandem('scenario', file);
  expect(code).toBe(1);
  expect(out).toMatch(/^FAILED The device knows capitals/);
  expect(out).toContain('expected route (to host); there was route (to device');
  expect(out).toContain('expected an answer to turn 1 with "Rome"; it said "The capital of France is Paris."');
  expect(out).toMatch(/ask\n.*answering/);
  expect(out).toContain('1 scenario in ');
}, 120_000);

it('keeps sounds and events, and tells programs', async () => {
  const file = scenario('right.yaml', '    answer: Paris\n');
  const { code, out } = await tandem('scenario', file, '--json', '--keep', join(folder, 'kept'));
  expect(code).toBe(0);
  const told = JSON.parse(out) as { readonly passed: number; readonly failed: number; readonly scenarios: readonly object[] };
  expect(told).toMatchObject({ passed: 1, failed: 0, scenarios: [{ name: 'The device knows capitals', ok: true, differences: [] }] });
  expect(readdirSync(join(folder, 'kept')).sort()).toEqual(['right.events.jsonl', 'right.heard.wav', 'right.played.wav']);
}, 120_000);

it('tells all mistakes of all files before anything runs; exit code 2', async () => {
  const right = scenario('first.yaml', '    answer: Paris\n');
  const wrong = scenario('second.yaml', '    anwser: Paris\n');
  const { code, out, err } = await tandem('scenario', right, wrong);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('second.yaml:5:5: turns[0].anwser: is not known. Did you mean turns[0].answer?');
});

it('does not play where nothing can be kept in the folder that was named; exit code 2', async () => {
  const file = scenario('right.yaml', '    answer: Paris\n');
  const { code, err } = await tandem('scenario', file, '--keep', file);
  expect(code).toBe(2);
  expect(err).toContain('is a file. Give --keep a folder');
});

it('a device that can not be started is told as a scenario that went wrong, and the next one is played', async () => {
  const model = join(folder, 'broken.onnx');
  writeFileSync(model, 'no model');
  const broken = scenario('broken.yaml', `    answer: Paris\nsettings:\n  wakeWord: { words: [{ word: mine, model: ${model} }] }\n`);
  const right = scenario('right.yaml', '    answer: Paris\n');
  const { code, out } = await tandem('scenario', broken, right);
  expect(code).toBe(1);
  expect(out).toMatch(/^FAILED .*\n.*the device to start and to go on; .*broken\.onnx[\s\S]*\nok /);
}, 120_000);
