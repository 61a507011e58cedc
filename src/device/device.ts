import { type Actor, createActor } from 'xstate';
import type { AnswererInput, Question, Route } from '../../statecharts/answer.js';
import type {
  Announcement,
  ConversationEvent,
  ConversationInput,
  Earcon,
  ListenInput,
  ReplySpoken,
  TurnOutcome,
  Understood,
  Utterance,
} from '../../statecharts/conversation/terms.js';
import type { AudioSink } from '../audio/contract.js';
import { samplesToMs } from '../audio/contract.js';
import { earcon } from '../audio/earcons.js';
import { AbortedError, isAborted, toTandemError } from '../errors.js';
import type { EventLog } from '../events/eventLog.js';
import type { Language, SpeechToText } from '../speech-to-text/contract.js';
import { Alerts, once } from './alerts.js';
import type { Answerers } from './answerers.js';
import { chartFor, type DeviceEffects } from './conversationActors.js';
import type { ConversationMemory } from './conversationMemory.js';
import type { Ear } from './ear.js';
import type { Mouth } from './mouth.js';
import type { Notices } from './notices.js';
import type { Pace } from './pace.js';
import { Turn } from './turn.js';
import { soundsUnfinished } from './unfinished.js';

export interface DeviceParts {
  readonly chart: ConversationInput;
  readonly languages: readonly Language[];
  readonly earcons: boolean;
  readonly events: EventLog;
  readonly pace: Pace;
  readonly ear: Ear | undefined;
  readonly sink: AudioSink | undefined;
  readonly mouth: Mouth;
  readonly speechToText: SpeechToText | undefined;
  readonly answerers: Answerers;
  readonly memory: ConversationMemory;
  readonly notices: Notices;
}

/** The conversation chart with ears, a mouth and somebody who answers. Only the chart decides what happens next. */
export class Device implements DeviceEffects {
  readonly alerts = new Alerts((alertId) => this.send({ type: 'RING', alertId }));
  private readonly parts: DeviceParts;
  private readonly actor: Actor<ReturnType<typeof chartFor>>;
  private turn: Turn | undefined;
  private turns = 0;
  private state = '';
  private earconsPlaying = 0;
  private language: Language;
  private preparing: AbortController | undefined;
  private lastUnfinished: { readonly utterance: Utterance; readonly transcript: Understood } | undefined;
  /** Turns whose last words are still being counted. */
  private settling: Promise<void> = Promise.resolve();

  constructor(parts: DeviceParts) {
    this.parts = parts;
    this.language = parts.languages[0] ?? 'en';
    this.actor = createActor(chartFor(this), { input: parts.chart, clock: parts.pace.clock });
    parts.ear?.attach({
      onWake: (detection) => this.wake(detection),
      onSpeechStart: (sample) => this.speechStarted(sample),
      onSpeechEnd: (sample, silenceMs) => this.speechEnded(sample, silenceMs),
    });
  }

  start(): void {
    this.actor.subscribe((snapshot) => this.reportState(snapshot.value));
    this.actor.start();
  }

  send(event: ConversationEvent): void {
    if (this.actor.getSnapshot().status === 'active') this.actor.send(event);
  }

  /** Nobody is being listened to, answered or rung. */
  get asleep(): boolean {
    return this.actor.getSnapshot().matches('asleep');
  }

  /** Asleep, and the last earcon is over. */
  get quiet(): boolean {
    return this.asleep && this.earconsPlaying === 0;
  }

  /** Resolves when the device is asleep and its last turn is in the history. */
  async idle(): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        subscription.unsubscribe();
        resolve();
      };
      const subscription = this.actor.subscribe({ next: (snapshot) => snapshot.matches('asleep') && done(), complete: done });
      if (this.asleep || this.actor.getSnapshot().status !== 'active') done();
    });
    await this.settling;
  }

  /** Ends what runs; nothing is heard after it. */
  async stop(): Promise<void> {
    this.preparing?.abort();
    this.endTurn('stopped');
    this.actor.stop();
    this.alerts.stopAll();
    await this.settling;
  }

  // What the chart asks for.

  listen(input: ListenInput, signal: AbortSignal) {
    if (this.parts.ear === undefined) return Promise.reject(new AbortedError('audio'));
    return this.parts.ear.listen(input, signal);
  }

  async transcribe(utterance: Utterance, signal: AbortSignal): Promise<Understood> {
    const { speechToText, languages, pace } = this.parts;
    if (speechToText === undefined) throw new AbortedError('speech-to-text');
    // Nothing came after the unfinished sentence: it is all there is.
    if (this.lastUnfinished?.utterance.toSample === utterance.toSample) return { ...this.lastUnfinished.transcript, unfinished: false };
    const turn = this.turn;
    turn?.mark('transcribeStart');
    const release = pace.hold();
    try {
      const transcript = await speechToText.transcribe(utterance.samples, { signal, languages });
      turn?.mark('transcribeEnd');
      this.language = transcript.language;
      const understood = { ...transcript, unfinished: soundsUnfinished(transcript.text, transcript.language) };
      this.lastUnfinished = understood.unfinished ? { utterance, transcript: understood } : undefined;
      return understood;
    } finally {
      release();
    }
  }

  decide(question: Question): Promise<Route> {
    const turn = this.currentTurn();
    turn.question = question.text;
    turn.language = question.language;
    return this.parts.answerers.decide(turn, question);
  }

  async runSkill(input: AnswererInput, signal: AbortSignal) {
    return await this.parts.answerers.runSkill(this.currentTurn(), input, signal);
  }

  async generateOnDevice(input: AnswererInput, signal: AbortSignal) {
    await this.settling;
    return await this.parts.answerers.generateOnDevice(this.currentTurn(), input, signal);
  }

  async askHost(input: AnswererInput, signal: AbortSignal) {
    await this.settling;
    return await this.parts.answerers.askHost(this.currentTurn(), input, signal);
  }

  async speakReply(onFirstAudio: () => void, signal: AbortSignal): Promise<ReplySpoken> {
    const turn = this.currentTurn();
    const speaking = this.parts.mouth.speak({
      sentences: turn.reply.sentences(signal),
      language: turn.language,
      signal,
      onSentence: (text) => {
        turn.mark('synthesizeStart');
        this.parts.events.emit({ event: 'sentence', text }, { turn: turn.number });
      },
      onFirstSound: () => turn.mark('firstSound'),
      onFirstAudio: () => {
        turn.mark('firstAudio');
        if (this.parts.sink !== undefined) this.parts.events.emit({ event: 'first-audio' }, this.now(turn));
        onFirstAudio();
      },
    });
    turn.heard = speaking.then(
      (spoken) => spoken.heard,
      () => '',
    );
    this.parts.ear?.deviceSpeaks(true);
    try {
      const spoken = await speaking;
      if (spoken.heard === '' && !spoken.interrupted) this.earcon('done');
      return { endsInQuestion: spoken.endsInQuestion };
    } finally {
      this.parts.ear?.deviceSpeaks(false);
    }
  }

  async announce(announcement: Announcement, signal: AbortSignal): Promise<void> {
    if ('error' in announcement && isAborted(announcement.error)) return;
    const text = 'text' in announcement ? announcement.text : this.parts.notices.forError(announcement.error, this.language);
    if (text !== '') await this.parts.mouth.speak({ sentences: once(text), language: this.language, signal });
  }

  async ring(alertId: string, signal: AbortSignal): Promise<void> {
    this.parts.events.emit({ event: 'signal', name: 'ringing' });
    await this.alerts.ring(alertId, this.parts.sink, this.parts.mouth, signal);
  }

  stopAlert(alertId: string): void {
    this.alerts.stop(alertId);
  }

  earcon(name: Earcon): void {
    if (this.parts.sink === undefined || !this.parts.earcons) return;
    this.earconsPlaying += 1;
    this.parts.sink
      .play([earcon(name)], { signal: new AbortController().signal })
      .catch((error: unknown) => this.reportError(error))
      .finally(() => {
        this.earconsPlaying -= 1;
      });
  }

  beginTurn(): void {
    this.turn = new Turn(++this.turns, this.language);
    this.lastUnfinished = undefined;
  }

  endTurn(outcome: TurnOutcome): void {
    const turn = this.turn;
    if (turn === undefined) return;
    this.turn = undefined;
    this.preparing?.abort();
    turn.reply.close();
    const before = this.settling;
    this.settling = Promise.all([before, turn.heard]).then(([, heard]) => {
      this.parts.memory.add(turn.question, heard);
      this.parts.events.emit({ event: 'turn-end', outcome, timings: turn.timings() }, this.now(turn));
    });
  }

  closeReply(): void {
    this.turn?.reply.close();
  }

  prepareAnswer(): void {
    this.preparing?.abort();
    this.preparing = new AbortController();
    const { signal } = this.preparing;
    const prepared = this.settling.then(() => this.parts.answerers.prepare(this.language, signal));
    prepared.catch((error: unknown) => {
      if (!isAborted(error)) this.reportError(error);
    });
  }

  // What the log is told.

  reportRoute(route: Route): void {
    const { to, reason, score } = route;
    this.parts.events.emit({ event: 'route', to, reason, ...(score === undefined ? {} : { score }) }, { turn: this.turn?.number });
  }

  reportFallback(error: unknown): void {
    this.turn?.reply.restart();
    this.parts.events.emit({ event: 'handoff', state: 'failed', code: toTandemError(error, 'handoff').code }, { turn: this.turn?.number });
  }

  reportTranscript({ text, language, confidence }: Understood): void {
    this.parts.events.emit(
      { event: 'transcript', text, language, ...(confidence === undefined ? {} : { confidence }) },
      { turn: this.turn?.number },
    );
  }

  reportBargeIn(): void {
    this.parts.events.emit({ event: 'barge-in' }, this.now(this.turn));
  }

  reportError(error: unknown): void {
    if (error === undefined || isAborted(error)) return;
    const { code, stage, message, recoverable } = toTandemError(error, 'device');
    this.parts.events.emit({ event: 'error', code, stage, message, recoverable }, { turn: this.turn?.number });
  }

  // What the ear hears.

  private wake(detection: { readonly word: string; readonly score: number; readonly endSample: number }): void {
    this.send({ type: 'WAKE', endSample: detection.endSample });
    const { word, score } = detection;
    this.parts.events.emit({ event: 'wake', word, score }, { turn: this.turn?.number, audioAt: samplesToMs(detection.endSample) });
  }

  private speechStarted(sample: number): void {
    this.parts.events.emit({ event: 'speech-start' }, { turn: this.turn?.number, audioAt: samplesToMs(sample) });
    this.send({ type: 'SPEECH_STARTED' });
  }

  private speechEnded(sample: number, silenceMs: number): void {
    if (this.turn !== undefined) this.turn.endpointMs = silenceMs;
    this.turn?.mark('speechEnd');
    this.parts.events.emit({ event: 'speech-end' }, { turn: this.turn?.number, audioAt: samplesToMs(sample) });
  }

  private reportState(value: unknown): void {
    const state =
      typeof value === 'string'
        ? value
        : Object.entries(value as object)
            .flat()
            .join('.');
    if (state === this.state) return;
    this.state = state;
    this.parts.events.emit({ event: 'state', state }, { turn: this.turn?.number });
  }

  private now(turn: Turn | undefined): { turn: number | undefined; audioAt: number | undefined } {
    const position = this.parts.ear?.position;
    return { turn: turn?.number, audioAt: position === undefined ? undefined : samplesToMs(position) };
  }

  private currentTurn(): Turn {
    if (this.turn === undefined) throw new Error('there is no turn');
    return this.turn;
  }
}
