import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/events/eventLog.js';
import type { LoggedEvent } from '../../../src/events/events.js';
import { openSignals } from '../../../src/signals/open.js';
import { SIGNAL_STATES } from '../../../src/signals/options.js';
import { ProgramSignal } from '../../../src/signals/programSignal.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { scriptedPrograms } from '../../support/scriptedPrograms.js';

const programs = scriptedPrograms();
const all = [...SIGNAL_STATES];
const since = (before: number) => programs.lines().slice(before);

describe('a program that follows the device', () => {
  it('gets the state in its environment and its arguments as they are written, without a shell', async () => {
    const before = programs.lines().length;
    const lamp = programs.write('lamp', 'echo "$TANDEM_STATE $*" >> "$LOG"');
    const signal = new ProgramSignal({ on: ['listening'], run: [lamp, '$(reboot); > x', '*'] }, '/', () => {});
    signal.show('answering');
    signal.show('listening');
    await signal.close();
    expect(since(before)).toEqual(['listening $(reboot); > x *']);
  });

  it('runs one at a time; of states that pass meanwhile only the newest is told', async () => {
    const before = programs.lines().length;
    const slow = programs.write('slow', 'echo "$TANDEM_STATE begins" >> "$LOG"\nsleep 0.2\necho "$TANDEM_STATE ends" >> "$LOG"');
    const signal = new ProgramSignal({ on: all, run: [slow] }, '/', () => {});
    for (const state of ['listening', 'transcribing', 'answering', 'speaking', 'asleep'] as const) signal.show(state);
    await signal.close();
    expect(since(before)).toEqual(['listening begins', 'listening ends', 'asleep begins', 'asleep ends']);
  });

  it('is told that the device sleeps when the device ends; its path may be relative to the profile', async () => {
    const before = programs.lines().length;
    programs.write('lamp', 'echo "$TANDEM_STATE" >> "$LOG"');
    const signal = new ProgramSignal({ on: ['listening', 'asleep'], run: ['./lamp'] }, programs.folder, () => {});
    signal.show('listening');
    await signal.close();
    expect(since(before)).toEqual(['listening', 'asleep']);
  });

  it('is ended where it hangs, and whatever it started with it', async () => {
    const why: string[] = [];
    const hangs = programs.write('hangs', 'trap "" TERM\nsleep 600 &\nwait; sleep 600');
    const signal = new ProgramSignal({ on: ['listening'], run: [hangs] }, '/', (one) => why.push(one), 100);
    signal.show('listening');
    await signal.close();
    expect(why).toEqual(['it did not end within 0.1 seconds']);
    expect(childProcesses().filter(({ name }) => name === 'hangs' || name === 'sleep')).toEqual([]);
  });

  it('that always hangs does not keep the device from ending', async () => {
    const hangs = programs.write('hangs', 'exec sleep 60');
    const signal = new ProgramSignal({ on: ['listening', 'asleep'], run: [hangs] }, '/', () => {});
    signal.show('listening');
    const before = performance.now();
    await signal.close();
    expect(performance.now() - before).toBeLessThan(8_000);
  }, 20_000);

  it('that fails is worth one line, and no error', async () => {
    const events = new EventLog();
    const heard: LoggedEvent[] = [];
    events.listen((event) => heard.push(event));
    const fails = programs.write('fails', 'echo "no such lamp" >&2\nexit 3');
    const signals = await openSignals(
      [
        { on: ['listening', 'asleep'], run: [fails] },
        { on: ['listening'], run: ['no-such-program-here'] },
      ],
      { events, folder: '/', broker: undefined },
    );
    for (let turn = 0; turn < 3; turn++) {
      events.emit({ event: 'state', state: 'asleep' });
      events.emit({ event: 'state', state: 'listening.quiet' });
      await eventually('both are tried', () => heard.filter(({ event }) => event === 'notice').length >= 2);
    }
    await signals.close();
    const said = heard.filter(({ event }) => event !== 'state').map((event) => ('message' in event ? event.message : ''));
    expect(said.sort()).toEqual([
      `The signal ${fails} does not work (no such lamp).`,
      'The signal no-such-program-here does not work (it is not there).',
    ]);
    expect(heard.filter(({ event }) => event === 'error')).toEqual([]);
  });
});
