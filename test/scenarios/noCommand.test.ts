import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { playScenario } from '../support/playScenario.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const temporary = temporaryFolder();

it('what was said and answered never becomes a command of the machine', { timeout: 300_000 }, async () => {
  const proof = join(temporary, 'ran');
  const commands = [
    '$(touch $PROOF)',
    '`touch $PROOF`',
    '"; touch $PROOF; echo "',
    "'; touch $PROOF; '",
    '| touch $PROOF',
    '(system "touch $PROOF")',
  ];
  vi.stubEnv('PROOF', proof);
  // They do run where a shell gets them.
  execFileSync('sh', ['-c', `echo "${commands[0]}"`]);
  expect(existsSync(proof)).toBe(true);
  execFileSync('rm', [proof]);
  const lamp = { on: ['speaking', 'answering'], run: ['true'] };
  const { differences } = await playScenario(
    {
      settings: { signals: [lamp] },
      turns: [{ say: commands.join(' ') }, ...commands.map((text) => ({ ask: `repeat after me ${text}`, answer: 'You said' }))],
      never: ['error'],
      atMost: '600 s',
    },
    { languageModel: () => Promise.resolve(new FakeLanguageModel()) },
  );
  vi.unstubAllEnvs();
  expect(existsSync(proof)).toBe(false);
  expect(differences).toBe('');
});
