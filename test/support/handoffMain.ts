import { ask, startDevice, startHost } from './handoff.js';
import type { Role } from './handoffProcess.js';

/** A host with a counting model, or a device that asks one question, as a process. Says `ready`, then what happens, a line each. */
const role = JSON.parse(process.argv[2] ?? '{}') as Role;
const say = (line: string) => process.stdout.write(`${line}\n`);

if (role.role === 'host') {
  const { host, model } = await startHost(role.url, { ...role, settings: { onEvent: (event) => say(JSON.stringify(event)) } });
  say('ready');
  process.once('SIGTERM', async () => {
    await host.drain();
    await model.close();
    say('drained');
  });
} else {
  const client = await startDevice(role.url, role);
  say('ready');
  while (client.hostsAvailable().count === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const asked = ask(client, role.question, { onText: (text) => say(`text${text}`) });
  say(`outcome ${await asked.outcome}`);
  await client.close();
}
