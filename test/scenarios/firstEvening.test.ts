import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { talk } from '../../src/cli/talk.js';
import type { LoggedEvent } from '../../src/events/events.js';
import { projectRoot } from '../../src/paths.js';
import { FileServer, serve } from '../standalone/models/fileServer.js';
import { namesIn, QUICK, useModelsFolder } from '../standalone/models/setting.js';
import { eventually } from '../support/eventually.js';
import { smallEvening } from '../support/firstEvening.js';
import { type KeptOutput, keepOutput } from '../support/keptOutput.js';
import { startPulseAudio } from '../support/pulseAudio.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** `tandem talk` on a machine with network and nothing downloaded, with a real server, the real starter profile and a small real model. */

const place = useModelsFolder();
const folder = temporaryFolder();
const PATIENCE = 60_000;

let output: KeptOutput;
let server: FileServer;
beforeEach(() => {
  output = keepOutput();
});
afterEach(async () => {
  output.restore();
  await server.close();
});

/** Sends the first half of the file, and the rest when it is told to. */
function slow(content: Buffer): { answer: (response: ServerResponse) => void; goOn: () => void } {
  const half = Math.floor(content.length / 2);
  let rest = (): void => {};
  return {
    answer: (response) => {
      response.writeHead(200, { 'content-length': content.length, etag: '"one"' });
      response.write(content.subarray(0, half));
      rest = () => response.end(content.subarray(half));
    },
    goOn: () => rest(),
  };
}

const TEXT = { in: 'mic', out: 'speaker', text: true } as const;

async function readEvents(file: string): Promise<readonly LoggedEvent[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LoggedEvent);
}

it('talks on starter while the model comes, changes over, and starts with it the next time', async () => {
  const { content, recommender } = await smallEvening(folder, true);
  const download = slow(content);
  // The first request is the look whether there is a network.
  server = await FileServer.start(serve(content), (_request, response) => download.answer(response));
  vi.stubEnv('TANDEM_MODELS_MIRROR', server.url);
  const input = new PassThrough();
  const events = join(folder, 'events.jsonl');
  const talking = talk({ ...TEXT, yes: true, events }, { recommender, input, preparing: { pull: { limits: QUICK } } });

  input.write('What is the capital of France?\n');
  await eventually('starter answers', () => output.out.includes('Paris'), PATIENCE);
  await eventually('half of the file is here', () => /models {2}downloading +\d+ %/.test(output.err), PATIENCE);
  expect(output.err).toContain('Terms 1: only at home (https://example.org/terms)');
  expect(output.err).not.toContain('Changed over');
  expect(recommender.questions).toEqual([]);

  download.goOn();
  await eventually('it has changed over', () => output.err.includes('Changed over to Real'), PATIENCE);
  input.write('repeat that\n');
  await eventually('it repeats what starter said', () => output.out.split('Paris').length === 3, PATIENCE);
  const before = output.out;
  input.write('What is the capital of France?\n');
  input.end();
  await talking;
  expect(output.out.slice(before.length)).not.toContain('Paris');
  const happened = await readEvents(events);
  expect(happened.flatMap((event) => (event.event === 'ready' ? [event.profile] : []))).toEqual(['Starter', 'Real']);
  expect(happened.filter(({ event }) => event === 'turn-end')).toHaveLength(3);
  expect(happened.filter(({ event }) => event === 'error')).toEqual([]);
  expect(await namesIn(place.folder)).toEqual(['stand-in.gguf']);

  const asked = server.requests.length;
  const again = new PassThrough();
  again.end('What is the capital of France?\n');
  const eventsAgain = join(folder, 'again.jsonl');
  await talk({ ...TEXT, events: eventsAgain }, { recommender, input: again });
  expect((await readEvents(eventsAgain)).find(({ event }) => event === 'ready')).toMatchObject({ profile: 'Real' });
  expect(server.requests).toHaveLength(asked);
  expect(recommender.questions).toEqual([]);
}, 180_000);

it('ended in the middle of a download, goes on with it at the next start and asks nothing', async () => {
  const { content, recommender } = await smallEvening(folder, true);
  const download = slow(content);
  server = await FileServer.start(serve(content), (_request, response) => download.answer(response), serve(content, { etag: '"one"' }));
  vi.stubEnv('TANDEM_MODELS_MIRROR', server.url);
  const input = new PassThrough();
  const talking = talk({ ...TEXT, yes: true }, { recommender, input, preparing: { pull: { limits: { ...QUICK, stallMs: 60_000 } } } });
  await eventually('half of the file is here', () => /downloading +[45]\d %/.test(output.err), PATIENCE);
  input.end();
  await talking;
  expect(await namesIn(place.folder)).toEqual(['stand-in.gguf.part', 'stand-in.gguf.part.json']);

  const again = new PassThrough();
  const next = talk(TEXT, { recommender, input: again });
  await eventually('it has changed over', () => output.err.includes('Changed over to Real'), PATIENCE);
  again.end();
  await next;
  expect(server.requests.at(-1)?.range).toMatch(/^bytes=[1-9]\d+-$/);
  expect(recommender.questions).toEqual([]);
}, 180_000);

it('a model that turns out not to work leaves starter where it is, and says so', async () => {
  const { content, recommender } = await smallEvening(folder, true);
  server = await FileServer.start(serve(content));
  vi.stubEnv('TANDEM_MODELS_MIRROR', server.url);
  const input = new PassThrough();
  const broken = {
    ...recommender,
    propose: async () => {
      const proposal = await recommender.propose();
      return { ...proposal, profile: proposal.profile.replace('stand-in.gguf', 'another.gguf') };
    },
  };
  const talking = talk({ ...TEXT, yes: true }, { recommender: broken, input });
  await eventually('it has tried', () => output.err.includes('another.gguf is not there'), PATIENCE);
  input.end('What is the capital of France?\n');
  await talking;
  expect(output.out).toContain('Paris');
  expect(output.err).not.toContain('Changed over');
}, 180_000);

/** The loudest 20 ms, as a share of full scale. */
function loudness(samples: Int16Array): number {
  let loudest = 0;
  for (let at = 0; at + 320 <= samples.length; at += 320) {
    const energy = samples.subarray(at, at + 320).reduce((sum, sample) => sum + sample * sample, 0);
    loudest = Math.max(loudest, Math.sqrt(energy / 320) / 32_768);
  }
  return loudest;
}

const play = (file: string) => promisify(execFile)('paplay', [file]);

it('with microphone and loudspeaker it says aloud that it has changed over, and goes on listening', async () => {
  const { content, recommender } = await smallEvening(folder, true);
  const download = slow(content);
  server = await FileServer.start(serve(content), (_request, response) => download.answer(response));
  vi.stubEnv('TANDEM_MODELS_MIRROR', server.url);
  const sound = await startPulseAudio();
  try {
    const events = join(folder, 'spoken.jsonl');
    const talking = talk({ in: 'mic', out: 'speaker', yes: true, events }, { recommender });
    await eventually(
      'half of the file is here',
      () => output.err.includes('Starter is ready') && /downloading +[45]\d %/.test(output.err),
      PATIENCE,
    );
    const heard = await sound.record();
    expect(loudness(heard.samples())).toBeLessThan(0.01);
    download.goOn();
    await eventually('it has changed over', () => output.err.includes('Changed over to Real'), PATIENCE);
    await eventually('it says so', () => loudness(heard.samples()) > 0.05, PATIENCE);
    await heard.stop();
    // What the loudspeaker plays is what the microphone hears; while the device still speaks, the word may be missed.
    const hearsWakeWord = async () => {
      await play(join(projectRoot, 'test', 'fixtures', 'wake-word-and-silence.wav'));
      return output.err.includes('· heard "');
    };
    await eventually('it hears the wake word', hearsWakeWord, PATIENCE);
    process.emit('SIGTERM');
    await talking;
    const happened = await readEvents(events);
    expect(happened.flatMap((event) => (event.event === 'ready' ? [event.profile] : []))).toEqual(['Starter', 'Real']);
    expect(happened.filter(({ event }) => event === 'error')).toEqual([]);
  } finally {
    await sound.stop();
  }
}, 180_000);
