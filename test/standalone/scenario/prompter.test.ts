import { expect, it } from 'vitest';
import { msToSamples } from '../../../src/audio/contract.js';
import { Prompter } from '../../../src/scenario/prompter.js';
import { scenarioSchema } from '../../../src/scenario/schema.js';
import type { Moment } from '../../../src/scenario/timeline.js';

const moment = (name: string): Moment => ({ name, fields: {}, time: 0, turn: 0 });
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

function prompter(turns: readonly object[]) {
  const begun: number[] = [];
  const waits: { readonly ms: number; readonly run: () => void }[] = [];
  const room = { quiet: true };
  const scenario = scenarioSchema.parse({ name: 'people have cues', why: 'to try the prompter', turns, expect: ['ask'] });
  const prompts = new Prompter({
    turns: scenario.turns,
    act: (_, index) => begun.push(index),
    quiet: () => room.quiet,
    after: (ms, run) => waits.push({ ms, run }),
  });
  const frames = (from: number, to: number): void => {
    for (let ms = from; ms < to; ms += 80) prompts.onFrame(msToSamples(ms));
  };
  return { prompts, begun, waits, room, frames };
}

it('a turn without a time comes when it has been quiet for a while, and not before', () => {
  const { begun, room, frames } = prompter([{ ask: 'one' }, { ask: 'two' }]);
  room.quiet = false;
  frames(0, 5_000);
  expect(begun).toEqual([]);
  room.quiet = true;
  frames(5_000, 6_200);
  expect(begun).toEqual([0]);
  frames(6_200, 7_400);
  expect(begun).toEqual([0, 1]);
});

it('a time is counted from the start, quiet or not', () => {
  const { begun, room, frames } = prompter([{ ask: 'one', at: '2 s' }]);
  room.quiet = false;
  frames(0, 2_000);
  expect(begun).toEqual([]);
  frames(2_000, 2_160);
  expect(begun).toEqual([0]);
});

it('a cue counts once the turn before has begun, and only the first one', async () => {
  const { prompts, begun, frames } = prompter([{ ask: 'one' }, { ask: 'two', after: 'first-audio' }]);
  prompts.onMoment(moment('first-audio'));
  await soon();
  expect(begun).toEqual([]);
  frames(0, 1_200);
  prompts.onMoment(moment('asleep'));
  prompts.onMoment(moment('first-audio'));
  prompts.onMoment(moment('first-audio'));
  await soon();
  expect(begun).toEqual([0, 1]);
  expect(prompts.done).toBe(true);
});

it('waits after its cue in the time of the scenario', () => {
  const { prompts, begun, waits } = prompter([{ press: 'stop', after: 'wake', wait: '300 ms' }]);
  prompts.onMoment(moment('wake'));
  expect(begun).toEqual([]);
  expect(waits.map(({ ms }) => ms)).toEqual([300]);
  waits[0]?.run();
  expect(begun).toEqual([0]);
});
