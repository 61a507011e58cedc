import { describe, expect, it } from 'vitest';
import { type ButtonAction, openButtons } from '../../../src/buttons/open.js';
import { buttonsOptions } from '../../../src/buttons/options.js';
import { EventLog } from '../../../src/events/eventLog.js';
import { KeptProgram } from '../../../src/programs/keptProgram.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { scriptedPrograms } from '../../support/scriptedPrograms.js';

const programs = scriptedPrograms();

async function open(options: unknown): Promise<{ pressed: ButtonAction[]; notices: string[]; close(): Promise<void> }> {
  const events = new EventLog();
  const pressed: ButtonAction[] = [];
  const notices: string[] = [];
  events.listen((event) => event.event === 'notice' && notices.push(event.message));
  const buttons = await openButtons(buttonsOptions.parse(options), { events, folder: '/', onPress: (action) => pressed.push(action) });
  return { pressed, notices, close: () => buttons.close() };
}

describe('a program for buttons', () => {
  it('does what its lines say, and nothing for any other line', async () => {
    const keys = programs.write(
      'keys',
      `echo talk; echo "  stop "; echo reboot; echo constructor; echo; head -c 100000 /dev/zero | tr '\\0' x; echo talk; printf mu; sleep 0.05; echo te; echo unmute
echo "$*" >> "$LOG"; sleep 600`,
    );
    const buttons = await open([{ watch: [keys, '; touch owned'] }]);
    await eventually('all lines have come', () => buttons.pressed.includes('unmute'));
    expect(buttons.pressed).toEqual(['talk', 'stop', 'mute', 'unmute']);
    await buttons.close();
    expect(programs.lines()).toEqual(['; touch owned']);
    expect(childProcesses().filter(({ name }) => name === 'keys' || name === 'sleep')).toEqual([]);
  });

  it('that is not there is worth one line', async () => {
    const buttons = await open([{ watch: ['no-such-program-here'] }]);
    await eventually('it is said', () => buttons.notices.length > 0);
    await buttons.close();
    expect(buttons.notices).toEqual(['The button no-such-program-here does not work (it is not there).']);
  });

  it('that ends is started again, with growing waits', async () => {
    const starts: number[] = [];
    const ends: string[] = [];
    const dies = programs.write('dies', 'echo talk; exit 1');
    const program = new KeptProgram([dies], {
      onLine: () => starts.push(performance.now()),
      onEnd: (why) => ends.push(why),
      restartMs: { first: 20, longest: 80 },
    });
    await eventually('it was started five times', () => starts.length >= 5);
    await program.close();
    expect(ends[0]).toBe('exit code 1');
    const waits = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(waits[3]).toBeGreaterThan(75);
  });
});

describe.each([
  { version: 1, text: 'v1.6.3', args: '--line-buffered --active-low --bias=pull-up --format=%e gpiochip0 5', released: '0' },
  { version: 2, text: 'v2.2.1', args: '--edges=both --active-low --bias=pull-up --format=%e --chip gpiochip0 5', released: '2' },
])('a button through libgpiod $version (a scripted gpiomon)', ({ text, args, released }) => {
  it.each([
    ['talk', 'talk'],
    ['stop', 'stop'],
    ['mute', 'toggle-mute'],
  ] as const)('does %s when it is pressed', async (does, action) => {
    programs.write('gpioset', `echo "gpioset (libgpiod) ${text}"`);
    programs.write('gpiomon', `echo "$*" >> "$LOG"; echo 1; echo ${released}; sleep 0.1; echo 1; sleep 600`);
    const buttons = await open([{ gpio: { line: 5, activeLow: true, bias: 'pull-up' }, does }]);
    await eventually('both presses have come', () => buttons.pressed.length >= 2);
    await buttons.close();
    expect(buttons.pressed).toEqual([action, action]);
    expect(programs.lines().at(-1)).toBe(args);
    expect(buttons.notices).toEqual([]);
  });
});
