import { fromPromise } from 'xstate';
import { type AnswerEnd, type AnswererInput, answerMachine, type Question, type Route } from '../../statecharts/answer.js';
import type {
  Announcement,
  Earcon,
  Heard,
  ListenInput,
  ReplySpoken,
  SpeakReplyInput,
  TurnOutcome,
  Understood,
  Utterance,
} from '../../statecharts/conversation/terms.js';
import { conversationMachine } from '../../statecharts/conversation.js';

/** What the charts need of the device, in the charts' own words. Each call ends soon after its `signal` fires. */
export interface DeviceEffects {
  listen(input: ListenInput, signal: AbortSignal): Promise<Heard>;
  transcribe(utterance: Utterance, signal: AbortSignal): Promise<Understood>;
  decide(question: Question, signal: AbortSignal): Promise<Route>;
  runSkill(input: AnswererInput, signal: AbortSignal): Promise<AnswerEnd>;
  generateOnDevice(input: AnswererInput, signal: AbortSignal): Promise<AnswerEnd>;
  askHost(input: AnswererInput, signal: AbortSignal): Promise<AnswerEnd>;
  speakReply(input: SpeakReplyInput, signal: AbortSignal): Promise<ReplySpoken>;
  announce(announcement: Announcement, signal: AbortSignal): Promise<void>;
  ring(alertId: string, signal: AbortSignal): Promise<void>;
  earcon(name: Earcon): void;
  beginTurn(): void;
  endTurn(outcome: TurnOutcome): void;
  closeReply(): void;
  prepareAnswer(): void;
  stopAlert(alertId: string): void;
  reportRoute(route: Route): void;
  reportFallback(error: unknown): void;
  reportTranscript(transcript: Understood): void;
  reportBargeIn(): void;
  reportError(error: unknown): void;
}

/** The specification with a device behind it. */
export function chartFor(device: DeviceEffects) {
  const answer = answerMachine.provide({
    actors: {
      decide: fromPromise<Route, { question: Question }>(({ input, signal }) => device.decide(input.question, signal)),
      runSkill: fromPromise<AnswerEnd, AnswererInput>(({ input, signal }) => device.runSkill(input, signal)),
      generateOnDevice: fromPromise<AnswerEnd, AnswererInput>(({ input, signal }) => device.generateOnDevice(input, signal)),
      askHost: fromPromise<AnswerEnd, AnswererInput>(({ input, signal }) => device.askHost(input, signal)),
    },
    actions: {
      reportRoute: (_, { route }) => device.reportRoute(route),
      reportFallback: (_, { error }) => device.reportFallback(error),
    },
  });
  return conversationMachine.provide({
    actors: {
      listen: fromPromise<Heard, ListenInput>(({ input, signal }) => device.listen(input, signal)),
      transcribe: fromPromise<Understood, { utterance: Utterance }>(({ input, signal }) => device.transcribe(input.utterance, signal)),
      answer,
      speakReply: fromPromise<ReplySpoken, SpeakReplyInput>(({ input, signal }) => device.speakReply(input, signal)),
      announce: fromPromise<void, { announcement: Announcement }>(({ input, signal }) => device.announce(input.announcement, signal)),
      ring: fromPromise<void, { alertId: string }>(({ input, signal }) => device.ring(input.alertId, signal)),
    },
    actions: {
      earcon: (_, { name, leftOut = false }) => {
        if (!leftOut) device.earcon(name);
      },
      beginTurn: () => device.beginTurn(),
      endTurn: (_, { outcome }) => device.endTurn(outcome),
      closeReply: () => device.closeReply(),
      prepareAnswer: () => device.prepareAnswer(),
      stopAlert: (_, { alertId }) => device.stopAlert(alertId),
      reportTranscript: (_, { transcript }) => device.reportTranscript(transcript),
      reportBargeIn: () => device.reportBargeIn(),
      reportError: (_, { error }) => device.reportError(error),
    },
  });
}
