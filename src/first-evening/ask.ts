import { createInterface } from 'node:readline/promises';
import { AbortedError } from '../errors.js';

/** Asks on the terminal; only a yes is a yes. Undefined where the input ends instead. Rejects with `AbortedError` on Ctrl-C. */
export async function askYesOrNo(question: string): Promise<boolean | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<undefined>((resolve, reject) => {
    terminal.once('close', () => resolve(undefined));
    terminal.once('SIGINT', () => reject(new AbortedError('command-line')));
  });
  try {
    const answer = await Promise.race([terminal.question(question), ended]);
    return answer === undefined ? undefined : /^(y|yes|네|예)$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
