import { describe, expect, it } from 'vitest';
import { nameOfState } from '../../../src/scenario/moments.js';
import { ShownState } from '../../../src/signals/shownState.js';
import { conversationMachine } from '../../../statecharts/conversation.js';

interface Node {
  readonly path: readonly string[];
  readonly states: Readonly<Record<string, Node>>;
}

/** As the event log names them: `replying.speaking`. */
function leaves(node: Node): string[] {
  const inner = Object.values(node.states);
  return inner.length === 0 ? [node.path.join('.')] : inner.flatMap(leaves);
}

/** What is lit in a state, after another one. */
function lampAfter(before: string, state: string): string | undefined {
  let lamp: string | undefined;
  const shown = new ShownState((name) => {
    lamp = name;
  });
  for (const one of [before, state]) shown.take({ event: 'state', state: one, at: 0 });
  shown.close();
  return lamp;
}

/** A state without a lamp of its own leaves that of the one before lit. */
function hasLamp(state: string): boolean {
  return lampAfter('ringing', state) === lampAfter('transcribing', state);
}

describe('the states of the conversation chart by other names', () => {
  const all = leaves(conversationMachine.root);

  it('are known', () => {
    expect(all).toContain('listening.quiet');
    expect(all).toContain('asleep');
  });

  // `replied` only decides what comes next.
  it.each(all.filter((state) => state !== 'replied'))('%s has a lamp, and a name for scenarios', (state) => {
    expect(hasLamp(state)).toBe(true);
    expect(nameOfState(state)).toBeDefined();
  });

  it('the one that passes at once has neither', () => {
    expect(hasLamp('replied')).toBe(false);
    expect(nameOfState('replied')).toBeUndefined();
  });
});
