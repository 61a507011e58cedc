import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { answerLines, QuestionLines } from '../../../src/cli/talkInput.js';
import { TalkScreen } from '../../../src/cli/talkScreen.js';

it('Ctrl-C does not wait for the end of an answer', async () => {
  const input = new PassThrough();
  input.write('why is the sky blue\n');
  const lines = new QuestionLines(input);
  const stop = new AbortController();
  const device = { send: () => stop.abort(), idle: () => new Promise<void>(() => {}) };
  await answerLines(device, ['en'], lines, new TalkScreen(true, { write: () => true }), stop.signal);
  lines.close();
  expect(stop.signal.aborted).toBe(true);
});
