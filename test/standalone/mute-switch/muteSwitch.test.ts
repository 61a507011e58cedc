import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AudioSource, FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { EventLog } from '../../../src/events/eventLog.js';
import { MuteSwitch } from '../../../src/mute-switch/muteSwitch.js';
import { type MuteSwitchOptions, muteSwitchOptions } from '../../../src/mute-switch/options.js';
import { SwitchedSource } from '../../../src/mute-switch/switchedSource.js';
import { childProcesses } from '../../support/childProcesses.js';
import { eventually } from '../../support/eventually.js';
import { scriptedPrograms } from '../../support/scriptedPrograms.js';

const programs = scriptedPrograms();
/** A program that says what stands in this file, at each change. */
const position = join(programs.folder, 'position');
const put = (where: 'muted' | 'unmuted' | 'gone') => writeFileSync(position, where);
const followsFile = programs.write(
  'follows-file',
  `while now=$(cat '${position}'); do
  [ "$now" = gone ] && exit 1
  [ "$now" = "$before" ] || echo "$now"; before=$now; sleep 0.02
done`,
);

async function open(options: unknown) {
  const events = new EventLog();
  const notices: string[] = [];
  events.listen((event) => event.event === 'notice' && notices.push(event.message));
  const muteSwitch = await MuteSwitch.open(muteSwitchOptions.parse(options) as MuteSwitchOptions, '/', events);
  return { muteSwitch, notices };
}

describe('a switch that a program watches', () => {
  it('is read before anything is heard, and followed', async () => {
    put('unmuted');
    const { muteSwitch } = await open({ watch: [followsFile] });
    expect(muteSwitch.isOff).toBe(false);
    put('muted');
    await eventually('it is off', () => muteSwitch.isOff);
    put('unmuted');
    await eventually('it is on', () => !muteSwitch.isOff);
    await muteSwitch.close();
    expect(childProcesses().filter(({ name }) => name === 'follows-file')).toEqual([]);
  });

  it('is off where it can not be read, and says so once', async () => {
    put('unmuted');
    const { muteSwitch, notices } = await open({ watch: [followsFile] });
    put('gone');
    await eventually('it is off', () => muteSwitch.isOff);
    put('unmuted');
    await eventually('its program is back', () => !muteSwitch.isOff);
    await muteSwitch.close();
    expect(notices).toEqual([`The microphone's switch ${followsFile} can not be read (exit code 1): the microphone stays off.`]);

    const missing = await open({ watch: ['no-such-program-here'] });
    expect(missing.muteSwitch.isOff).toBe(true);
    await missing.muteSwitch.close();
    expect(missing.notices).toHaveLength(1);
  });
});

describe.each([
  { version: 1, text: 'v1.6.3', get: '--active-low gpiochip0 6', released: '0' },
  { version: 2, text: 'v2.2.1', get: '--numeric --active-low --chip gpiochip0 6', released: '2' },
])('a switch through libgpiod $version (scripted programs)', ({ text, get, released }) => {
  it('is read at the start, goes off at once and on when it is at rest', async () => {
    programs.write('gpioset', `echo "gpioset (libgpiod) ${text}"`);
    programs.write('gpioget', `echo "$*" >> "$LOG"; echo 0`);
    programs.write('gpiomon', `sleep 0.2; echo 1; echo ${released}; echo 1; sleep 0.2; echo ${released}; sleep 600`);
    const { muteSwitch } = await open({ gpio: { line: 6, activeLow: true } });
    const told: boolean[] = [];
    muteSwitch.watch((off) => told.push(off));
    await eventually('it has gone off and on', () => told.length === 3);
    await muteSwitch.close();
    expect(told).toEqual([false, true, false]);
    expect(programs.lines().at(-1)).toBe(get);
  });
});

describe('a microphone behind its switch', () => {
  const LOUD = 1_000;

  /** Says how often it was recorded from. */
  function recording() {
    const counts = { begun: 0, running: 0 };
    const source: AudioSource = {
      label: 'scripted',
      async *frames(signal) {
        counts.begun += 1;
        counts.running += 1;
        try {
          while (!signal.aborted) {
            await new Promise((resolve) => setImmediate(resolve));
            yield new Int16Array(FRAME_SAMPLES).fill(LOUD);
          }
        } finally {
          counts.running -= 1;
        }
      },
      close: async () => {},
    };
    return { source, counts };
  }

  it('gives silence and is not recorded while the switch is off', async () => {
    put('muted');
    const { muteSwitch } = await open({ watch: [followsFile] });
    const { source, counts } = recording();
    const stop = new AbortController();
    let frames = 0;
    let heard = 0;
    for await (const frame of new SwitchedSource(source, muteSwitch, true).frames(stop.signal)) {
      if (muteSwitch.isOff) {
        expect(frame.every((sample) => sample === 0)).toBe(true);
        expect(counts.running).toBe(0);
      } else if (counts.running > 0) heard += 1;
      frames += 1;
      if (frames === 3) {
        expect(counts.begun).toBe(0);
        put('unmuted');
      }
      if (counts.begun === 1) put(muteSwitch.isOff ? 'unmuted' : 'muted');
      if (counts.begun === 2) stop.abort();
    }
    expect(counts).toEqual({ begun: 2, running: 0 });
    expect(heard).toBeGreaterThan(0);
    await muteSwitch.close();
  });

  it('may also be a file, which goes on unheard', async () => {
    put('muted');
    const { muteSwitch } = await open({ watch: [followsFile] });
    const { source, counts } = recording();
    let frames = 0;
    for await (const frame of new SwitchedSource(source, muteSwitch, false).frames(new AbortController().signal)) {
      expect(frame.some((sample) => sample !== 0)).toBe(!muteSwitch.isOff);
      if (frames === 0) put('unmuted');
      frames += 1;
      if (!muteSwitch.isOff) break;
    }
    expect(counts.begun).toBe(1);
    await muteSwitch.close();
  });
});
