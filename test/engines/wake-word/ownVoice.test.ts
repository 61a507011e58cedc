import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { msToSamples } from '../../../src/audio/contract.js';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { Room } from '../../support/room.js';

const OWN_NAME = 'My name is Alexa. You can say hey Jarvis to me, and Alexa, stop, when I talk too much. Just call me Alexa.';
const files = ['capitals', 'animals', 'household', 'jokes-and-riddles'];
/** Some of what the starter profile answers. */
const answers = files.flatMap((file) => {
  const entries = parse(readFileSync(join(projectRoot, 'scripts/starter-model/questions', `${file}.yaml`), 'utf8')) as { answer: string }[];
  return entries.slice(2, 4).map(({ answer }) => answer);
});

describe('a device that hears itself, with no echo canceller', () => {
  let room: Room;
  beforeAll(async () => {
    room = await Room.open();
  }, 120_000);
  afterAll(() => room.leave());

  const says = async (text: string) => {
    room.device.send({ type: 'SAY', text, language: 'en' });
    await room.until(() => room.position - room.lastSound < msToSamples(200));
  };
  const isOver = () => room.until(() => room.device.asleep && room.position - room.lastSound > msToSamples(1_500));

  test.each([
    [-6, 'its own name', OWN_NAME],
    [-12, 'its own name', OWN_NAME],
    [-20, 'its own name', OWN_NAME],
    [-6, 'its answers', answers.join(' ')],
    [-20, 'its answers', answers.join(' ')],
  ])('at %i dB is neither woken nor stopped by %s', async (db, _, text) => {
    room.echo = 10 ** (db / 20);
    const from = room.events.length;
    await says(text);
    expect(await isOver()).toBe(true);
    expect(room.since(from)).not.toContain('wake');
    expect(room.since(from)).not.toContain('stop-word');
    expect(room.events.slice(from)).toContainEqual(expect.objectContaining({ event: 'turn-end', outcome: 'answered' }));
  });

  test('still hears a person who calls it while it says something else', async () => {
    room.echo = 10 ** (-20 / 20);
    const from = room.events.length;
    await says(answers.join(' '));
    await room.passes(3_000);
    room.play(await readWav(join(projectRoot, 'test', 'fixtures', 'wake-word-and-silence.wav')));
    await room.until(() => room.since(from).includes('wake'));
    expect(room.since(from)).toContain('wake');
    room.device.send({ type: 'STOP' });
    await isOver();
  });
});
