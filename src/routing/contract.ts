import type { Question, Route } from '../../statecharts/answer.js';
import type { Message } from '../language-model/contract.js';

/** What a router knows of the hosts. */
export interface HostsAvailable {
  /** Hosts that take questions. */
  readonly count: number;
  /** Questions before a new one at the least busy of them. */
  readonly queue: number;
  /** Of the fastest of them; undefined where none has said. */
  readonly tokensPerSecond: number | undefined;
}

/** Chooses between the device's model and a host for a question that no skill takes. */
export interface Router {
  /** `history`: user and assistant by turns, oldest first; `hosts`: undefined where no hand-off is set up. */
  decide(question: Question, history: readonly Message[], hosts: HostsAvailable | undefined): Route;
}
