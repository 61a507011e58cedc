import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoggedEvent, TandemEvent } from '../../../src/events/events.js';
import { SIGNAL_STATES, type SignalState } from '../../../src/signals/options.js';
import { ShownState } from '../../../src/signals/shownState.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function shownFor(...events: readonly TandemEvent[]): SignalState[] {
  const shown: SignalState[] = [];
  const state = new ShownState((one) => shown.push(one));
  for (const event of events) state.take({ at: 0, ...event } as LoggedEvent);
  vi.advanceTimersByTime(60_000);
  state.close();
  return shown;
}
const state = (name: string): TandemEvent => ({ event: 'state', state: name });
const error = (code: string): TandemEvent => ({ event: 'error', code, stage: 'audio', message: '', recoverable: true });

describe('what a lamp shows', () => {
  it('of a whole turn', () => {
    const turn = [
      'asleep',
      'listening.quiet',
      'listening.talking',
      'transcribing',
      'replying.answering',
      'replying.speaking',
      'replied',
      'followUp',
      'asleep',
    ];
    expect(shownFor(...turn.map(state))).toEqual(['asleep', 'listening', 'transcribing', 'answering', 'speaking', 'follow-up', 'asleep']);
  });

  it('of a timer that rings', () => expect(shownFor(state('asleep'), state('ringing'))).toEqual(['asleep', 'ringing']));

  it('of something that went wrong: failed while it says so, and five seconds longer', () => {
    expect(shownFor(state('transcribing'), error('timed-out'), state('announcing'), state('asleep'))).toEqual([
      'transcribing',
      'failed',
      'asleep',
    ]);
  });

  it('of the next question after something went wrong: at once', () => {
    expect(shownFor(error('timed-out'), state('asleep'), state('listening.quiet'))).toEqual(['failed', 'listening']);
  });

  it('of a microphone that is gone: failed until it is back', () => {
    expect(shownFor(state('asleep'), error('microphone-lost'))).toEqual(['asleep', 'failed']);
    expect(shownFor(state('asleep'), error('microphone-lost'), { event: 'notice', code: 'microphone-back', message: '' })).toEqual([
      'asleep',
      'failed',
      'asleep',
    ]);
  });

  it('of a muted microphone: muted while it sleeps', () => {
    expect(
      shownFor(state('asleep'), { event: 'signal', name: 'muted' }, state('ringing'), state('asleep'), {
        event: 'signal',
        name: 'unmuted',
      }),
    ).toEqual(['asleep', 'muted', 'ringing', 'muted', 'asleep']);
  });

  it('has no state that nothing shows', () => {
    const all = shownFor(
      ...['asleep', 'listening.quiet', 'transcribing', 'replying.answering', 'replying.speaking', 'followUp', 'ringing', 'asleep'].map(
        state,
      ),
      error('timed-out'),
      state('listening.quiet'),
      { event: 'signal', name: 'muted' },
      state('asleep'),
    );
    expect([...new Set(all)].sort()).toEqual([...SIGNAL_STATES].sort());
  });
});
