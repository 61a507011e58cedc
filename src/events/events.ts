import type { Language } from '../speech-to-text/contract.js';

/** What happens on a device or a host, as the event log, the web page, MQTT and metrics see it. All times in milliseconds. */
export type TandemEvent =
  | { readonly event: 'ready'; readonly profile: string; readonly engines: Readonly<Record<string, string>> }
  | { readonly event: 'wake'; readonly word: string; readonly score: number }
  | { readonly event: 'wake-rejected'; readonly word: string; readonly score: number; readonly reason: string }
  /** A word that ends what the device says or rings, without its wake word. */
  | { readonly event: 'stop-word'; readonly word: string }
  | { readonly event: 'state'; readonly state: string }
  | { readonly event: 'speech-start' }
  | { readonly event: 'speech-end' }
  | { readonly event: 'transcript'; readonly text: string; readonly language: Language; readonly confidence?: number }
  | { readonly event: 'route'; readonly to: 'skill' | 'device' | 'host'; readonly reason: string; readonly score?: number }
  | { readonly event: 'handoff'; readonly state: string; readonly host?: string; readonly code?: string }
  | { readonly event: 'first-token' }
  | { readonly event: 'sentence'; readonly text: string }
  | { readonly event: 'first-audio' }
  | { readonly event: 'barge-in' }
  /** On a host: what happens to a request of a device. */
  | ({ readonly event: 'request' } & RequestEvent)
  | { readonly event: 'signal'; readonly name: string }
  | { readonly event: 'turn-end'; readonly outcome: string; readonly timings: TurnTimings }
  | { readonly event: 'notice'; readonly code: string; readonly message: string }
  | {
      readonly event: 'error';
      readonly code: string;
      readonly stage: string;
      readonly message: string;
      readonly recoverable: boolean;
    };

/** What happens to a request of a device on a host; nothing of what was said. */
export type RequestEvent =
  | { readonly state: 'accepted' | 'started' | 'first-text'; readonly device: string; readonly request: string }
  | { readonly state: 'refused' | 'failed'; readonly device: string; readonly request: string; readonly code: string }
  | {
      readonly state: 'done';
      readonly device: string;
      readonly request: string;
      readonly generatedTokens: number;
      readonly queuedMs: number;
      readonly timeToFirstTokenMs?: number | undefined;
      readonly tokensPerSecond?: number | undefined;
    };

/** How long each stage of one turn took; what did not happen is absent. */
export interface TurnTimings {
  /** Silence that the endpointer waited for after the last word. */
  readonly endpointMs?: number;
  readonly transcribeMs?: number;
  readonly routeMs?: number;
  /** From asking the model or skill to its first text. */
  readonly firstTextMs?: number;
  /** From asking to the first whole sentence. */
  readonly firstSentenceMs?: number;
  /** The synthesiser's time to the first sound of the first sentence. */
  readonly synthesizeMs?: number;
  /** From the end of speech, as detected, to the first sound. */
  readonly firstAudioMs?: number;
  /** `firstAudioMs` minus what the engines took. */
  readonly overheadMs?: number;
  readonly totalMs?: number;
}

/** An event with its time and place, one line of the log. */
export type LoggedEvent = TandemEvent & {
  /** Since start, monotonic. */
  readonly at: number;
  /** Counts from 1; absent outside a turn. */
  readonly turn?: number;
  /** The point in the input audio, where the event marks one. */
  readonly audioAt?: number;
};
