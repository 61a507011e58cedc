import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../src/audio/contract.js';
import { TimelineSink } from '../../../src/audio/playback/timelineSink.js';
import { Answerers } from '../../../src/device/answering/answerers.js';
import { ConversationMemory } from '../../../src/device/answering/conversationMemory.js';
import { chartInput } from '../../../src/device/chartInput.js';
import { Device } from '../../../src/device/device.js';
import { Ear } from '../../../src/device/hearing/ear.js';
import { ReplayPace } from '../../../src/device/pace.js';
import { Alerts } from '../../../src/device/speaking/alerts.js';
import { Notices } from '../../../src/device/speaking/notices.js';
import { Voice } from '../../../src/device/speaking/voice.js';
import { EventLog } from '../../../src/events/eventLog.js';
import type { LanguageModel } from '../../../src/language-model/contract.js';
import { loadDeviceProfile } from '../../../src/profile/load.js';
import { createRouter } from '../../../src/routing/create.js';
import { SkillSet } from '../../../src/skills/create.js';
import type { PcmSpeechOutput } from '../../../src/speech-output/contract.js';
import type { SpeechToText } from '../../../src/speech-to-text/contract.js';
import { FakeVoiceActivity } from '../../../src/voice-activity/testing/fakeVoiceActivity.js';
import { WakeWordDetector } from '../../../src/wake-word/detector.js';
import { FakeWakeWord } from '../../../src/wake-word/testing/fakeWakeWord.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const TURNS = 120;
const WAKE = 1_000;
const VOICE = 2_000;

/** What the engines are handed in each turn; held by nobody but the device. */
class Handed {
  private readonly refs: WeakRef<object>[] = [];

  note(...things: readonly object[]): void {
    this.refs.push(...things.map((thing) => new WeakRef(thing)));
  }

  get count(): number {
    return this.refs.length;
  }

  async alive(): Promise<number> {
    for (let round = 0; round < 5; round++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      collectGarbage();
    }
    return this.refs.filter((ref) => ref.deref() !== undefined).length;
  }
}

/** The timers that run on this clock, from now on. */
function timersOf(clock: ReplayPace['clock']): ReadonlySet<unknown> {
  const running = new Set<unknown>();
  const { setTimeout, clearTimeout } = clock;
  clock.setTimeout = (fn, ms) => {
    const id: unknown = setTimeout(() => {
      running.delete(id);
      fn();
    }, ms);
    running.add(id);
    return id;
  };
  clock.clearTimeout = (id) => {
    running.delete(id);
    clearTimeout(id);
  };
  return running;
}

function engines(handed: Handed) {
  const speechToText: SpeechToText = {
    label: 'scripted',
    capabilities: { languages: ['en'] },
    transcribe: async (samples, { signal }) => {
      handed.note(samples, signal);
      return { text: 'what is that', language: 'en' };
    },
    close: async () => {},
  };
  const languageModel: LanguageModel = {
    label: 'scripted',
    capabilities: { contextTokens: 1_024, prefill: true },
    generate: async ({ messages, signal, onText }) => {
      handed.note(messages, signal);
      onText?.('It is a thing. And it is a good one.');
      return { text: 'It is a thing.', stopReason: 'end', promptTokens: 1, cachedTokens: 0, generatedTokens: 1 };
    },
    prefill: async (_messages, signal) => handed.note(signal),
    close: async () => {},
  };
  const speechOutput: PcmSpeechOutput = {
    kind: 'pcm',
    label: 'scripted',
    capabilities: { languages: ['en'] },
    async *synthesize(_sentence, { signal }) {
      handed.note(signal);
      const samples = new Int16Array(8_000);
      handed.note(samples);
      yield { sampleRate: 16_000, samples };
    },
    close: async () => {},
  };
  return { speechToText, languageModel, speechOutput };
}

function frame(value: number): Int16Array {
  return new Int16Array(FRAME_SAMPLES).fill(value);
}

it('after a hundred turns and more it holds no more than after one: listeners, timers, utterances, signals', async () => {
  const { profile } = await loadDeviceProfile('starter');
  const handed = new Handed();
  const { speechToText, languageModel, speechOutput } = engines(handed);
  const events = new EventLog();
  let state = '';
  const outcomes = new Map<string, number>();
  events.listen((event) => {
    if (event.event === 'state') ({ state } = event);
    if (event.event === 'turn-end') outcomes.set(event.outcome, (outcomes.get(event.outcome) ?? 0) + 1);
  });
  const pace = new ReplayPace();
  const timers = timersOf(pace.clock);
  const sink = await TimelineSink.load('/dev/null', 80);
  const mouth = new Voice(speechOutput, sink, pace);
  const source = {
    label: 'scripted',
    /** Asked and answered; called and nothing said; interrupted while it speaks. */
    async *frames() {
      for (let turn = 0; turn < TURNS; turn++) {
        const barges = turn % 3 === 2;
        // As long as the step of a wake word engine.
        for (let count = 0; count < 2; count++) yield frame(WAKE);
        if (turn % 3 !== 1) for (let count = 0; count < 20; count++) yield frame(VOICE);
        while (!device.quiet && !(barges && state === 'replying.speaking')) yield frame(0);
      }
      while (!device.quiet) yield frame(0);
    },
    close: async () => {},
  };
  const wakeWord = new WakeWordDetector({
    engine: new FakeWakeWord({ score: (_word, _end, step) => (step.includes(WAKE) ? 1 : 0) }),
    policy: { threshold: () => 0.5, thresholdWhileSpeaking: 0.5, refractoryMs: 0, voiceGate: 0 },
    voice: undefined,
  });
  const ear = new Ear({
    source,
    pace,
    timekeeper: sink,
    wakeWord,
    voice: new FakeVoiceActivity({ probability: (stretch) => (stretch[0] === VOICE ? 0.99 : 0.01) }),
    voiceThreshold: 0.5,
    endpointing: { ...profile.endpointing, nothingSaidMs: 1_000 },
    followUpMs: 1_000,
  });
  const memory = new ConversationMemory(60_000, () => pace.now());
  const skills = new SkillSet([]);
  const notices = Notices.load();
  const device: Device = new Device({
    chart: chartInput(profile),
    alerts: new Alerts(),
    languages: ['en'],
    earcons: () => true,
    events,
    pace,
    ear,
    sink,
    mouth,
    speechToText,
    wakeWords: ['alexa'],
    answerers: new Answerers({
      skills,
      skillContext: () => {
        throw new Error('no skill is asked');
      },
      languageModel,
      systemMessage: { en: 'Be brief.', ko: 'Be brief.' },
      maxAnswerTokens: 20,
      memory,
      events,
      pace,
      router: createRouter(profile.routing),
      host: undefined,
      notices,
    }),
    memory,
    notices,
    sentencesAtOnce: 4,
    home: undefined,
  });
  const hearing = new AbortController();
  device.start();
  try {
    await ear.run(hearing.signal);
    await device.idle();
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(TURNS);
    expect([...outcomes.keys()].sort()).toEqual(['answered', 'interrupted', 'nothing-heard']);
    expect(device.asleep).toBe(true);
    expect(getEventListeners(hearing.signal, 'abort')).toHaveLength(0);
    expect(timers.size).toBe(0);
    expect(handed.count).toBeGreaterThan(5 * TURNS);
    // The last utterance and the last signals may still be there.
    expect(await handed.alive()).toBeLessThan(20);
  } finally {
    await device.stop();
    await mouth.close();
    await sink.close();
  }
}, 120_000);
