import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { msToSamples, type PcmChunk } from '../../../src/audio/contract.js';
import { TimelineSink } from '../../../src/audio/playback/timelineSink.js';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { levelAt, loudSpan, tone } from '../../support/tone.js';

const STEP = msToSamples(80);
const folder = temporaryFolder();
let files = 0;
const nextPath = () => join(folder, `${files++}.wav`);
const never = () => new AbortController().signal;
const constant = (value: number, ms: number, sampleRate = 16_000): PcmChunk => ({
  sampleRate,
  samples: new Int16Array(Math.round((sampleRate * ms) / 1000)).fill(value),
});

async function steps(sink: TimelineSink, count: number): Promise<void> {
  for (let step = 0; step < count; step++) await sink.advance(STEP);
}

describe('timeline sink', () => {
  it('puts sound where time was when it was played, and silence elsewhere', async () => {
    const path = nextPath();
    const sink = await TimelineSink.load(path, 100);
    await steps(sink, 10);
    let startedAt = -1;
    const playing = sink.play([constant(1_000, 100), constant(2_000, 50)], {
      signal: never(),
      onStart: () => {
        startedAt = sink.position;
      },
    });
    await steps(sink, 10);
    expect(await playing).toEqual({ interrupted: false, playedMs: 150 });
    expect(startedAt).toBe(10 * STEP);
    expect(sink.position).toBe(20 * STEP);
    await sink.close();
    const written = await readWav(path);
    const expected = new Int16Array(20 * STEP);
    expected.fill(1_000, 12_800, 12_800 + 1_600).fill(2_000, 12_800 + 1_600, 12_800 + 2_400);
    expect(written).toEqual(expected);
  });

  it('is cut exactly where time was when it was stopped', async () => {
    const path = nextPath();
    const sink = await TimelineSink.load(path, 100);
    const stop = new AbortController();
    const playing = sink.play([constant(1_000, 60_000)], { signal: stop.signal });
    await steps(sink, 5);
    stop.abort();
    expect(await playing).toEqual({ interrupted: true, playedMs: 400 });
    await steps(sink, 5);
    await sink.close();
    expect(loudSpan(await readWav(path), 500)).toEqual({ from: 0, to: 5 * STEP - 1 });
  });

  it('follows one sound with the next without a gap', async () => {
    const path = nextPath();
    const sink = await TimelineSink.load(path, 100);
    const both = Promise.all([constant(1_000, 30), constant(2_000, 30)].map((chunk) => sink.play([chunk], { signal: never() })));
    await sink.advance(STEP);
    await both;
    await sink.close();
    const written = await readWav(path);
    expect(written.subarray(0, 960)).toEqual(new Int16Array(960).fill(1_000, 0, 480).fill(2_000, 480));
    expect(written.subarray(960).every((sample) => sample === 0)).toBe(true);
  });

  it('writes silence and goes on while sound is late', async () => {
    const path = nextPath();
    const sink = await TimelineSink.load(path, 100);
    let deliver = () => {};
    const late = new Promise<void>((resolve) => {
      deliver = resolve;
    });
    async function* speech() {
      yield constant(1_000, 80);
      await late;
      yield constant(2_000, 80);
    }
    const playing = sink.play(speech(), { signal: never() });
    await steps(sink, 4);
    deliver();
    await steps(sink, 2);
    expect(await playing).toEqual({ interrupted: false, playedMs: 160 });
    await sink.close();
    const levels = Array.from({ length: 6 }, (_, at) => at * STEP + 5);
    const written = await readWav(path);
    expect(levels.map((at) => written[at])).toEqual([1_000, 0, 0, 0, 2_000, 0]);
  });

  it('plays sound of any rate at its pitch and length', async () => {
    const path = nextPath();
    const sink = await TimelineSink.load(path, 100);
    const sounds = [22_050, 16_000, 24_000].map((sampleRate) => ({ sampleRate, samples: tone(700, 500, sampleRate) }));
    const playing = sink.play(sounds, { signal: never() });
    await steps(sink, 25);
    expect((await playing).playedMs).toBe(1_500);
    await sink.close();
    const written = await readWav(path);
    for (const from of [0, 500, 1_000]) {
      expect(levelAt(written.subarray(msToSamples(from + 50), msToSamples(from + 450)), 700)).toBeCloseTo(-6.02, 1);
    }
    expect(loudSpan(written)?.to).toBeLessThan(msToSamples(1_500));
  });

  it('plays softer at a lower volume, and glides there', async () => {
    const path = nextPath();
    const sink = await TimelineSink.load(path, 100);
    const playing = sink.play([constant(10_000, 240)], { signal: never() });
    await steps(sink, 1);
    sink.setVolume(50);
    await steps(sink, 2);
    await playing;
    await sink.close();
    const written = await readWav(path);
    expect(written[0]).toBe(10_000);
    expect(written[STEP * 3 - 1]).toBe(2_500);
    const changes = Array.from(written.subarray(0, STEP * 3 - 1), (sample, at) => Math.abs((written[at + 1] ?? 0) - sample));
    expect(Math.max(...changes)).toBeLessThan(20);
  });

  it('writes the same bytes for the same calls', async () => {
    const run = async () => {
      const path = nextPath();
      const sink = await TimelineSink.load(path, 80);
      async function* speech() {
        for (let piece = 0; piece < 20; piece++) {
          await Promise.resolve();
          yield { sampleRate: 22_050, samples: tone(300 + piece * 10, 33, 22_050) };
        }
      }
      await sink.advance(777);
      const stop = new AbortController();
      const first = sink.play(speech(), { signal: stop.signal });
      const second = sink.play([constant(500, 10)], { signal: never() });
      await steps(sink, 4);
      stop.abort();
      await steps(sink, 4);
      await Promise.all([first, second]);
      await sink.close();
      return readFileSync(path);
    };
    const bytes = await run();
    expect(loudSpan(await readWav(join(folder, `${files - 1}.wav`)))).toBeDefined();
    for (let again = 0; again < 3; again++) expect((await run()).equals(bytes)).toBe(true);
  });

  it('can be moved on by any number of samples', async () => {
    const at = async (step: number) => {
      const path = nextPath();
      const sink = await TimelineSink.load(path, 100);
      const playing = sink.play([{ sampleRate: 24_000, samples: tone(440, 3_000, 24_000) }], { signal: never() });
      for (let moved = 0; moved < 64_000; moved += step) await sink.advance(Math.min(step, 64_000 - moved));
      await playing;
      await sink.close();
      return readFileSync(path);
    };
    const bytes = await at(64_000);
    expect((await at(1_280)).equals(bytes)).toBe(true);
    expect((await at(333)).equals(bytes)).toBe(true);
  });

  it('pulls no more than a second ahead', async () => {
    const sink = await TimelineSink.load(nextPath(), 100);
    let asked = 0;
    function* endless() {
      for (;;) {
        asked++;
        yield constant(1_000, 100);
      }
    }
    const stop = new AbortController();
    const playing = sink.play(endless(), { signal: stop.signal });
    await steps(sink, 1);
    expect(asked).toBeLessThanOrEqual(12);
    await steps(sink, 25);
    expect(asked).toBeLessThanOrEqual(33);
    stop.abort();
    await playing;
    await sink.close();
  });

  it('says so when it can not be written', async () => {
    await expect(TimelineSink.load('/dev/full', 80)).rejects.toMatchObject({ code: 'wav-not-written' });
    await expect(TimelineSink.load(join(folder, 'no', 'folder.wav'), 80)).rejects.toMatchObject({ code: 'wav-not-written' });
  });

  it('says so when the room for it runs out, to whoever moves time and to whoever plays', async () => {
    // In a process of its own that may write 400 KiB.
    const script = `import { TimelineSink } from './src/audio/playback/timelineSink.js';
      const sink = await TimelineSink.load(${JSON.stringify(nextPath())}, 100);
      const sound = [{ sampleRate: 16_000, samples: new Int16Array(16_000 * 60).fill(1_000) }];
      const codeOf = (error) => error.code;
      const playing = sink.play(sound, { signal: new AbortController().signal }).catch(codeOf);
      const moving = (async () => { for (;;) await sink.advance(1_280); })().catch(codeOf);
      console.log(await moving, await playing, sink.position > 12 * 16_000);
      await sink.close();`;
    const child = spawn(
      'bash',
      ['-c', 'ulimit -f 400; exec "$0" "$@"', process.execPath, '--import', 'tsx', '--input-type=module', '-e', script],
      {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let said = '';
    for await (const text of child.stdout.setEncoding('utf8')) said += String(text);
    expect(said.trim()).toBe('wav-not-written wav-not-written true');
  });
});
