import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { helpersOf } from '../../../src/doctor/helpers.js';
import { loadDeviceProfile } from '../../../src/profile/load.js';
import { scriptedPrograms } from '../../support/scriptedPrograms.js';

const programs = scriptedPrograms();

it('the doctor names programs and pins that are not there, and runs none of them', async () => {
  const loaded = await loadDeviceProfile('starter');
  const lamp = programs.write('lamp', 'echo run >> "$LOG"');
  programs.write('gpioset', 'echo run >> "$LOG"');
  const profile = {
    ...loaded.profile,
    signals: [
      { on: ['asleep' as const], run: [lamp, 'green'] },
      { on: ['failed' as const], run: ['./lamp'] },
    ],
    buttons: [{ watch: ['./no-such-program'] }],
    hardwareMute: { gpio: { chip: 'gpiochip99', line: 1, activeLow: false, bias: 'as-is' as const } },
  };
  const findings = await helpersOf({ ...loaded, profile, folder: programs.folder });
  rmSync(join(programs.folder, 'gpioset'));
  expect(findings.map(({ what, state }) => `${what}: ${state}`)).toEqual([
    `program ${lamp}: good`,
    'program ./lamp: good',
    'program ./no-such-program: bad',
    'pins of gpiochip99: bad',
  ]);
  expect(programs.lines()).toEqual([]);
  expect(await helpersOf(loaded)).toEqual([]);
});
