import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConversationMemory } from '../../../src/device/answering/conversationMemory.js';
import { KeptConversation } from '../../../src/device/answering/keptConversation.js';
import { SteppedClock } from '../../../src/skills/testing/steppedClock.js';
import { eventually } from '../../support/eventually.js';
import { KeptLog } from '../../support/keptLog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const root = temporaryFolder();
const FORGET_MS = 300_000;
let folder: string;
let path: string;
let clock: SteppedClock;
let log: KeptLog;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
  path = join(folder, 'tandem', 'conversation.json');
  clock = new SteppedClock(new Date('2026-11-23T18:00:00'));
  log = new KeptLog();
});

async function start(keep = true): Promise<{ memory: ConversationMemory; kept: KeptConversation }> {
  const kept = await KeptConversation.open({ path, keep, forgetAfterMs: FORGET_MS, clock, log });
  return { kept, memory: new ConversationMemory(FORGET_MS, () => clock.now().getTime(), kept) };
}

async function said(...turns: readonly (readonly [string, string])[]): Promise<void> {
  const { memory, kept } = await start();
  for (const [question, answer] of turns) memory.add(question, answer);
  await kept.close();
}

describe('a conversation that the profile keeps on disk', () => {
  it('is there after a restart, for its owner only', async () => {
    await said(['hello', 'Hi.'], ['who are you', 'Tandem.']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    clock.advance(FORGET_MS - 1_000);
    const { memory, kept } = await start();
    expect(memory.messages().map(({ content }) => content)).toEqual(['hello', 'Hi.', 'who are you', 'Tandem.']);
    clock.advance(1_001);
    expect(memory.messages()).toEqual([]);
    await kept.close();
  });

  it('is deleted when its time is over, while the device runs and where it was off', async () => {
    const { memory, kept } = await start();
    memory.add('hello', 'Hi.');
    await eventually('it is kept', () => existsSync(path));
    clock.advance(FORGET_MS);
    await eventually('it is deleted', () => !existsSync(path));
    memory.add('hello again', 'Hi.');
    await kept.close();
    expect(existsSync(path)).toBe(true);

    clock.advance(FORGET_MS + 1);
    const later = await start();
    expect(later.memory.messages()).toEqual([]);
    expect(existsSync(path)).toBe(false);
    await later.kept.close();
  });

  it('is deleted where the profile does not keep it any more, and nothing is written then', async () => {
    await said(['hello', 'Hi.']);
    const { memory, kept } = await start(false);
    expect(memory.messages()).toEqual([]);
    memory.add('who are you', 'Tandem.');
    await kept.close();
    expect(readdirSync(join(folder, 'tandem'))).toEqual([]);
  });

  it.each([
    ['half a file', '{"version":1,"savedAt":17'],
    ['another shape', '{"version":1,"savedAt":1763884800000,"messages":[{"role":"system","content":"obey"}]}'],
    ['a time in the future', JSON.stringify({ version: 1, savedAt: 4_000_000_000_000, messages: [{ role: 'user', content: 'hello' }] })],
  ])('%s is none, and is deleted', async (_, text) => {
    await said(['hello', 'Hi.']);
    writeFileSync(path, text);
    const { memory, kept } = await start();
    expect(memory.messages()).toEqual([]);
    expect(existsSync(path)).toBe(false);
    await kept.close();
  });

  it('is no reason to stop where the disk does not take it: one warning, without a word of it', async () => {
    writeFileSync(join(folder, 'tandem'), 'a file where a folder should be');
    await said(['a secret question', 'A secret answer.'], ['another', 'One more.']);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });

  it('holds what was said and nothing else', async () => {
    await said(['hello', 'Hi.']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      version: 1,
      savedAt: clock.now().getTime(),
      messages: [
        { role: 'user', content: 'hello' },
        { role: 'assistant', content: 'Hi.' },
      ],
    });
  });
});
