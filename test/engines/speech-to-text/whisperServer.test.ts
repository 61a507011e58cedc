import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readWav } from '../../../src/audio/wav/reader.js';
import { projectRoot } from '../../../src/paths.js';
import { whisperServerOptions } from '../../../src/speech-to-text/options.js';
import { readAnswer } from '../../../src/speech-to-text/whisper/answer.js';
import { serverBuild } from '../../../src/speech-to-text/whisper/builds.js';
import { requestForm } from '../../../src/speech-to-text/whisper/requestForm.js';
import { ServerProcess } from '../../../src/speech-to-text/whisper/serverProcess.js';
import { WhisperServer } from '../../../src/speech-to-text/whisperServer.js';
import { eventually } from '../../support/eventually.js';
import { KeptLog } from '../../support/keptLog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { writeWhisperShape } from '../../support/whisperShape.js';
import { conformsToSpeechToText } from './conformance.js';
import { contextWith, deviceWith, processesWith, processorTicks, whyNot } from './whisperSupport.js';

const folder = temporaryFolder();
const english = writeWhisperShape(join(folder, 'english.bin'), 'tiny');
const conforming = writeWhisperShape(join(folder, 'conforming.bin'), 'tiny');
const multilingual = writeWhisperShape(join(folder, 'multilingual.bin'), 'tiny', 'multilingual');
const utterance = await readWav(join(projectRoot, 'test/fixtures/no-wake-word.wav'));
const never = new AbortController().signal;
const skipped = whyNot(serverBuild());

function loadWith(model: string, more: object = {}, log = new KeptLog()): Promise<WhisperServer> {
  return WhisperServer.load(whisperServerOptions.parse({ engine: 'whisperServer', model, ...more }), contextWith(log));
}

/** Closed after the test. */
async function load(...args: Parameters<typeof loadWith>): Promise<WhisperServer> {
  const engine = await loadWith(...args);
  open.push(engine);
  return engine;
}

const open: WhisperServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((engine) => engine.close()));
});

describe.skipIf(skipped !== '')(`whisper.cpp's server, built here, with a model without weights${skipped}`, () => {
  conformsToSpeechToText('whisperServer', { load: () => loadWith(conforming), languages: ['en'], utterance, words: [], takesTime: true });

  test('says how likely each language is', async () => {
    const engine = await load(multilingual);
    expect(engine.capabilities.languages).toEqual(['en', 'ko']);
    const settings = { program: serverBuild().program, model: multilingual, threads: 2 };
    const server = await ServerProcess.start(settings, never);
    const answer = readAnswer(await server.transcribe(requestForm(utterance, 'en', true), never));
    await server.stop();
    expect(answer.probability('en')).toBeGreaterThan(0);
    expect(answer.probability('ko')).toBeGreaterThan(0);
  });

  test('a server that is killed is replaced at once', async () => {
    const log = new KeptLog();
    const engine = await load(english, {}, log);
    const [first] = processesWith(english);
    process.kill(first ?? 0, 'SIGKILL');
    await eventually('another one runs', () => processesWith(english).some((id) => id !== first));
    await engine.transcribe(utterance, { signal: never, languages: ['en'] });
    expect(log.lines).toEqual([{ level: 'warn', fields: { deaths: 1, pauseMs: 0 }, message: expect.any(String) }]);
    await engine.close();
    expect(processesWith(english)).toEqual([]);
  });

  test('a server that hangs is replaced when the time is over', async () => {
    const engine = await load(english, { timeoutMs: 1000 });
    const [first] = processesWith(english);
    process.kill(first ?? 0, 'SIGSTOP');
    await expect(engine.transcribe(utterance, { signal: never, languages: ['en'] })).rejects.toMatchObject({ code: 'timed-out' });
    await eventually('another one runs alone', () => processesWith(english).every((id) => id !== first));
  });

  test('a stop ends the work itself, not only the waiting for it', async () => {
    const engine = await load(english);
    const [first = 0] = processesWith(english);
    const idle = processorTicks(first);
    const stop = new AbortController();
    const work = engine.transcribe(utterance, { signal: stop.signal, languages: ['en'] });
    await eventually('it works on it', () => processorTicks(first) > idle + 1);
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    await eventually('it is gone', () => !processesWith(english).includes(first));
  });

  test('it ends with a device that is killed', async () => {
    const device = await deviceWith('whisperServer', english);
    const running = processesWith(`--model ${english}`);
    await device.kill();
    expect(running).toHaveLength(1);
    await eventually('no server is left', () => processesWith(english).length === 0);
  });

  test('a model that breaks off is told as such', async () => {
    const broken = join(folder, 'broken.bin');
    const head = Buffer.alloc(64);
    head.write('lmgg', 'latin1');
    writeFileSync(broken, head);
    await expect(load(broken)).rejects.toMatchObject({ code: 'whisper-model-unusable', message: expect.stringContaining(broken) });
    expect(processesWith(broken)).toEqual([]);
  });
});

test('where it is not built, it says how to', async () => {
  vi.stubEnv('XDG_DATA_HOME', folder);
  await expect(load(english)).rejects.toMatchObject({
    code: 'whisper-not-built',
    remedy: expect.stringContaining('scripts/build-whisper'),
  });
});
