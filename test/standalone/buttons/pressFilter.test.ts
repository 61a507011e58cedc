import { describe, expect, it } from 'vitest';
import { PressFilter } from '../../../src/buttons/pressFilter.js';

/** `1@0 0@3`: the line becomes active at 0 ms and inactive at 3 ms. */
function presses(edges: string): number[] {
  let now = 0;
  const pressed: number[] = [];
  const filter = new PressFilter(
    () => pressed.push(now),
    () => now,
  );
  for (const edge of edges.split(' ')) {
    const [level, at] = edge.split('@');
    now = Number(at);
    filter.edge(level === '1');
  }
  return pressed;
}

describe('a button that bounces', () => {
  it('is pressed once, at its first contact', () => expect(presses('1@0 0@1 1@2 0@4 1@5')).toEqual([0]));
  it('is not pressed by being let go', () => expect(presses('1@0 0@500 1@501 0@503')).toEqual([0]));
  it('can be pressed twice in a second', () => expect(presses('1@0 0@100 1@300 0@400')).toEqual([0, 300]));
});
