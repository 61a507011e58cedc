import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { speak } from '../../../scripts/fixtures/voices.js';
import { msToSamples, samplesToMs } from '../../../src/audio/contract.js';
import { Room } from '../../support/room.js';
import { missingPocketsphinx } from '../speech-to-text/testData.js';

const STORY =
  'A farmer had seven sheep and a little dog. Each morning they walked up the hill. In the evening they came home again. One day it rained, and the river rose over the bridge.';
const man = { program: 'festival', voice: 'voice_kal_diphone', stretch: 1.1 } as const;
const woman = { program: 'espeak-ng', voice: 'en-gb+f2', speed: 140 } as const;

const missing = missingPocketsphinx();

describe.skipIf(missing !== undefined)(`a device that speaks${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let room: Room;
  beforeAll(async () => {
    room = await Room.open();
  }, 120_000);
  afterAll(() => room.leave());

  const tellsAStory = async () => {
    const from = room.events.length;
    room.device.send({ type: 'SAY', text: STORY, language: 'en' });
    await room.until(() => room.lastSound > 0 && room.position - room.lastSound < msToSamples(200));
    await room.passes(2_000);
    return from;
  };
  const endsSpeech = () => room.until(() => room.device.asleep && room.position - room.lastSound > msToSamples(1_000));

  test.each(['stop', 'stop it', 'be quiet'])('ends at "%s", within 200 ms of input', async (word) => {
    const from = await tellsAStory();
    const said = await speak(word, man);
    const end = room.position + said.length;
    room.play(said);
    expect(await endsSpeech()).toBe(true);
    expect(room.events.slice(from)).toContainEqual(expect.objectContaining({ event: 'stop-word' }));
    expect(room.events.slice(from)).toContainEqual(expect.objectContaining({ event: 'turn-end', outcome: 'stopped' }));
    expect(samplesToMs(room.lastSound - end)).toBeLessThan(200);
  });

  test.each([
    ['what a listener says', ['uh-huh', 'mm-hmm', 'okay', 'yeah', 'really']],
    ['talk in the room', ['I see', 'what is for dinner tonight', 'did you feed the cat']],
  ])('goes on at %s', async (_, sayings) => {
    const sounds = await Promise.all(sayings.flatMap((words, at) => speak(words, at % 2 === 0 ? man : woman)));
    const from = await tellsAStory();
    for (const sound of sounds) {
      room.play(sound);
      await room.passes(1_300);
    }
    expect(await endsSpeech()).toBe(true);
    expect(room.since(from)).not.toContain('stop-word');
    expect(room.events.slice(from)).toContainEqual(expect.objectContaining({ event: 'turn-end', outcome: 'answered' }));
  });

  test('ends ringing at "stop it", and a timer that was stopped so is over', async () => {
    const from = room.events.length;
    const over = room.device.alerts.add({ id: 'tea', text: 'Your tea timer is done.', language: 'en' });
    await room.until(() => room.events.slice(from).some((event) => event.event === 'signal' && event.name === 'ringing'));
    await room.passes(1_000);
    room.play(await speak('stop it', man));
    expect(await endsSpeech()).toBe(true);
    expect(room.since(from)).toContain('stop-word');
    await over;
  });

  test('does not listen for stop words while it is silent', async () => {
    const from = room.events.length;
    room.play(await speak('stop it', man));
    await room.passes(2_000);
    expect(room.since(from)).not.toContain('stop-word');
  });
});
