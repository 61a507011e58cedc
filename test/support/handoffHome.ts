import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { projectRoot } from '../../src/paths.js';
import { eventually } from './eventually.js';
import { type CommandSettings, TandemProcess } from './handoffCommand.js';
import { ToldModel } from './handoffModel.js';
import { type AskedDevice, deviceProfile, fallbackOf, routeOf, TalkProcess } from './handoffTalk.js';
import { Mosquitto } from './mosquitto.js';
import { TcpProxy } from './tcpProxy.js';

/**
 * A home with a broker (Mosquitto), `tandem host` and `tandem talk --text`, each a process of its own, wires between them that can be
 * cut, and a host's model that says what the test tells it to.
 */
export class Home {
  broker: Mosquitto;
  host: TandemProcess | undefined;
  talk: TalkProcess | undefined;
  readonly model: ToldModel;
  /** The ways of the two to the broker. */
  readonly hostWire: TcpProxy;
  readonly talkWire: TcpProxy;
  readonly #folder: string;
  #starts = 0;

  private constructor(broker: Mosquitto, model: ToldModel, hostWire: TcpProxy, talkWire: TcpProxy, folder: string) {
    this.broker = broker;
    this.model = model;
    this.hostWire = hostWire;
    this.talkWire = talkWire;
    this.#folder = folder;
  }

  /** Broker and wires; host and device are started by the test. */
  static async open(broker?: Mosquitto): Promise<Home> {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-home-'));
    const running = broker ?? (await Mosquitto.start());
    const [model, hostWire, talkWire] = await Promise.all([ToldModel.start(), TcpProxy.start(running.port), TcpProxy.start(running.port)]);
    return new Home(running, model, hostWire, talkWire, folder);
  }

  async startHost(settings: CommandSettings = {}): Promise<void> {
    const profile = join(this.#folder, 'host.yaml');
    await writeFile(profile, hostProfile(this.model.url));
    this.host = new TandemProcess(['host', '--profile', profile, '--mqtt', this.hostWire.url], settings);
    await this.host.prints(' is ready');
  }

  /** `url`: another way to the broker than its wire. */
  async startTalk(settings: CommandSettings = {}, url = this.talkWire.url): Promise<TalkProcess> {
    this.#starts += 1;
    const profile = join(this.#folder, 'device.yaml');
    await writeFile(profile, deviceProfile('kitchen'));
    this.talk = await TalkProcess.start(profile, url, join(this.#folder, `events-${this.#starts}.jsonl`), settings);
    return this.talk;
  }

  /** In place of the broker another one at the same address. */
  async replaceBroker(persistence: boolean): Promise<void> {
    const { port } = this.broker;
    await this.broker.close();
    this.broker = await Mosquitto.start({ persistence, port });
  }

  ask(question: string): AskedDevice {
    if (this.talk === undefined) throw new Error('no device was started');
    return this.talk.ask(question);
  }

  /** Asks until the host answers, as a person does; nobody does anything else. */
  async hostAnswers(): Promise<void> {
    const tries: string[] = [];
    await eventually(
      'the host answers',
      async () => {
        const asked = this.ask('ask the big model who you are');
        const answer = await asked.answer();

        tries.push(`${routeOf(asked)} ${fallbackOf(asked) ?? ''}: ${answer}`);
        return answer === ToldModel.answer;
      },
      20_000,
    ).catch((error: unknown) => {
      throw new Error(`${tries.slice(-5).join('\n')}\n${this.talk?.complaints}\n${this.host?.out}${this.host?.err}`, { cause: error });
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.talk?.close(), this.host?.close()]);
    await Promise.all([this.hostWire.close(), this.talkWire.close(), this.model.close(), this.broker.close()]);
    await rm(this.#folder, { recursive: true });
  }
}

function hostProfile(modelUrl: string): string {
  return stringify({
    name: 'Told host',
    kind: 'host',
    languageModel: { engine: 'openAiCompatible', url: modelUrl, model: 'told' },
    mqtt: { keepAliveSeconds: 1, connectTimeoutMs: 1_000, reconnectMinMs: 50, reconnectMaxMs: 300 },
    host: { name: 'big', queueLimit: 1, perDeviceLimit: 2, heartbeatMs: 300 },
  });
}

/** Loaded first, it puts a process's clock off. */
export function clockOff(minutes: number): CommandSettings {
  return { first: join(projectRoot, 'test', 'support', 'handoffClock.mjs'), env: { TEST_CLOCK_OFF_MINUTES: String(minutes) } };
}
