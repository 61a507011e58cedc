import { type Actor, createActor } from 'xstate';
import type { AnswererInput, Question, Route } from '../../statecharts/answer.js';
import { isMuted } from '../../statecharts/conversation/parts.js';
import type {
  Announcement,
  ConversationEvent,
  ConversationInput,
  Earcon,
  ListenInput,
  ReplySpoken,
  SpeakReplyInput,
  TurnOutcome,
  Understood,
  Utterance,
} from '../../statecharts/conversation/terms.js';
import { AbortedError, isAborted } from '../errors.js';
import type { EventLog } from '../events/eventLog.js';
import type { HostClient } from '../handoff/device/hostClient.js';
import type { Language, SpeechToText } from '../speech-to-text/contract.js';
import type { WakeDetection } from '../wake-word/detector.js';
import type { Answerers } from './answering/answerers.js';
import type { ConversationMemory } from './answering/conversationMemory.js';
import { chartFor, type DeviceEffects } from './conversationActors.js';
import type { Ear } from './hearing/ear.js';
import { Understanding } from './hearing/understanding.js';
import type { Pace } from './pace.js';
import type { Alerts } from './speaking/alerts.js';
import { Speaking, type SpeakingParts } from './speaking/speaking.js';
import { Turn } from './turn/turn.js';
import { TurnLog } from './turn/turnLog.js';

export interface DeviceParts extends SpeakingParts {
  readonly chart: ConversationInput;
  readonly alerts: Alerts;
  readonly languages: readonly Language[];
  readonly events: EventLog;
  readonly pace: Pace;
  readonly ear: Ear | undefined;
  readonly speechToText: SpeechToText | undefined;
  readonly wakeWords: readonly string[];
  readonly answerers: Answerers;
  readonly memory: ConversationMemory;
  /** The other devices and hosts at the broker; undefined where there is none. */
  readonly home: Pick<HostClient, 'claim' | 'publishState'> | undefined;
}

/** The conversation chart with ears, a mouth and somebody who answers. Only the chart decides what happens next. */
export class Device implements DeviceEffects {
  private readonly parts: DeviceParts;
  private readonly log: TurnLog;
  private readonly speaking: Speaking;
  private readonly understanding: Understanding;
  private readonly actor: Actor<ReturnType<typeof chartFor>>;
  private turn: Turn | undefined;
  private turns = 0;
  private language: Language;
  private preparing: AbortController | undefined;
  /** Turns whose last words are still being counted. */
  private settling: Promise<void> = Promise.resolve();

  constructor(parts: DeviceParts) {
    this.parts = parts;
    this.log = new TurnLog(parts.events, () => parts.ear?.position);
    this.speaking = new Speaking(parts, this.log);
    this.understanding = new Understanding(parts.speechToText, parts.languages, parts.wakeWords, parts.pace);
    this.language = parts.languages[0] ?? 'en';
    this.actor = createActor(chartFor(this), { input: parts.chart, clock: parts.pace.clock });
    parts.ear?.attach({
      onWake: (detection) => this.wake(detection),
      onStopWord: (detection) => this.stopWord(detection),
      onOwnVoice: (detection) => this.log.ownVoice(this.turn, detection),
      onSpeechStart: (sample) => this.speechStarted(sample),
      onSpeechEnd: (sample, silenceMs) => this.speechEnded(sample, silenceMs),
    });
  }

  start(): void {
    this.actor.subscribe(({ value, context }) => {
      this.log.muted(isMuted(context));
      const state = this.log.state(this.turn, value);
      if (state !== undefined) this.parts.home?.publishState(state);
    });
    this.actor.start();
    this.alerts.attach(
      (alertId) => this.send({ type: 'RING', alertId }),
      (alertId) => this.send({ type: 'RING_CANCELLED', alertId }),
    );
  }

  get alerts(): Alerts {
    return this.parts.alerts;
  }

  send(event: ConversationEvent): void {
    if (this.actor.getSnapshot().status === 'active') this.actor.send(event);
  }

  /** Nobody is being listened to, answered or rung. */
  get asleep(): boolean {
    return this.actor.getSnapshot().matches('asleep');
  }

  /** Somebody muted it, whatever the switch of its microphone says. */
  get muted(): boolean {
    return this.actor.getSnapshot().context.muted;
  }

  /** Asleep, and the last earcon is over. */
  get quiet(): boolean {
    return this.asleep && this.speaking.quiet;
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
    const understood = await this.understanding.transcribe(utterance, this.turn, signal);
    this.language = understood.language;
    return understood;
  }

  decide(question: Question): Promise<Route> {
    const turn = this.currentTurn();
    turn.question = question.text;
    turn.language = question.language;
    this.language = question.language;
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

  async speakReply({ language, onFirstAudio }: SpeakReplyInput, signal: AbortSignal): Promise<ReplySpoken> {
    const turn = this.currentTurn();
    try {
      return await this.speaking.reply(turn, language, onFirstAudio, signal);
    } finally {
      this.parts.answerers.keepRest(turn);
    }
  }

  announce(announcement: Announcement, signal: AbortSignal): Promise<void> {
    return this.speaking.announce(announcement, this.language, signal);
  }

  async ring(alertId: string, signal: AbortSignal): Promise<void> {
    this.parts.events.emit({ event: 'signal', name: 'ringing' });
    const { sink, mouth } = this.parts;
    await this.speaking.aloud(() => this.alerts.ring(alertId, { sink, mouth, onTrouble: (error) => this.reportError(error) }, signal));
  }

  stopAlert(alertId: string): void {
    this.alerts.stop(alertId);
  }

  earcon(name: Earcon): void {
    this.speaking.earcon(name);
  }

  beginTurn(): void {
    this.turn = new Turn(++this.turns, this.language);
    this.understanding.begin();
  }

  endTurn(outcome: TurnOutcome): void {
    const turn = this.turn;
    if (turn === undefined) return;
    this.turn = undefined;
    this.preparing?.abort();
    turn.reply.close();
    const before = this.settling;
    this.settling = Promise.all([before, turn.heard]).then(([, heard]) => {
      this.parts.memory.add(turn.question, heard, turn.reply.given || heard);
      this.log.turnEnd(turn, outcome);
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
    this.log.route(this.turn, route);
  }

  reportFallback(error: unknown): void {
    this.turn?.reply.restart();
    this.log.fallback(this.turn, error);
  }

  reportTranscript(transcript: Understood): void {
    this.log.transcript(this.turn, transcript);
  }

  reportBargeIn(): void {
    this.log.bargeIn(this.turn);
  }

  reportError(error: unknown): void {
    this.log.error(this.turn, error);
  }

  // What the ear hears.

  private wake(detection: WakeDetection): void {
    // Nor may it take the question away from another device.
    if (this.deaf) return;
    this.send({ type: 'WAKE', endSample: detection.endSample });
    const { turn } = this;
    this.log.wake(turn, detection);
    // Other devices may have heard the same word; the one that claims it first answers.
    this.parts.home?.claim(detection).then(
      (mine) => {
        if (!mine && turn !== undefined && this.turn === turn) this.send({ type: 'YIELD' });
      },
      (error: unknown) => this.reportError(error),
    );
  }

  private stopWord(detection: WakeDetection): void {
    if (this.deaf) return;
    this.log.stopWord(this.turn, detection);
    this.send({ type: 'STOP' });
  }

  private speechStarted(sample: number): void {
    this.send({ type: 'SPEECH_STARTED' });
    this.log.speechStart(this.turn, sample);
  }

  private speechEnded(sample: number, silenceMs: number): void {
    if (this.turn !== undefined) this.turn.endpointMs = silenceMs;
    this.turn?.mark('speechEnd');
    this.log.speechEnd(this.turn, sample);
  }

  /** Neither wake words nor stop words count. */
  private get deaf(): boolean {
    return isMuted(this.actor.getSnapshot().context);
  }

  private currentTurn(): Turn {
    if (this.turn === undefined) throw new Error('there is no turn');
    return this.turn;
  }
}
