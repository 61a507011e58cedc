import { z } from 'zod';
import { momentMatch, stateNames, textMatch } from './moments.js';
import { duration, level } from './units.js';

/** A scenario file: what people do, when, and what the device must and must not do. The README of the scenarios explains each field. */

const spokenText = z.string().trim().min(1).max(2_000);

const actions = {
  hear: z.string().min(1).optional().describe('A WAV file that the microphone hears, relative to this file.'),
  ask: spokenText.optional().describe('A question that is typed.'),
  press: z.enum(['talk', 'stop', 'mute', 'unmute']).optional().describe('A button of the device.'),
  say: spokenText.optional().describe('Something that the device is told to say, over MQTT.'),
  command: z
    .union([z.enum(['stop', 'mute', 'unmute']), z.strictObject({ volume: z.number().min(0).max(100) })])
    .optional()
    .describe('A command as it comes over MQTT.'),
  unplug: duration.optional().describe('The microphone is pulled out, for this long by the clock on the wall.'),
  broker: z.enum(['stops', 'starts']).optional().describe('The broker at home loses its power, or has it back.'),
  host: z.enum(['stops', 'starts']).optional().describe('The host at home is ended, or started.'),
  otherDevice: z.string().min(1).optional().describe('Another device at home hears this wake word, such as alexa.'),
};
const actionNames = Object.keys(actions);

const turn = z
  .strictObject({
    ...actions,
    level: level.optional().describe('How much louder or softer than the file, such as -10 dB.'),
    at: duration.optional().describe('When, counted from the start: 3 s.'),
    after: momentMatch.optional().describe('Begins when this happens, after the turn before has begun.'),
    wait: duration.optional().describe('How long after that: 500 ms.'),
    answer: textMatch.optional().describe('Words that the answer to this turn must hold.'),
    spoken: textMatch.optional().describe('The same for the words as they are pronounced, notices and rings included.'),
  })
  .refine(
    (value) => actionNames.filter((name) => name in value).length === 1,
    `each turn does one thing: write one of ${actionNames.join(', ')}`,
  )
  .refine((value) => value.at === undefined || value.after === undefined, 'write at or after, not both')
  .refine((value) => value.wait === undefined || value.after !== undefined, 'wait goes with after');

const limit = z.strictObject({
  from: momentMatch,
  to: momentMatch.describe('The next one after from.'),
  within: duration.optional().describe('At most this long.'),
  notBefore: duration.optional().describe('At least this long.'),
});

const unwanted = z
  .union([momentMatch, z.strictObject({ what: momentMatch, after: momentMatch.optional(), before: momentMatch.optional() })])
  .transform((value) => ('what' in value ? value : { what: value, after: undefined, before: undefined }));

export const scenarioSchema = z
  .strictObject({
    name: z.string().trim().min(8).max(200).describe('One sentence that anybody understands: what the device does here.'),
    why: z.string().trim().min(8).max(500).describe('Which complaint or wish of people this is about.'),
    profile: z.string().min(1).default('starter').describe('Name or file of a device profile.'),
    settings: z.record(z.string(), z.unknown()).default({}).describe('What is different from that profile, written as in a profile.'),
    clock: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, 'must be a date and a time such as 2026-11-23 07:00')
      .optional()
      .describe('What time it is at the start; left out: now.'),
    background: z
      .strictObject({ hear: z.string().min(1), level: level.prefault('0 dB') })
      .optional()
      .describe('A WAV file that goes on all the time, again and again.'),
    echo: level.optional().describe('The microphone hears the loudspeaker, this much softer: -20 dB.'),
    thinking: duration
      .optional()
      .describe('The model on the device takes this much longer for each answer, as a big one on a small machine does.'),
    home: z
      .strictObject({ host: z.boolean().default(true), otherDevice: z.boolean().default(false) })
      .optional()
      .describe('A broker at home, with a host and perhaps another device.'),
    turns: z.array(turn).max(100).describe('What people do, in this order.'),
    expect: z.array(momentMatch).default([]).describe('What must happen, in this order; other things may happen between.'),
    never: z.array(unwanted).default([]).describe('What must not happen at all, or not after or before something else.'),
    answer: textMatch.optional().describe('Words that all answers together must hold.'),
    spoken: textMatch.optional().describe('The same for the words as they are pronounced, notices and rings included.'),
    limits: z.array(limit).default([]).describe('How long something may take.'),
    ends: stateNames.default('asleep').describe('The state that the device must be in at the end.'),
    goesOn: duration.prefault('500 ms').describe('How long it goes on in silence when everything expected has happened.'),
    atMost: duration.prefault('60 s').describe('The longest that it may take.'),
  })
  .refine(
    ({ home, turns }) =>
      home !== undefined || turns.every(({ broker, host, otherDevice }) => (broker ?? host ?? otherDevice) === undefined),
    'broker, host and otherDevice need a home: write home: {}',
  )
  .refine(({ home, turns }) => home?.otherDevice === true || turns.every(({ otherDevice }) => otherDevice === undefined), {
    path: ['home'],
    message: 'needs otherDevice: true for a turn of the other device',
  })
  .refine(checksSomething, 'checks nothing: write expect, never, answer, spoken or limits');

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioTurn = Scenario['turns'][number];

function checksSomething(scenario: {
  readonly turns: readonly { readonly answer?: unknown; readonly spoken?: unknown }[];
  readonly expect: readonly unknown[];
  readonly never: readonly unknown[];
  readonly limits: readonly unknown[];
  readonly answer?: unknown;
  readonly spoken?: unknown;
}): boolean {
  const { turns, expect, never, limits, answer, spoken } = scenario;
  return (
    expect.length + never.length + limits.length > 0 ||
    answer !== undefined ||
    spoken !== undefined ||
    turns.some((one) => one.answer !== undefined || one.spoken !== undefined)
  );
}
