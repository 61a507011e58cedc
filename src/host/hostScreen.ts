import type { RequestEvent } from '../events/events.js';
import type { HostFigures } from './hostService.js';

/** Redrawn at most this often, ms. */
const leastApartMs = 250;

export interface ScreenOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface HostView {
  readonly name: string;
  readonly connected: boolean;
  readonly devices: number;
  readonly queueLimit: number;
  /** Undefined while it loads. */
  readonly figures: HostFigures | undefined;
}

/** What a host does, for whoever looks: a line for each request that ends; on a terminal, below them, one line that says how it is now. */
export class HostScreen {
  readonly #output: ScreenOutput;
  readonly #look: () => HostView;
  #timer: NodeJS.Timeout | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(look: () => HostView, output: ScreenOutput = process.stdout) {
    this.#look = look;
    this.#output = output;
  }

  line(text: string): void {
    this.#output.write(this.#isTerminal ? `\r\u001b[2K${text}\n${this.#statusLine()}` : `${text}\n`);
  }

  event(event: RequestEvent): void {
    const text = lineFor(event);
    if (text === undefined) this.changed();
    else this.line(text);
  }

  /** The status line is drawn again, soon. */
  changed(): void {
    if (!this.#isTerminal || this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#draw(), Math.max(0, this.#drawnAt + leastApartMs - performance.now()));
  }

  /** The status line goes away. */
  close(): void {
    clearTimeout(this.#timer);
    this.#closed = true;
    if (this.#isTerminal) this.#output.write('\r\u001b[2K');
  }

  get #isTerminal(): boolean {
    return this.#output.isTTY === true;
  }

  #draw(): void {
    this.#timer = undefined;
    this.#drawnAt = performance.now();
    this.#output.write(`\r\u001b[2K${this.#statusLine()}`);
  }

  #statusLine(): string {
    return this.#closed ? '' : statusText(this.#look()).slice(0, Math.max(20, (this.#output.columns || 100) - 1));
  }
}

export function statusText({ name, connected, devices, queueLimit, figures }: HostView): string {
  if (figures === undefined) return `${name}: loading`;
  const { draining, full, running, queue, tokensPerSecond } = figures;
  const state = !connected ? 'the broker is away' : draining ? 'draining' : full ? 'full' : running > 0 ? 'answering' : 'ready';
  const speed = tokensPerSecond === undefined ? '' : ` · ${tokensPerSecond.toFixed(1)} tokens/s`;
  return `${name}: ${state} · ${running} running · ${queue} of ${queueLimit} waiting${speed} · ${devices} device${devices === 1 ? '' : 's'}`;
}

function lineFor(event: RequestEvent): string | undefined {
  switch (event.state) {
    case 'done': {
      const first = event.timeToFirstTokenMs === undefined ? '' : `, first after ${Math.round(event.timeToFirstTokenMs)} ms`;
      const speed = event.tokensPerSecond === undefined ? '' : `, ${event.tokensPerSecond.toFixed(1)} tokens/s`;
      const waited = event.queuedMs < 10 ? '' : `, waited ${event.queuedMs} ms`;
      return `${event.device}: answered, ${event.generatedTokens} tokens${first}${speed}${waited}`;
    }
    case 'refused':
      return `${event.device}: refused (${event.code})`;
    case 'failed':
      return `${event.device}: ${event.code === 'cancelled' ? 'cancelled' : `failed (${event.code})`}`;
    default:
      return undefined;
  }
}
