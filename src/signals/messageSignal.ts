import type { SignalOptions, SignalState } from './options.js';
import type { Signal } from './signal.js';

type MessageOptions = Extract<SignalOptions, { readonly mqtt: unknown }>;

/** The device's place at the broker, as far as a signal needs it. */
export interface SignalBroker {
  /** Sends, or forgets where there is no connection: nothing is kept for later. */
  post(message: { readonly topic: string; readonly payload: Buffer }): void;
  /** Calls `listener` at every connection; returns what takes it off again. */
  onConnected(listener: () => void): () => void;
}

/** A message when one of its states begins, and one when it has ended. After an outage of the broker the newest is sent again. */
export class MessageSignal implements Signal {
  private readonly options: MessageOptions;
  private readonly broker: SignalBroker;
  private readonly stopListening: () => void;
  private lit = false;
  private told = false;

  constructor(options: MessageOptions, broker: SignalBroker) {
    this.options = options;
    this.broker = broker;
    this.stopListening = broker.onConnected(() => {
      if (this.told) this.send();
    });
  }

  show(state: SignalState): void {
    const lit = this.options.on.includes(state);
    if (lit === this.lit) return;
    this.lit = lit;
    this.told = true;
    this.send();
  }

  async close(): Promise<void> {
    this.stopListening();
    if (!this.lit) return;
    this.lit = false;
    this.send();
  }

  private send(): void {
    const { topic, payload, payloadOff } = this.options.mqtt;
    const text = this.lit ? payload : payloadOff;
    if (text !== undefined) this.broker.post({ topic, payload: Buffer.from(text, 'utf8') });
  }
}
