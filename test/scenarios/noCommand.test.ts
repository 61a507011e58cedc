import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { playScenario } from '../support/playScenario.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const temporary = temporaryFolder();

it('what was said and answered never becomes a command of the machine', { timeout: 120_000 }, async () => {
  const proof = join(temporary, 'ran');
  const commands = [
    `$(touch ${proof})`,
    `\`touch ${proof}\``,
    `"; touch ${proof}; echo "`,
    `'; touch ${proof}; '`,
    `| touch ${proof}`,
    `(system "touch ${proof}")`,
  ];
  // They do run where a shell gets them.
  execFileSync('sh', ['-c', `echo "${commands[0]}"`]);
  expect(existsSync(proof)).toBe(true);
  execFileSync('rm', [proof]);
  const lamp = { on: ['speaking', 'answering'], run: ['true'] };
  const { differences } = await playScenario(
    {
      settings: { signals: [lamp] },
      turns: commands.flatMap((text) => [
        { say: `${text} is over.`, spoken: 'over' },
        { ask: `repeat after me ${text}`, answer: 'You said' },
      ]),
      never: ['error'],
      atMost: '600 s',
    },
    { languageModel: () => Promise.resolve(new FakeLanguageModel()) },
  );
  expect(differences).toBe('');
  expect(existsSync(proof)).toBe(false);
});
