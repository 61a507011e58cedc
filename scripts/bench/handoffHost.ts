/** A host for the hand-off's benchmarks, started by them: sends its parent when its model gave the first text of each answer. */
import { setTimeout as pause } from 'node:timers/promises';
import { hostOptions, mqttOptions } from '../../src/handoff/options.js';
import { Host } from '../../src/host/host.js';
import type { LanguageModel } from '../../src/language-model/contract.js';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { KeptLog } from '../../test/support/keptLog.js';

/** `firstTextAt`: nanoseconds of the machine's monotonic clock, which is the same in all processes. */
export interface HostMark {
  readonly question: string;
  readonly firstTextAt: string;
}

const [url = '', name = 'big', pieceMs = '20'] = process.argv.slice(2);
const nobody = { username: undefined, password: undefined, ca: undefined, cert: undefined, key: undefined };

const scripted = new FakeLanguageModel({
  answer: () => ({ pieces: ['One', ' two', ' three', ' four', ' five.'] }),
  beforePiece: () => pause(Number(pieceMs)),
});
const marked: LanguageModel = {
  label: 'scripted',
  capabilities: scripted.capabilities,
  prefill: () => Promise.resolve(),
  close: () => scripted.close(),
  generate: (request) => {
    let first = true;
    return scripted.generate({
      ...request,
      onText: (text) => {
        const at = process.hrtime.bigint();
        request.onText?.(text);
        if (first) process.send?.({ question: request.messages.at(-1)?.content ?? '', firstTextAt: String(at) } satisfies HostMark);
        first = false;
      },
    });
  },
};

const host = new Host({ name, options: hostOptions.parse({}), mqtt: mqttOptions.parse({ url }), credentials: nobody, log: new KeptLog() });
await host.whenConnected(5_000);
host.serve([marked]);
process.once('disconnect', () => void host.close());
