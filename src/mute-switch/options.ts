import { z } from 'zod';
import { inputLine } from '../gpio/options.js';
import { programAndArguments } from '../programs/options.js';

/** The `hardwareMute:` section of a profile. */
export const muteSwitchOptions = z
  .union([
    z.strictObject({
      gpio: inputLine.describe('A switch on a pin, read through the programs of libgpiod; the microphone is off while the line is active.'),
    }),
    z.strictObject({
      watch: programAndArguments.describe(
        'A program and its arguments, paths relative to the profile, never a shell line, that runs as long as the device and prints a line, muted or unmuted, at its start and at each change.',
      ),
    }),
  ])
  .describe(
    'A switch for the microphone that nothing but a hand undoes: while it is off, not a sample reaches an engine. Also off while the switch can not be read.',
  );

export type MuteSwitchOptions = z.output<typeof muteSwitchOptions>;
