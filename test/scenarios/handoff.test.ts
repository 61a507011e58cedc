import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTalk, type RunningDevice } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import type { LoggedEvent } from '../../src/events/events.js';
import { handoffOptions, mqttOptions } from '../../src/handoff/options.js';
import { type OpenedHost, openHost } from '../../src/host/openHost.js';
import { loadDeviceProfile, loadHostProfile } from '../../src/profile/load.js';
import { eventually } from '../support/eventually.js';
import { KeptLog } from '../support/keptLog.js';
import { Mosquitto } from '../support/mosquitto.js';

/** A whole device and a whole host, the starter model behind both, a real Mosquitto between them; text in, text out. */
describe('handing a question over', () => {
  let broker: Mosquitto;
  let host: OpenedHost;
  let device: RunningDevice;
  let written = '';
  const events: LoggedEvent[] = [];

  async function startHost(): Promise<OpenedHost> {
    const nothing = (): void => {};
    const options = { mqttUrl: broker.url, onProgress: nothing, onEvent: nothing, onChange: nothing };
    return await openHost(await loadHostProfile('starter-host'), options, new KeptLog(), new AbortController().signal);
  }

  async function ask(text: string): Promise<{ events: readonly LoggedEvent[]; answer: string }> {
    const [from, writtenBefore] = [events.length, written.length];
    device.device.send({ type: 'ASK', question: { text, language: 'en' } });
    await device.device.idle();
    return { events: events.slice(from), answer: written.slice(writtenBefore).trim() };
  }

  const route = (all: readonly LoggedEvent[]) => all.flatMap((event) => (event.event === 'route' ? [event.to] : []));
  const handoff = (all: readonly LoggedEvent[]) => all.flatMap((event) => (event.event === 'handoff' ? [event.state] : []));

  beforeAll(async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
    broker = await Mosquitto.start();
    host = await startHost();
    const log = new EventLog();
    log.listen((event) => events.push(event));
    device = await openTalk(
      await loadDeviceProfile('starter'),
      { in: 'mic', out: 'speaker', text: true, mqtt: broker.url },
      log,
      new KeptLog(),
    );
  }, 120_000);

  afterAll(async () => {
    vi.restoreAllMocks();
    await device.close();
    await host.drain();
    await broker.stop();
  });

  it('an everyday question stays on the device', async () => {
    const { events, answer } = await ask('what is the capital of france');
    expect(route(events)).toEqual(['device']);
    expect(answer).toBe('The capital of France is Paris.');
  });

  it('who asks for the big model gets the host', async () => {
    const { events, answer } = await ask('ask the big model what is the capital of italy');
    expect(route(events)).toEqual(['host']);
    expect(handoff(events)).toContain('accepted');
    expect(answer).not.toBe('');
  });

  it('where the profile does not hand off, no host is asked, though the device is at the broker', async () => {
    const loaded = await loadDeviceProfile('starter');
    const profile = { ...loaded.profile, mqtt: mqttOptions.parse({ url: broker.url }), handoff: handoffOptions.parse({ device: 'lamps' }) };
    const before = device;
    const log = new EventLog();
    log.listen((event) => events.push(event));
    device = await openTalk({ ...loaded, profile }, { in: 'mic', out: 'speaker', text: true }, log, new KeptLog());
    try {
      expect(device.hosts()).toBe(1);
      expect(route((await ask('ask the big model who you are')).events)).toEqual(['device']);
    } finally {
      await device.close();
      device = before;
    }
  });

  it('without a host the device answers, and says so in the log; a host that comes back is asked again', async () => {
    await host.drain();
    const alone = await ask('ask the big model what is the capital of spain');
    expect(route(alone.events)).toEqual(['device']);
    expect(alone.answer).not.toBe('');
    host = await startHost();
    await eventually(
      'the host is there again',
      async () => route((await ask('ask the big model who you are')).events).includes('host'),
      15_000,
    );
  });

  it('a broker that is killed in between costs no answer', async () => {
    await broker.stop();
    const { events, answer } = await ask('ask the big model what is the capital of japan');
    expect(answer).not.toBe('');
    expect(events.some((event) => event.event === 'turn-end' && event.outcome === 'answered')).toBe(true);
    await broker.start();
    await eventually(
      'the host is asked again',
      async () => route((await ask('ask the big model who you are')).events).includes('host'),
      30_000,
    );
  });
});
