import { describe, expect, it } from 'vitest';
import { Reply } from '../../../src/device/turn/reply.js';

async function all(reply: Reply, signal = new AbortController().signal): Promise<string[]> {
  const sentences: string[] = [];
  for await (const sentence of reply.sentences(signal)) sentences.push(sentence);
  return sentences;
}

describe('a reply', () => {
  it('gives each sentence out as soon as it is whole', async () => {
    const reply = new Reply();
    const sentences = reply.sentences(new AbortController().signal);
    const first = sentences.next();
    reply.push('Paris is the capital of France. It is');
    expect((await first).value).toBe('Paris is the capital of France.');
    reply.push(' on the Seine');
    reply.close();
    expect((await sentences.next()).value).toBe('It is on the Seine');
    expect((await sentences.next()).done).toBe(true);
  });

  it('ends when it is closed, with nothing in it too', async () => {
    const reply = new Reply();
    const sentences = all(reply);
    reply.close();
    expect(await sentences).toEqual([]);
  });

  it('ends when it is cut off, and takes nothing more after its end', async () => {
    const reply = new Reply();
    const stop = new AbortController();
    const sentences = all(reply, stop.signal);
    stop.abort();
    expect(await sentences).toEqual([]);
    reply.close();
    reply.push('Too late. ');
    expect(await all(reply)).toEqual([]);
  });

  it('drops what was not yet spoken when another one takes over', async () => {
    const reply = new Reply();
    const sentences = reply.sentences(new AbortController().signal);
    reply.push('The host says one thing. And another. And a ha');
    expect((await sentences.next()).value).toBe('The host says one thing.');
    expect(reply.given).toBe('The host says one thing.');
    reply.restart();
    reply.push('The device goes on.');
    reply.close();
    expect((await sentences.next()).value).toBe('The device goes on.');
  });

  it('says once when the first sentence is there', () => {
    let times = 0;
    const reply = new Reply(() => {
      times += 1;
    });
    reply.push('One. ');
    reply.push('Two. ');
    reply.close();
    expect(times).toBe(1);
  });
});

describe('a long reply', () => {
  const cut = { sentences: 2, offer: 'Shall I go on?' };
  const open = new AbortController().signal;
  const spoken = async (reply: Reply): Promise<string[]> => {
    const sentences: string[] = [];
    for await (const sentence of reply.sentences(open, cut)) sentences.push(sentence);
    return sentences;
  };

  it('ends with an offer to go on, and keeps the rest', async () => {
    const reply = new Reply();
    reply.push('One. Two. Three. Four.');
    reply.close();
    expect(await spoken(reply)).toEqual(['One.', 'Two.', 'Shall I go on?']);
    expect(reply.leftOver).toEqual({ text: 'Three.\nFour.', whole: true });
  });

  it('is not cut before its very last sentence', async () => {
    const reply = new Reply();
    reply.push('One. Two. Three.');
    reply.close();
    expect(await spoken(reply)).toEqual(['One.', 'Two.', 'Three.']);
    expect(reply.leftOver).toBeUndefined();
  });

  it('knows that whoever generates it was not at its end', async () => {
    const reply = new Reply();
    const sentences = spoken(reply);
    reply.push('One. Two. Three. ');
    reply.push('Four. Fi');
    expect(await sentences).toEqual(['One.', 'Two.', 'Shall I go on?']);
    expect(reply.leftOver).toEqual({ text: 'Three.\nFour.', whole: false });
  });

  it('is cut as soon as two more sentences are certain', async () => {
    const reply = new Reply();
    const sentences = spoken(reply);
    reply.push('One. Two. Three. And fo');
    expect(await sentences).toEqual(['One.', 'Two.', 'Shall I go on?']);
    expect(reply.leftOver).toEqual({ text: 'Three.', whole: false });
  });

  it('is not cut where a sentence leads on to the next', async () => {
    const reply = new Reply();
    reply.push('One. Two things:\n- Tea\n- Milk\n- Sugar\n- Salt\n- Bread');
    reply.close();
    expect(await spoken(reply)).toEqual(['One.', 'Two things:', '- Tea', 'Shall I go on?']);
    const headed = new Reply();
    headed.push('One. Two.\n## Three\nFour. Five. Six.');
    headed.close();
    expect(await spoken(headed)).toEqual(['One.', 'Two.', 'Shall I go on?']);
  });

  it('counts two items of a list as a sentence, and lines across not at all', async () => {
    const reply = new Reply();
    reply.push('---\n- Tea\n- Milk\n- Sugar\n- Salt\n- Bread\n- Eggs');
    reply.close();
    expect(await spoken(reply)).toEqual(['---', '- Tea', '- Milk', '- Sugar', '- Salt', 'Shall I go on?']);
  });

  it('keeps the lines of the rest: a list is still a list, and code is code', async () => {
    const reply = new Reply();
    reply.push('One. Two. Three.\n```\nx = 1. y = 2\n```\n1. Four\n2. Five');
    reply.close();
    await spoken(reply);
    const rest = new Reply();
    rest.push(reply.leftOver?.text ?? '');
    rest.close();
    expect(await all(rest)).toEqual(['Three.', '```\nx = 1. y = 2\n```', '1. Four', '2. Five']);
  });

  it('goes on with the rest, which a failing host can not take away', async () => {
    const reply = new Reply();
    reply.begin('Three. Four.');
    expect(reply.given).toBe('Three.\nFour.');
    reply.push('From the host. And');
    reply.restart();
    reply.push('From the device.');
    reply.close();
    expect(await all(reply)).toEqual(['Three.', 'Four.', 'From the device.']);
  });
});
