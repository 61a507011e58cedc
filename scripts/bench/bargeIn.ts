/**
 * From the end of a wake word or a stop word to silence, measured on audio: `npx tsx scripts/bench/bargeIn.ts [TIMES]`.
 * A whole device of the starter profile speaks on a sound card that nobody hears (PulseAudio's null sink); while it does, somebody says
 * a word into its microphone. Loudspeaker and microphone are the two channels of one sound card, so that one recording has both, sample
 * by sample. Nothing of the one is heard in the other.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { msToSamples, samplesToMs } from '../../src/audio/contract.js';
import { toBytes } from '../../src/audio/pcm.js';
import { openTalk, type RunningDevice } from '../../src/device/open.js';
import { EventLog } from '../../src/events/eventLog.js';
import { loadDeviceProfile } from '../../src/profile/load.js';
import { eventually } from '../../test/support/eventually.js';
import { KeptLog } from '../../test/support/keptLog.js';
import { type PulseAudio, startPulseAudio } from '../../test/support/pulseAudio.js';
import { type FixtureVoice, speak } from '../fixtures/voices.js';
import { countArgument, machineLine, printTable, spread } from './machine.js';

const SAY =
  'Here is a long story. Once upon a time a farmer had seven sheep and a little dog. Each morning they walked up the hill, and in the evening they came home again. One day it rained so much that the river rose over the bridge, and nobody knew how to get to the other side.';
const VOICES: readonly FixtureVoice[] = [
  { program: 'festival', voice: 'voice_kal_diphone', stretch: 1.1 },
  { program: 'festival', voice: 'voice_cmu_us_slt_arctic_hts', stretch: 1 },
  { program: 'espeak-ng', voice: 'en-gb', speed: 140 },
];
const WORDS = [
  { kind: 'wake word', text: 'alexa' },
  { kind: 'wake word', text: 'hey jarvis' },
  { kind: 'stop word', text: 'stop' },
  { kind: 'stop word', text: 'stop it' },
] as const;
/** Peaks above this are sound, in steps of 16 bit. */
const AUDIBLE = 150;
/** Pauses between words are shorter: after this it is silent. */
const SILENCE_MS = 700;
/** Nothing here takes longer, ms. */
const LIMIT_MS = 20_000;
/** Samples: an hour. */
const LONGEST = 3_600 * 16_000;

const times = countArgument(10);

/** Both channels, 16 kHz, from the start on. */
class Tape {
  readonly #recorder = spawn(
    'parec',
    ['--raw', '--format=s16le', '--rate=16000', '--channels=2', '--latency-msec=20', '--device=card.monitor'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  // Large enough from the start: whatever this process does, the device waits for.
  readonly #channels = [new Int16Array(LONGEST), new Int16Array(LONGEST)] as const;
  #odd: Buffer = Buffer.alloc(0);
  #position = 0;

  constructor() {
    this.#recorder.stdout.on('data', (bytes: Buffer) => this.#take(Buffer.concat([this.#odd, bytes])));
  }

  get position(): number {
    return this.#position;
  }

  /** Place of the last sound from `from` on. */
  lastAudible(which: 0 | 1, from: number): number | undefined {
    const last = this.#channels[which].subarray(from, this.#position).findLastIndex((sample) => Math.abs(sample) > AUDIBLE);
    return last < 0 ? undefined : from + last;
  }

  #take(bytes: Buffer): void {
    const whole = bytes.length - (bytes.length % 4);
    for (let at = 0; at < whole; at += 4, this.#position++) {
      this.#channels[0][this.#position] = bytes.readInt16LE(at);
      this.#channels[1][this.#position] = bytes.readInt16LE(at + 2);
    }
    this.#odd = bytes.subarray(whole);
  }

  async stop(): Promise<void> {
    const ended = once(this.#recorder, 'close');
    this.#recorder.kill();
    await ended;
  }
}

async function sayInTheRoom(samples: Int16Array): Promise<void> {
  const player = spawn('paplay', ['--raw', '--format=s16le', '--rate=16000', '--channels=1', '--device=room'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  player.stdin.end(toBytes(samples));
  await once(player, 'close');
}

async function soundCard(): Promise<PulseAudio> {
  const server = await startPulseAudio('card');
  for (const [name, channel] of [
    ['loudspeaker', 'front-left'],
    ['room', 'front-right'],
  ] as const)
    await server.load(
      'module-remap-sink',
      `sink_name=${name}`,
      'master=card',
      'channels=1',
      'channel_map=mono',
      `master_channel_map=${channel}`,
      'remix=no',
    );
  const heard = ['source_name=microphone', 'master=card.monitor', 'channels=1', 'channel_map=mono', 'master_channel_map=front-right'];
  await server.load('module-remap-source', ...heard, 'remix=no');
  return server;
}

/** ms from the word's end to the last sound of the device; undefined where it went on. */
async function interrupt(running: RunningDevice, tape: Tape, word: Int16Array, afterMs: number): Promise<number | undefined> {
  const from = tape.position;
  running.device.send({ type: 'SAY', text: SAY, language: 'en' });
  await eventually('it speaks', () => tape.lastAudible(0, from) !== undefined, LIMIT_MS);
  await pause(afterMs);
  const wordFrom = tape.position;
  await sayInTheRoom(word);
  const wordEnd = tape.lastAudible(1, wordFrom) ?? Number.NaN;
  await eventually('it is silent or goes on', () => tape.position > wordEnd + msToSamples(SILENCE_MS + 800), LIMIT_MS);
  const end = tape.position;
  const silentFrom = tape.lastAudible(0, wordFrom) ?? wordFrom;
  running.device.send({ type: 'STOP' });
  await eventually('it sleeps', () => running.device.quiet, LIMIT_MS);
  await pause(300);
  return silentFrom > end - msToSamples(SILENCE_MS) ? undefined : samplesToMs(silentFrom - wordEnd);
}

const server = await soundCard();
const rows: string[][] = [];
const all = new Map<string, number[]>();
const missed = new Map<string, number>();
try {
  const loaded = await loadDeviceProfile('starter');
  const audio = {
    ...loaded.profile.audio,
    inputDevice: 'microphone',
    outputDevice: 'loudspeaker',
    input: 'pulse',
    output: 'pulse',
    earcons: false,
  } as const;
  const running = await openTalk(
    { ...loaded, profile: { ...loaded.profile, audio } },
    { in: 'mic', out: 'speaker' },
    new EventLog(),
    new KeptLog(),
  );
  const stop = new AbortController();
  const listening = running.listen(stop.signal);
  const tape = new Tape();
  await eventually('the recording runs', () => tape.position > 0, LIMIT_MS);
  for (const { kind, text } of WORDS) {
    const late: number[] = [];
    for (let time = 0; time < times; time++) {
      const voice = VOICES[time % VOICES.length];
      if (voice === undefined) continue;
      // At other places within a frame each time, and within the sentences.
      const ms = await interrupt(running, tape, await speak(text, voice), 700 + ((time * 1_237 + text.length * 431) % 3_000));
      if (ms !== undefined) late.push(ms);
      else missed.set(`${text} by ${voice.voice}`, (missed.get(`${text} by ${voice.voice}`) ?? 0) + 1);
    }
    rows.push([kind, text, `${late.length}/${times}`, ...spread(late, 0)]);
    all.set(kind, [...(all.get(kind) ?? []), ...late]);
  }
  for (const [kind, late] of all) rows.push([`every ${kind}`, '', String(late.length), ...spread(late, 0)]);
  await tape.stop();
  stop.abort();
  await listening;
  await running.close();
} finally {
  await server.stop();
}
process.stdout.write(`${machineLine()}\nms from the end of the word to silence\n\n`);
printTable(['', 'word', 'heard', 'median', '95 %', 'most'], rows);
for (const [saying, count] of missed) process.stdout.write(`not heard: ${saying}, ${count} times\n`);
