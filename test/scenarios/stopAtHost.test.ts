import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { DeviceProfile } from '../../src/profile/schema.js';
import type { ConversationEvent } from '../../statecharts/conversation/terms.js';
import { eventually } from '../support/eventually.js';
import { type Live, live } from '../support/liveDevice.js';
import { Mosquitto } from '../support/mosquitto.js';
import { ScriptedHost } from '../support/scriptedHost.js';

/**
 * Whatever ends an answer on a whole device ends the work for it at the host too: `handoff/stop.yaml` and its neighbours show that nothing
 * of it is heard any more, and here the host is told, in the middle of its answer and before its first word.
 */

let broker: Mosquitto;
let host: ScriptedHost;
beforeAll(async () => {
  broker = await Mosquitto.start();
  host = await ScriptedHost.start(broker.url);
}, 60_000);
afterAll(async () => {
  await host.close();
  await broker.close();
});

const ends: Readonly<Record<string, ConversationEvent>> = {
  'stop word, stop button or a stop over MQTT': { type: 'STOP' },
  'the wake word': { type: 'WAKE', endSample: 0 },
  'the talk button': { type: 'PUSH' },
  'a new question': { type: 'ASK', question: { text: 'what is twelve times twelve', language: 'en' } },
  'the mute button': { type: 'MUTE' },
};

/** On a busy machine everything comes late; how late a host may be is not in question here. */
const patient = ({ handoff, ...profile }: DeviceProfile): DeviceProfile => ({
  ...profile,
  handoff: { ...handoff, acceptedTimeoutMs: 60_000, firstTextTimeoutMs: 60_000, idleTimeoutMs: 60_000, staleAfterMs: 600_000 },
});

it.each(Object.keys(ends))('%s ends what the host does', { timeout: 300_000 }, async (name) => {
  await live({ mqtt: broker.url, change: patient }, async ({ device, events }) => {
    for (const begun of [false, true]) {
      const from = events.length;
      device.send({ type: 'ASK', question: { text: 'ask the big model to tell a story', language: 'en' } });
      const request = await host.request();
      await request.send(request.accepted());
      if (begun) await request.send(request.text(1, 'Once there was a lighthouse by the sea. It'));
      await vi.waitUntil(() => happened(events.slice(from), begun), { timeout: 30_000 });
      device.send(ends[name] as ConversationEvent);
      await eventually('the host is told', () => host.cancels(request.id).length > 0);
      expect(host.cancels(request.id)).toEqual(['stopped']);
      device.send({ type: 'STOP' });
      device.send({ type: 'UNMUTE' });
      await device.idle();
    }
  });
});

function happened(events: Live['events'], begun: boolean): boolean {
  return events.some((event) => (begun ? event.event === 'first-audio' : event.event === 'handoff' && event.state === 'accepted'));
}
