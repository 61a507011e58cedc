import { z } from 'zod';
import { gpioLine } from '../gpio/options.js';
import { programAndArguments } from '../programs/options.js';

/** The `signals:` section of a profile: lamps, programs and messages that follow what the device does. */

/** States as a person sees them. */
export const SIGNAL_STATES = [
  'asleep',
  'listening',
  'transcribing',
  'answering',
  'speaking',
  'follow-up',
  'ringing',
  'muted',
  'failed',
] as const;
export type SignalState = (typeof SIGNAL_STATES)[number];

const on = z.array(z.enum(SIGNAL_STATES)).min(1).max(SIGNAL_STATES.length).describe('States of the device that switch this signal on.');

const programSignal = z.strictObject({
  on,
  run: programAndArguments.describe(
    'A program and its arguments, paths relative to the profile, never a shell line; the environment variable TANDEM_STATE holds the name of the state. It has ten seconds.',
  ),
});

const gpioSignal = z.strictObject({
  on,
  gpio: gpioLine.describe('A lamp on a pin, set through the programs of libgpiod; lit while the line is active.'),
});

const mqttSignal = z.strictObject({
  on,
  mqtt: z
    .strictObject({
      topic: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^#+\p{Cc}]+$/u, 'must not hold # or +')
        .describe('Topic that gets a message.'),
      payload: z.string().max(1000).default('on').describe('Message when one of the states begins.'),
      payloadOff: z.string().max(1000).optional().describe('Message when it has ended; left out: none.'),
    })
    .describe('A message on the broker of the mqtt section.'),
});

export const signalOptions = z
  .array(z.union([programSignal, gpioSignal, mqttSignal]))
  .max(32)
  .default([])
  .describe('Lamps, programs and messages that follow what the device does: a list of {on, run}, {on, gpio} or {on, mqtt}.');

export type SignalOptions = z.output<typeof signalOptions>[number];
