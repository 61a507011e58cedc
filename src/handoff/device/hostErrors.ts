import { TandemError } from '../../errors.js';

/** Why a host did not answer, for the log and for whoever looks after it; the device answers by itself whatever it is. */
const known: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
  'host-none': ['No host is there to ask.', 'Start one with "tandem host" and look at "tandem host --status".'],
  'host-not-accepted': [
    'The host did not take the question in time.',
    'Look at "tandem host --status": is it reachable, how long is the way?',
  ],
  'host-first-text-timeout': ['The host took too long to begin.', 'Raise handoff.firstTextTimeoutMs, or give the host a smaller queue.'],
  'host-idle-timeout': ['The host stopped in the middle of an answer.', 'Look at the log of the host.'],
  'host-deadline': ['The host took too long for the whole answer.', 'Raise handoff.deadlineMs, or lower handoff.maxTokens.'],
  'host-gap': ['A part of the answer got lost on the way.', 'Look at the log of the broker: does it drop messages?'],
  'host-left': ['The host went away.', 'Look at the log of the host.'],
  'host-too-much': ['The host sent more than was asked for.', 'Is another program answering in its name?'],
  'queue-full': ['The host has too much to do.', 'Add a host to the pool, or raise host.queueLimit.'],
  'deadline-too-short': ['The host could not have answered in time.', 'Add a host to the pool, or raise handoff.deadlineMs.'],
  'conversation-too-long': ['The conversation is too long for the host.', "Raise languageModel.contextTokens in the host's profile."],
  draining: ['The host is about to end.', 'Nothing has to be done.'],
  cancelled: ['The request was cancelled.', 'Nothing has to be done.'],
};

export function hostError(code: string, host?: string): TandemError {
  const [message, remedy] = known[code] ?? ['The host could not answer.', 'Look at the log of the host.'];
  return new TandemError({ code, stage: 'handoff', message: host === undefined ? message : `${message} (${host})`, remedy });
}

/** Another host may do better. */
export function isWorthAnotherHost(code: string): boolean {
  return !['host-first-text-timeout', 'host-deadline', 'host-gap', 'host-idle-timeout', 'host-too-much'].includes(code);
}
