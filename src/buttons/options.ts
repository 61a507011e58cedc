import { z } from 'zod';
import { inputLine } from '../gpio/options.js';
import { programAndArguments } from '../programs/options.js';

/** The `buttons:` section of a profile: pins and programs that do what a person's hand wants. */

const gpioButton = z.strictObject({
  gpio: inputLine.describe('A button on a pin, read through the programs of libgpiod; pressed while the line is active.'),
  does: z
    .enum(['talk', 'stop', 'mute'])
    .describe('talk: listen without a wake word; stop: end whatever runs; mute: switch the microphone off, and on again.'),
});

const programButtons = z.strictObject({
  watch: programAndArguments.describe(
    'A program and its arguments, paths relative to the profile, never a shell line, that runs as long as the device; each line that it prints does something: talk, stop, mute or unmute.',
  ),
});

export const buttonsOptions = z
  .array(z.union([gpioButton, programButtons]))
  .max(16)
  .default([])
  .describe('Buttons: a list of {gpio, does} or {watch}.');

export type ButtonOptions = z.output<typeof buttonsOptions>[number];
