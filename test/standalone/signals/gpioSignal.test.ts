import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/events/eventLog.js';
import { Libgpiod } from '../../../src/gpio/libgpiod.js';
import { GpioSignal } from '../../../src/signals/gpioSignal.js';
import { openSignals } from '../../../src/signals/open.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { scriptedGpioset, scriptedPrograms } from '../../support/scriptedPrograms.js';

const programs = scriptedPrograms();
const gpio = { chip: 'gpiochip0', line: 17, activeLow: false };
const since = (before: number) => programs.lines().slice(before);

async function libgpiod(): Promise<Libgpiod> {
  const found = await Libgpiod.find();
  if (found === undefined) throw new Error('the scripted gpioset was not found');
  return found;
}

describe.each([
  {
    version: 1,
    on: '--mode=signal gpiochip0 17=1',
    off: '--mode=exit gpiochip0 17=0',
    low: '--mode=signal --active-low gpiochip0 17=1',
  },
  {
    version: 2,
    on: '--chip gpiochip0 17=1',
    off: '--toggle 0 --chip gpiochip0 17=0',
    low: '--active-low --chip gpiochip0 17=1',
  },
] as const)('a lamp through libgpiod $version (a scripted gpioset)', ({ version, on, off, low }) => {
  it('is held while it is lit, and driven off afterwards', async () => {
    const before = programs.lines().length;
    scriptedGpioset(programs, version);
    const lamp = new GpioSignal({ on: ['listening', 'speaking'], gpio }, await libgpiod(), (why) => expect.fail(why));
    lamp.show('asleep');
    lamp.show('listening');
    await eventually('the line is held', () => since(before).includes(on));
    expect(childProcesses().filter(({ name }) => name === 'gpioset')).toHaveLength(1);
    lamp.show('speaking');
    lamp.show('asleep');
    await eventually('the line is let go', () => since(before).filter((line) => line === off).length === 2);
    await lamp.close();
    expect(since(before)).toEqual([off, on, 'let go of 17=1', off]);
    expect(childProcesses().filter(({ name }) => name === 'gpioset')).toEqual([]);
  });

  it('is off when the device ends; a lamp that is lit by a low line is told so', async () => {
    const before = programs.lines().length;
    scriptedGpioset(programs, version);
    const lamp = new GpioSignal({ on: ['asleep'], gpio: { ...gpio, activeLow: true } }, await libgpiod(), (why) => expect.fail(why));
    lamp.show('asleep');
    await eventually('the line is held', () => since(before).includes(low));
    await lamp.close();
    expect(since(before)).toHaveLength(3);
    expect(since(before)[1]).toBe('let go of 17=1');
    expect(childProcesses().filter(({ name }) => name === 'gpioset')).toEqual([]);
  });
});

describe('a lamp that can not be lit', () => {
  it('because somebody else holds the line is worth one line', async () => {
    programs.write(
      'gpioset',
      `if [ "$1" = --version ]; then echo "gpioset (libgpiod) v1.6.3"; exit; fi
echo "gpioset: error setting the GPIO line values: Device or resource busy" >&2; exit 1`,
    );
    const events = new EventLog();
    const notices: string[] = [];
    events.listen((event) => event.event === 'notice' && notices.push(event.message));
    const signals = await openSignals([{ on: ['listening'], gpio }], { events, folder: '/', broker: undefined });
    for (const state of ['asleep', 'listening.quiet', 'asleep', 'listening.quiet']) events.emit({ event: 'state', state });
    await signals.close();
    expect(notices).toEqual([
      'The signal gpiochip0 line 17 does not work (gpioset: error setting the GPIO line values: Device or resource busy).',
    ]);
  });
});

/** A pin that a test may drive, `gpiochip0:17`: nobody knows what hangs on the pins of this machine but its owner. */
const [chip = '', line = ''] = (process.env.TANDEM_TEST_GPIO ?? '').split(':');
describe('a real pin', () => {
  it.skipIf(chip === '')('is held by the real gpioset (skipped unless TANDEM_TEST_GPIO=CHIP:LINE names one)', async () => {
    rmSync(join(programs.folder, 'gpioset'));
    const options = { on: ['listening' as const], gpio: { chip, line: Number(line), activeLow: false } };
    const why: string[] = [];
    const lamp = new GpioSignal(options, await libgpiod(), (one) => why.push(`first: ${one}`));
    const second = new GpioSignal(options, await libgpiod(), (one) => why.push(`second: ${one}`));
    lamp.show('listening');
    await eventually('the line is held, so that nobody else can have it', () => {
      second.show('asleep');
      second.show('listening');
      return why.some((one) => one.startsWith('second'));
    });
    await second.close();
    await lamp.close();
    expect(why.filter((one) => one.startsWith('first'))).toEqual([]);
  });
});
