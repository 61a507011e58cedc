/** The words of a conversation: what can happen, what is waited for, what is known. Types only. */
import type { Language, Transcript } from '../../src/speech-to-text/contract.js';
import type { AnswerLimits, Question } from '../answer.js';

/** 16 kHz mono samples of what was said, with their place in the input. */
export interface Utterance {
  readonly samples: Int16Array;
  readonly fromSample: number;
  readonly toSample: number;
}

export type Heard = { readonly kind: 'utterance'; readonly utterance: Utterance } | { readonly kind: 'nothing' };

/** A transcript, and whether it sounds like the first half of a sentence: "… and", "그리고". */
export interface Understood extends Transcript {
  readonly unfinished: boolean;
}

/** Why the device listens: decides what is heard first and how it ends when nobody speaks. */
export type Opening = 'wake' | 'push' | 'follow-up' | 'unfinished';

export interface ListenInput {
  readonly opening: Opening;
  /** Where in the input listening begins; undefined: now. */
  readonly fromSample: number | undefined;
}

/** What the device says by itself: an error in words, or a given text. */
export type Announcement = { readonly error: unknown } | Saying;

export interface Saying {
  readonly text: string;
  readonly language: Language;
}

export interface SpeakReplyInput {
  /** Of the question, and so of the answer. */
  readonly language: Language;
  readonly onFirstAudio: () => void;
}

export interface ReplySpoken {
  /** The last sentence was a question. */
  readonly endsInQuestion: boolean;
  /** The answer was long, and its last sentence offers the rest. */
  readonly offersMore: boolean;
}

export type Earcon = 'listening' | 'heard' | 'done' | 'error' | 'thinking' | 'muted';

export type TurnOutcome = 'answered' | 'nothing-heard' | 'interrupted' | 'stopped' | 'failed' | 'timed-out' | 'yielded';

/** All in milliseconds. */
export interface ConversationLimits extends AnswerLimits {
  /** In `listening` and in `followUp`, beyond what the endpointer allows by itself. */
  readonly listeningMs: number;
  readonly transcribingMs: number;
  /** A whole reply, from the question's text to its last sound. */
  readonly replyingMs: number;
  /** Saying what went wrong, or something that was ordered from outside. */
  readonly announcingMs: number;
  readonly ringingMs: number;
  /** After the wake word, a question may follow in one breath; after this a sound says "I'm listening". */
  readonly promptMs: number;
  /** Without sound for this long, a thinking sound comes, and comes again. */
  readonly thinkingSoundMs: number;
}

export interface ConversationInput {
  readonly limits: ConversationLimits;
  readonly followUp: 'never' | 'after-question' | 'always';
}

export interface ConversationContext extends ConversationInput {
  /** By voice, button or command; stays so whatever the switch does, which goes on by itself where its program starts anew. */
  readonly muted: boolean;
  /** The switch of the microphone is off, and nothing but the switch changes that. */
  readonly switchedOff: boolean;
  readonly opening: Opening;
  readonly fromSample: number | undefined;
  /** It listens in the follow-up window: perhaps nobody speaks to it. */
  readonly unasked: boolean;
  readonly utterance: Utterance | undefined;
  readonly question: Question | undefined;
  readonly announcement: Announcement | undefined;
  /** Alerts that are due and wait for the device to be free, oldest first. */
  readonly dueAlerts: readonly string[];
  /** What it was told to say and waits for the device to be free, oldest first. */
  readonly toSay: readonly Saying[];
  /** How often this question was already given more time because it sounded unfinished. */
  readonly extensions: number;
  /** What the skill that answered wants; undefined leaves it to the profile. */
  readonly followUpWanted: boolean | undefined;
  readonly replyEndsInQuestion: boolean;
}

export type ConversationEvent =
  /** The wake word, ending at this place in the input. */
  | { readonly type: 'WAKE'; readonly endSample: number }
  /** The talk button. */
  | { readonly type: 'PUSH' }
  /** Stop word, button or command: ends anything. */
  | { readonly type: 'STOP' }
  /** Another device heard the same wake word and answers: quietly back to sleep. */
  | { readonly type: 'YIELD' }
  /** A question that came as text. */
  | { readonly type: 'ASK'; readonly question: Question }
  /** Something to say that nobody asked for: it waits until nobody is being listened to, answered or rung. */
  | { readonly type: 'SAY'; readonly text: string; readonly language: Language }
  /** A timer or an alarm is due. */
  | { readonly type: 'RING'; readonly alertId: string }
  /** One that was due, and has not rung yet, is over. */
  | { readonly type: 'RING_CANCELLED'; readonly alertId: string }
  | { readonly type: 'MUTE' }
  | { readonly type: 'UNMUTE' }
  /** A button that mutes when it is not muted, and the other way round. */
  | { readonly type: 'TOGGLE_MUTE' }
  /** The switch of the microphone, which a person's hand moves. */
  | { readonly type: 'SWITCH_OFF' }
  | { readonly type: 'SWITCH_ON' }
  /** The chart's own: somebody wants to be heard, and the switch is off. */
  | { readonly type: 'REFUSE' }
  /** The chart's own: somebody waits for an answer, and nothing was heard of the device for a while. */
  | { readonly type: 'STILL_SILENT' }
  /** The person has begun to speak. */
  | { readonly type: 'SPEECH_STARTED' }
  /** The first sound of the reply has left for the loudspeaker. */
  | { readonly type: 'FIRST_AUDIO' };

/** Why the chart itself gave up; the device puts words to it. */
export class ConversationLimitReached extends Error {
  readonly code = 'timed-out';
}

/** Somebody wants to be heard while the switch of the microphone is off; the device puts words to it. */
export class MicrophoneSwitchedOff extends Error {
  readonly code = 'microphone-switched-off';

  constructor() {
    super('The microphone is off by its switch, and only that switch puts it on again.');
  }
}
