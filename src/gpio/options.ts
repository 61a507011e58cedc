import { z } from 'zod';

/** A pin, as a profile names it. */
export const gpioLine = z.strictObject({
  chip: z
    .string()
    .regex(/^gpiochip\d{1,2}$/, 'must look like gpiochip0')
    .default('gpiochip0')
    .describe('GPIO chip, as `gpiodetect` names it.'),
  line: z.int().min(0).max(511).describe('Number of the line on that chip, as `gpioinfo` shows it.'),
  activeLow: z.boolean().default(false).describe('True where the line is active while it is low.'),
});

export type GpioLine = z.output<typeof gpioLine>;

/** A pin that is read. */
export const inputLine = gpioLine.extend({
  bias: z
    .enum(['as-is', 'pull-up', 'pull-down'])
    .default('as-is')
    .describe('Resistor of the chip itself; a button between the line and ground wants pull-up and activeLow.'),
});

export type InputLine = z.output<typeof inputLine>;
