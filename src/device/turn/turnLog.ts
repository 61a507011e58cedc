import type { StateValue } from 'xstate';
import type { Route } from '../../../statecharts/answer.js';
import type { TurnOutcome, Understood } from '../../../statecharts/conversation/terms.js';
import { samplesToMs } from '../../audio/contract.js';
import { isAborted, toTandemError } from '../../errors.js';
import type { EventLog } from '../../events/eventLog.js';
import type { TandemEvent } from '../../events/events.js';
import type { WakeDetection } from '../../wake-word/detector.js';
import type { Turn } from './turn.js';

/** Says what happens in a turn, in the words of the event log. */
export class TurnLog {
  private readonly events: EventLog;
  private readonly position: () => number | undefined;
  private lastState = '';
  private lastMuted = false;

  /** `position`: samples of input so far; undefined without sound. */
  constructor(events: EventLog, position: () => number | undefined) {
    this.events = events;
    this.position = position;
  }

  /** The state by name, where it is another than was told last. */
  state(turn: Turn | undefined, value: StateValue): string | undefined {
    const state = nameOf(value);
    if (state === this.lastState) return undefined;
    this.lastState = state;
    this.tell(turn, { event: 'state', state });
    return state;
  }

  muted(muted: boolean): void {
    if (muted === this.lastMuted) return;
    this.lastMuted = muted;
    this.events.emit({ event: 'signal', name: muted ? 'muted' : 'unmuted' });
  }

  wake(turn: Turn | undefined, { word, score, endSample }: WakeDetection): void {
    this.tellAt(turn, { event: 'wake', word, score }, endSample);
  }

  stopWord(turn: Turn | undefined, { word, endSample }: WakeDetection): void {
    this.tellAt(turn, { event: 'stop-word', word }, endSample);
  }

  /** A word that the device has said itself. */
  ownVoice(turn: Turn | undefined, { word, score, endSample }: WakeDetection): void {
    this.tellAt(turn, { event: 'wake-rejected', word, score, reason: 'own-voice' }, endSample);
  }

  speechStart(turn: Turn | undefined, sample: number): void {
    this.tellAt(turn, { event: 'speech-start' }, sample);
  }

  speechEnd(turn: Turn | undefined, sample: number): void {
    this.tellAt(turn, { event: 'speech-end' }, sample);
  }

  transcript(turn: Turn | undefined, { text, language, confidence }: Understood): void {
    this.tell(turn, { event: 'transcript', text, language, ...(confidence === undefined ? {} : { confidence }) });
  }

  route(turn: Turn | undefined, { to, reason, score }: Route): void {
    this.tell(turn, { event: 'route', to, reason, ...(score === undefined ? {} : { score }) });
  }

  /** The host failed; the device answers. */
  fallback(turn: Turn | undefined, error: unknown): void {
    this.tell(turn, { event: 'handoff', state: 'failed', code: toTandemError(error, 'handoff').code });
  }

  sentence(turn: Turn, text: string): void {
    this.tell(turn, { event: 'sentence', text });
  }

  firstAudio(turn: Turn): void {
    this.tellNow(turn, { event: 'first-audio' });
  }

  bargeIn(turn: Turn | undefined): void {
    this.tellNow(turn, { event: 'barge-in' });
  }

  turnEnd(turn: Turn, outcome: TurnOutcome): void {
    this.tellNow(turn, { event: 'turn-end', outcome, timings: turn.timings() });
  }

  /** An abort is no error. */
  error(turn: Turn | undefined, error: unknown): void {
    if (error === undefined || isAborted(error)) return;
    const { code, stage, message, recoverable } = toTandemError(error, 'device');
    this.tell(turn, { event: 'error', code, stage, message, recoverable });
  }

  private tell(turn: Turn | undefined, event: TandemEvent): void {
    this.events.emit(event, { turn: turn?.number });
  }

  private tellNow(turn: Turn | undefined, event: TandemEvent): void {
    const position = this.position();
    this.events.emit(event, { turn: turn?.number, audioAt: position === undefined ? undefined : samplesToMs(position) });
  }

  private tellAt(turn: Turn | undefined, event: TandemEvent, sample: number): void {
    this.events.emit(event, { turn: turn?.number, audioAt: samplesToMs(sample) });
  }
}

/** `replying.speaking` for a state inside another. */
function nameOf(value: StateValue): string {
  return typeof value === 'string'
    ? value
    : Object.entries(value)
        .flatMap(([name, inner]) => (inner === undefined ? [name] : [name, nameOf(inner)]))
        .join('.');
}
