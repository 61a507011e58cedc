import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventTooLarge, eventData } from '../../../src/language-model/serverSentEvents.js';

async function read(chunks: readonly Uint8Array[], mostBytes = 1000): Promise<string[]> {
  async function* body() {
    yield* chunks;
  }
  const events: string[] = [];
  for await (const data of eventData(body(), mostBytes)) events.push(data);
  return events;
}

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('server-sent events', () => {
  it('are the data lines between empty lines; comments and other fields are passed over', async () => {
    expect(await read([bytes(': hi\n\nevent: x\ndata: one\n\ndata:two\ndata: three\nid: 4\n\n')])).toEqual(['one', 'two\nthree']);
  });

  it('are the same however the stream is cut and whatever its line breaks are', async () => {
    const cuts = fc.array(fc.nat(60), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.constantFrom('\n', '\r\n'), async (at, lineBreak) => {
        const whole = bytes(['data: 안녕 😀', '', 'data: two', '', ''].join(lineBreak));
        const edges = [0, ...at.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const chunks = edges.slice(1).map((end, i) => whole.subarray(edges[i], end));
        expect(await read(chunks)).toEqual(['안녕 😀', 'two']);
      }),
    );
  });

  it('that are cut off in the middle do not count', async () => {
    expect(await read([bytes('data: one\n\ndata: tw')])).toEqual(['one']);
  });

  it('may not be endless', async () => {
    const line = bytes(`data: ${'x'.repeat(300)}\n`);
    await expect(read([line, line, line, line])).rejects.toThrow(EventTooLarge);
    await expect(read([bytes('x'.repeat(2000))])).rejects.toThrow(EventTooLarge);
  });
});
