import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { FakeLanguageModel } from '../../src/language-model/testing/fakeLanguageModel.js';
import { projectRoot } from '../../src/paths.js';
import type { DeviceProfile } from '../../src/profile/schema.js';
import { FakeSpeechToText } from '../../src/speech-to-text/testing/fakeSpeechToText.js';
import { type Live, live } from '../support/liveDevice.js';
import { playScenario } from '../support/playScenario.js';
import { scriptedPrograms } from '../support/scriptedPrograms.js';

/**
 * Every state but sleep ends by itself on a whole device too, whichever part of it never answers: the device says so where it can, sleeps
 * again, and answers the next question. Hosts that hang: `faults.test.ts`.
 */

const programs = scriptedPrograms();
const realVoice = execFileSync('which', ['-a', 'espeak-ng'], { encoding: 'utf8' }).trim().split('\n').at(-1) ?? '';
// Neither says nor refuses what holds the word "lexicon", or that the dictionary timer rings.
programs.write(
  'espeak-ng',
  `case " $* " in *" --stdin "*) ;; *) exec ${realVoice} "$@";; esac
text=$(cat)
case "$text" in *lexicon*|*dictionary*done*) exec sleep 600;; esac
printf '%s' "$text" | exec ${realVoice} "$@"`,
);

const never = () => new Promise<void>(() => {});
const nextQuestion = { ask: 'what is twelve times twelve', answer: '144' };
const question = join(projectRoot, 'test', 'fixtures', 'capital-france-breath.wav');

it('speech recognition that never answers', { timeout: 300_000 }, async () => {
  const { differences } = await playScenario(
    {
      settings: { conversation: { limits: { transcribingMs: 1000 } } },
      turns: [{ hear: question, spoken: 'took too long' }, nextQuestion],
      expect: ['transcribing', { error: 'timed-out' }, 'announcing', { 'turn-end': 'failed' }, 'asleep', { 'turn-end': 'answered' }],
    },
    { speechToText: () => Promise.resolve(new FakeSpeechToText({ beforeAnswer: never })) },
  );
  expect(differences).toBe('');
});

it('a model that never begins', { timeout: 300_000 }, async () => {
  const { differences } = await playScenario(
    {
      settings: { conversation: { limits: { firstTextMs: 1000 } } },
      turns: [{ ask: 'who was the first king of france', spoken: 'took too long' }, nextQuestion],
      expect: ['answering', { error: 'timed-out' }, 'announcing', { 'turn-end': 'failed' }, 'asleep', { 'turn-end': 'answered' }],
    },
    { languageModel: () => Promise.resolve(new FakeLanguageModel({ beforePiece: never })) },
  );
  expect(differences).toBe('');
});

it('a model that stops in the middle: what it had said is said', { timeout: 300_000 }, async () => {
  const beforePiece = (index: number) => (index < 4 ? Promise.resolve() : never());
  const { differences } = await playScenario(
    {
      settings: { conversation: { limits: { answeringMs: 1000 } } },
      turns: [{ ask: 'who was the first king of france', spoken: { is: 'That was Clovis. And' } }, nextQuestion],
      expect: ['answering', 'speaking', { 'turn-end': 'answered' }, 'asleep', { 'turn-end': 'answered' }],
    },
    { languageModel: () => Promise.resolve(new FakeLanguageModel({ answer: () => 'That was Clovis. And then', beforePiece })) },
  );
  expect(differences).toBe('');
});

it.each([
  ['before the first word', 'A lexicon.', ['answering']],
  ['in the middle', 'This is a book. It is a lexicon. So it is.', ['answering', 'speaking']],
])('a voice that hangs %s of an answer', { timeout: 300_000 }, async (_, answer, states) => {
  const { differences } = await playScenario(
    {
      settings: { conversation: { limits: { answeringMs: 1000, speakingMs: 5000 } } },
      turns: [{ ask: 'what is that book' }, nextQuestion],
      expect: [...states, { error: 'timed-out' }, { 'turn-end': 'timed-out' }, 'asleep', { 'turn-end': 'answered' }],
    },
    { languageModel: () => Promise.resolve(new FakeLanguageModel({ answer: () => answer })) },
  );
  expect(differences).toBe('');
});

it('a voice that hangs where it is told to say something', { timeout: 300_000 }, async () => {
  const { differences } = await playScenario({
    turns: [{ say: 'The lexicon is on the table.' }, nextQuestion],
    expect: ['announcing', { 'turn-end': 'timed-out' }, 'asleep', { 'turn-end': 'answered' }],
    settings: { conversation: { limits: { speakingMs: 1000 } } },
    atMost: '120 s',
  });
  expect(differences).toBe('');
});

it('a voice that hangs while a timer rings', { timeout: 300_000 }, async () => {
  const { differences } = await playScenario({
    settings: { conversation: { limits: { ringingMs: 2000 } } },
    turns: [{ ask: 'set a dictionary timer for two seconds' }, nextQuestion],
    expect: ['ringing', 'asleep', { 'turn-end': 'answered' }],
  });
  expect(differences).toBe('');
});

it('a disk that never answers a skill', { timeout: 300_000 }, async () => {
  await live({}, async ({ device, events, dataFolder }) => {
    // Whoever opens this to write waits until somebody reads.
    const file = join(dataFolder, 'timers.json.new');
    execFileSync('mkfifo', [file]);
    await ask(device, 'set a timer for five minutes');
    await ask(device, 'what is twelve times twelve');
    expect(events.flatMap((event) => (event.event === 'error' ? [event.code] : []))).toEqual(['timed-out']);
    expect(events.flatMap((event) => (event.event === 'turn-end' ? [event.outcome] : []))).toEqual(['failed', 'answered']);
    await (await open(file, 'r')).close();
  });
});

it.each([
  ['while it listens', 'listening', (device: Live['device']) => device.send({ type: 'PUSH' })],
  ['in the follow-up window', 'followUp', (device: Live['device']) => void ask(device, 'what is twelve times twelve')],
])('a microphone that gives nothing any more %s', { timeout: 300_000 }, async (_, wanted, begin) => {
  const change = ({ conversation, endpointing, ...profile }: DeviceProfile): DeviceProfile => ({
    ...profile,
    conversation: { ...conversation, followUp: 'always', limits: { ...conversation.limits, listeningMs: 1_000 } },
    endpointing: { ...endpointing, nothingSaidMs: 500, maxMs: 1_000 },
  });
  await live({ change, microphoneHangs: (state) => state.startsWith(wanted) }, async ({ device, states }) => {
    begin(device);
    await vi.waitUntil(() => states().at(-1)?.startsWith(wanted), { timeout: 60_000 });
    await vi.waitUntil(() => states().at(-1) === 'asleep', { timeout: 60_000 });
  });
});

async function ask(device: Live['device'], text: string): Promise<void> {
  device.send({ type: 'ASK', question: { text, language: 'en' } });
  await device.idle();
}
