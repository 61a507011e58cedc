import type { z } from 'zod';
import type { Log } from '../engineContext.js';
import { BadMessage, type BadReason, parseMessage } from './schemas.js';
import { type Address, parseTopic } from './topics.js';

type AddressOf<Kind extends Address['kind']> = Extract<Address, { kind: Kind }>;

/** What comes on one kind of topic: its schema, and who takes it. */
export interface Slot<Kind extends Address['kind'], Message> {
  readonly kind: Kind;
  readonly schema: z.ZodType<Message>;
  /** `retained`: the broker had kept it; it may be old. */
  readonly take: (address: AddressOf<Kind>, message: Message, retained: boolean) => void;
}

/** A slot with its types closed over, ready for whatever payload comes. */
type Opener = (address: Address, payload: Uint8Array, retained: boolean) => void;

/** Checks everything that comes from the broker, and hands on what is right. What is not is counted and logged, never with its text. */
export class Inbox {
  readonly #openers = new Map<Address['kind'], Opener>();
  readonly #log: Log;
  readonly dropped: Record<BadReason | 'unknown-topic', number> = {
    'too-large': 0,
    'not-utf8': 0,
    'not-json': 0,
    'wrong-version': 0,
    'wrong-shape': 0,
    'unknown-topic': 0,
  };

  constructor(log: Log) {
    this.#log = log;
  }

  on<Kind extends Address['kind'], Message>({ kind, schema, take }: Slot<Kind, Message>): this {
    this.#openers.set(kind, (address, payload, retained) => {
      if (isKind(address, kind)) take(address, parseMessage(schema, payload), retained);
    });
    return this;
  }

  /** Never throws. */
  receive(topic: string, payload: Uint8Array, retained: boolean): void {
    const address = parseTopic(topic);
    const open = address === undefined ? undefined : this.#openers.get(address.kind);
    if (address === undefined || open === undefined) {
      this.dropped['unknown-topic'] += 1;
      return;
    }
    try {
      open(address, payload, retained);
    } catch (error) {
      if (!(error instanceof BadMessage)) {
        // A mistake of this program's own must not end a speaker.
        this.#log.error(
          { code: 'unexpected', kind: address.kind, error: error instanceof Error ? error.name : '' },
          'a message could not be handled',
        );
        this.#log.debug({ error }, 'why');
        return;
      }
      this.dropped[error.reason] += 1;
      this.#log.warn({ code: error.code, reason: error.reason, kind: address.kind, bytes: payload.byteLength }, 'dropped a message');
    }
  }
}

function isKind<Kind extends Address['kind']>(address: Address, kind: Kind): address is AddressOf<Kind> {
  return address.kind === kind;
}
