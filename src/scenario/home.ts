import { Closers } from '../closers.js';
import type { Log } from '../engineContext.js';
import { TandemError } from '../errors.js';
import { freePort } from '../freePort.js';
import { createHostClient } from '../handoff/device/create.js';
import type { HostClient } from '../handoff/device/hostClient.js';
import { EmbeddedBroker } from '../host/embeddedBroker.js';
import { type OpenedHost, openHost } from '../host/openHost.js';
import { engineContext } from '../profile/engineContext.js';
import { loadHostProfile } from '../profile/load.js';
import type { LoadedScenario } from './load.js';

/** How long somebody at the broker may take to be seen, ms. */
const SEEN_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** What is at home beside the device of a scenario, on this machine alone: a broker, a host, another device. All real. */
export class Home {
  readonly url: string;
  private readonly log: Log;
  private broker: EmbeddedBroker | undefined;
  private host: OpenedHost | undefined;
  private other: HostClient | undefined;

  private constructor(url: string, log: Log) {
    this.url = url;
    this.log = log;
  }

  /** Undefined where the scenario has none. */
  static async open({ scenario, profile }: LoadedScenario, log: Log): Promise<Home | undefined> {
    if (scenario.home === undefined) return undefined;
    const home = new Home(`mqtt://127.0.0.1:${await freePort()}`, log);
    const opened = new Closers();
    opened.add(home);
    try {
      await home.startBroker();
      if (scenario.home.host) await home.startHost();
      if (scenario.home.otherDevice) {
        const { handoff: own, name } = profile.profile;
        const handoff = { ...own, device: 'other-device' };
        const { secret } = engineContext(profile, log);
        const parts = { mqtt: undefined, url: home.url, folder: profile.folder, secret, handoff, profile: name, version: '0', log };
        home.other = await createHostClient(parts);
        await home.other.whenConnected(SEEN_WITHIN_MS);
      }
      return home;
    } catch (error) {
      await opened.close().catch(() => {});
      throw error;
    }
  }

  get hostIsThere(): boolean {
    return this.host !== undefined && this.broker !== undefined;
  }

  async startBroker(): Promise<void> {
    this.broker ??= await EmbeddedBroker.start(this.url);
  }

  /** As a power cut would: nobody is told. */
  async stopBroker(): Promise<void> {
    await this.broker?.close();
    this.broker = undefined;
  }

  async startHost(): Promise<void> {
    const quietly = (): void => {};
    const options = { mqttUrl: this.url, onProgress: quietly, onEvent: quietly, onChange: quietly };
    this.host ??= await openHost(await loadHostProfile('starter-host'), options, this.log, new AbortController().signal);
  }

  /** Finishes what it does, and goes. */
  async stopHost(): Promise<void> {
    await this.host?.drain();
    this.host = undefined;
  }

  /** The other device has heard this wake word, and says that it will answer. */
  async otherHears(word: string): Promise<void> {
    await this.other?.claim({ word, score: 1 });
  }

  async close(): Promise<void> {
    await this.other?.close();
    await this.stopHost();
    await this.stopBroker();
  }
}

/** Resolves when `there` says so. */
export async function seen(what: string, there: () => boolean): Promise<void> {
  for (let waited = 0; !there(); waited += LOOK_EVERY_MS) {
    if (waited > SEEN_WITHIN_MS)
      throw new TandemError({ code: 'home-not-seen', stage: 'handoff', message: `The device did not see in time that ${what}.` });
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
