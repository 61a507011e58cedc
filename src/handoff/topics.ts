import { idPattern } from './options.js';

/**
 * Every topic of the hand-off: who writes, who reads, and what the places between the slashes mean. Names go through `assertId`, so
 * that nothing from outside can put a wildcard or a slash into a topic. The device's name is part of every topic that a device
 * writes: the broker's access list then decides who may speak for a device, not the payload.
 */
export const topicRoot = 'tandem/v1';

export function isId(text: string): boolean {
  return idPattern.test(text);
}

function assertId(text: string): string {
  if (!isId(text)) throw new RangeError('a name in a topic must be letters, digits, ".", "_" or "-"');
  return text;
}

function topic(...parts: readonly string[]): string {
  return [topicRoot, ...parts].join('/');
}

export const topics = {
  /** Host to all, retained, and its last will. */
  hostStatus: (host: string) => topic('hosts', assertId(host), 'status'),
  /** Device to one host that it chose. */
  hostRequest: (host: string, device: string) => topic('hosts', assertId(host), 'requests', assertId(device)),
  /** Device to one host: are you there? Answered on `reply`. */
  ping: (host: string, device: string) => topic('hosts', assertId(host), 'pings', assertId(device)),
  /** Host to itself: does this broker know shared subscriptions? */
  probe: (host: string) => topic('hosts', assertId(host), 'probe'),
  /** Device to whichever host of the pool the broker picks. */
  poolRequest: (pool: string, device: string) => topic('requests', assertId(pool), assertId(device)),
  /** Host to device. */
  reply: (device: string, request: string) => topic('replies', assertId(device), assertId(request)),
  /** Device to hosts: stop this one. */
  cancel: (device: string, request: string) => topic('cancels', assertId(device), assertId(request)),
  /** Device to hosts: say again, from this `seq` on. */
  resend: (device: string, request: string) => topic('resends', assertId(device), assertId(request)),
  /** Device to all, retained, and its last will. */
  deviceStatus: (device: string) => topic('devices', assertId(device), 'status'),
  /** Whoever may, to the device. */
  deviceCommand: (device: string) => topic('devices', assertId(device), 'commands'),
  /** Devices among themselves. One topic for all of them: MQTT keeps the order within a topic, and the order decides. */
  claims: (pool: string) => topic('claims', assertId(pool)),
} as const;

/** What to subscribe to. */
export const filters = {
  hostStatuses: () => topic('hosts', '+', 'status'),
  hostRequests: (host: string) => topic('hosts', assertId(host), 'requests', '+'),
  pings: (host: string) => topic('hosts', assertId(host), 'pings', '+'),
  poolRequests: (pool: string) => `$share/${assertId(pool)}/${topic('requests', pool, '+')}`,
  probe: (host: string) => `$share/${assertId(host)}/${topics.probe(host)}`,
  replies: (device: string) => topic('replies', assertId(device), '+'),
  cancels: () => topic('cancels', '+', '+'),
  resends: () => topic('resends', '+', '+'),
  deviceStatuses: () => topic('devices', '+', 'status'),
} as const;

/** A topic taken apart. */
export type Address =
  | { readonly kind: 'hostStatus' | 'probe'; readonly host: string }
  | { readonly kind: 'hostRequest' | 'ping'; readonly host: string; readonly device: string }
  | { readonly kind: 'poolRequest'; readonly pool: string; readonly device: string }
  | { readonly kind: 'reply' | 'cancel' | 'resend'; readonly device: string; readonly request: string }
  | { readonly kind: 'deviceStatus' | 'deviceCommand'; readonly device: string }
  | { readonly kind: 'claims'; readonly pool: string };

/** Undefined where the topic is none of ours, or a name in it is not one. */
export function parseTopic(text: string): Address | undefined {
  if (!text.startsWith(`${topicRoot}/`)) return undefined;
  const [first, a = '', b = '', c = '', ...rest] = text.slice(topicRoot.length + 1).split('/');
  if (rest.length > 0) return undefined;
  const address = addressOf(first, a, b, c);
  if (address === undefined) return undefined;
  const { kind: _, ...names } = address;
  return Object.values(names).every(isId) ? address : undefined;
}

function addressOf(first: string | undefined, a: string, b: string, c: string): Address | undefined {
  const shape = `${first}/${c !== '' ? 4 : b !== '' ? 3 : 2}`;
  switch (shape) {
    case 'hosts/3':
      return b === 'status' ? { kind: 'hostStatus', host: a } : b === 'probe' ? { kind: 'probe', host: a } : undefined;
    case 'hosts/4':
      return b === 'requests'
        ? { kind: 'hostRequest', host: a, device: c }
        : b === 'pings'
          ? { kind: 'ping', host: a, device: c }
          : undefined;
    case 'requests/3':
      return { kind: 'poolRequest', pool: a, device: b };
    case 'replies/3':
      return { kind: 'reply', device: a, request: b };
    case 'cancels/3':
      return { kind: 'cancel', device: a, request: b };
    case 'resends/3':
      return { kind: 'resend', device: a, request: b };
    case 'devices/3':
      return b === 'status' ? { kind: 'deviceStatus', device: a } : b === 'commands' ? { kind: 'deviceCommand', device: a } : undefined;
    case 'claims/2':
      return { kind: 'claims', pool: a };
    default:
      return undefined;
  }
}
