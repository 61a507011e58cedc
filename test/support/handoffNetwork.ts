import { execFileSync } from 'node:child_process';

/** A network namespace with one cable to it, for programs that run inside and a broker outside. Needs root, `ip` and `tc`. */
export class NetworkNamespace {
  readonly name: string;
  /** Of this side of the cable. */
  readonly address: string;
  readonly #cable: string;
  static #opened = 0;

  private constructor(name: string, address: string, cable: string) {
    this.name = name;
    this.address = address;
    this.#cable = cable;
  }

  /** Why there can't be one here; undefined where there can. */
  static obstacle(): string | undefined {
    try {
      const namespace = NetworkNamespace.open();
      try {
        namespace.drop();
        namespace.pass();
      } finally {
        namespace.close();
      }
      return undefined;
    } catch (error) {
      return (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 2).join(' ');
    }
  }

  static open(): NetworkNamespace {
    NetworkNamespace.#opened += 1;
    const number = `${process.pid}-${NetworkNamespace.#opened}`;
    const name = `tandem-${number}`;
    const cable = `td${number}`;
    const net = `10.213.${(process.pid + NetworkNamespace.#opened) % 256}`;
    const namespace = new NetworkNamespace(name, `${net}.1`, cable);
    ip('netns', 'add', name);
    try {
      ip('link', 'add', `${cable}a`, 'type', 'veth', 'peer', 'name', `${cable}b`, 'netns', name);
      ip('address', 'add', `${net}.1/30`, 'dev', `${cable}a`);
      ip('link', 'set', `${cable}a`, 'up');
      ip('-n', name, 'address', 'add', `${net}.2/30`, 'dev', `${cable}b`);
      ip('-n', name, 'link', 'set', `${cable}b`, 'up');
      ip('-n', name, 'link', 'set', 'lo', 'up');
      return namespace;
    } catch (error) {
      try {
        namespace.close();
      } catch {
        // Why there is no cable is worth more than that it can't be taken away.
      }
      throw error;
    }
  }

  /** What runs a program inside; its arguments follow. */
  get within(): readonly string[] {
    return ['ip', 'netns', 'exec', this.name];
  }

  /** From now on every packet is dropped, both ways, and nobody is told. */
  drop(): void {
    tc('qdisc', 'add', 'dev', `${this.#cable}a`, 'root', 'blackhole');
    tc('-n', this.name, 'qdisc', 'add', 'dev', `${this.#cable}b`, 'root', 'blackhole');
  }

  pass(): void {
    tc('qdisc', 'del', 'dev', `${this.#cable}a`, 'root');
    tc('-n', this.name, 'qdisc', 'del', 'dev', `${this.#cable}b`, 'root');
  }

  close(): void {
    // The namespace alone would take its cable along, but only in a while.
    try {
      ip('link', 'delete', `${this.#cable}a`);
    } finally {
      ip('netns', 'delete', this.name);
    }
  }
}

const ip = (...args: readonly string[]) => run('ip', args);
const tc = (...args: readonly string[]) => run('tc', args);

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}
