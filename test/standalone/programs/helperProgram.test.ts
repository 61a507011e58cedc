import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { projectRoot } from '../../../src/paths.js';

const HURRIED = `
import { startHelper } from './src/programs/helperProgram.ts';
const helper = startHelper(['sh', '-c', 'echo $$; exec sleep 30']);
helper.output.once('data', (id) => process.stdout.write(id, () => process.exit(130)));
`;

it('ends with a device that ends in a hurry, as by a second Ctrl-C', async () => {
  const device = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', HURRIED], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [[id], [code]] = await Promise.all([once(device.stdout, 'data'), once(device, 'exit')]);
  expect(code).toBe(130);
  await vi.waitFor(() => expect(commandLine(Number(id))).toBe(''));
});

/** Empty where the process has ended, also where nobody has asked yet how. */
function commandLine(id: number): string {
  const file = `/proc/${id}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
