import type { LoggedEvent } from '../events/events.js';
import type { SignalState } from './options.js';

/** Which of the people's states a state of the conversation chart is. */
const CHART_STATES: Readonly<Record<string, SignalState>> = {
  asleep: 'asleep',
  'listening.quiet': 'listening',
  'listening.talking': 'listening',
  transcribing: 'transcribing',
  'replying.answering': 'answering',
  'replying.speaking': 'speaking',
  followUp: 'follow-up',
  announcing: 'speaking',
  ringing: 'ringing',
};

/** How long a failure stays shown where nothing else happens, ms. */
const FAILED_MS = 5_000;

/** Errors of a microphone that is gone: the device is deaf, and shows it, until it is back. */
const DEAF = ['microphone-lost', 'microphone-missing'];

/** What the device does, as lamps and programs show it, out of what the event log says. */
export class ShownState {
  private readonly onChange: (state: SignalState) => void;
  private shown: SignalState | undefined;
  private state: SignalState = 'asleep';
  private announcing = false;
  private muted = false;
  private deaf = false;
  private failed: NodeJS.Timeout | undefined;

  constructor(onChange: (state: SignalState) => void) {
    this.onChange = onChange;
  }

  take(event: LoggedEvent): void {
    if (event.event === 'state') this.chartState(event.state);
    else if (event.event === 'error') this.error(event.code);
    else if (event.event === 'signal' && (event.name === 'muted' || event.name === 'unmuted')) this.muted = event.name === 'muted';
    else if (event.event === 'notice' && event.code === 'microphone-back') this.deaf = false;
    else return;
    this.tell();
  }

  close(): void {
    this.forgetFailure();
  }

  private chartState(name: string): void {
    // `replied` only decides what comes next.
    const state = CHART_STATES[name];
    if (state === undefined) return;
    this.state = state;
    this.announcing = name === 'announcing';
    if (state !== 'asleep' && !this.announcing) this.forgetFailure();
  }

  private error(code: string): void {
    if (code === 'microphone-switched-off') return;
    if (DEAF.includes(code)) this.deaf = true;
    this.forgetFailure();
    this.failed = setTimeout(() => {
      this.failed = undefined;
      this.tell();
    }, FAILED_MS);
  }

  private forgetFailure(): void {
    clearTimeout(this.failed);
    this.failed = undefined;
  }

  private tell(): void {
    const state = this.now();
    if (state === this.shown) return;
    this.shown = state;
    this.onChange(state);
  }

  private now(): SignalState {
    if (this.state !== 'asleep' && !this.announcing) return this.state;
    if (this.failed !== undefined) return 'failed';
    if (this.announcing) return 'speaking';
    if (this.muted) return 'muted';
    return this.deaf ? 'failed' : 'asleep';
  }
}
