import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TandemError } from '../../../src/errors.js';
import { type Asked, begin } from '../../../src/first-evening/begin.js';
import { acceptedProfile } from '../../../src/first-evening/remembered.js';
import { freePort } from '../../../src/freePort.js';
import { licencesToAccept } from '../../../src/models/licences.js';
import { smallEvening } from '../../support/firstEvening.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { type Answer, FileServer, serve, status } from '../models/fileServer.js';
import { useModelsFolder } from '../models/setting.js';

const place = useModelsFolder();
const folder = temporaryFolder();

let server: FileServer | undefined;
let said: string[];
let troubles: TandemError[];
beforeEach(() => {
  said = [];
  troubles = [];
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function network(...answers: Answer[]): Promise<FileServer> {
  server = await FileServer.start(...answers);
  vi.stubEnv('TANDEM_MODELS_MIRROR', server.url);
  return server;
}

function asked(change: Partial<Asked> = {}): Asked {
  return {
    profile: undefined,
    live: true,
    yes: false,
    canAsk: true,
    signal: new AbortController().signal,
    say: (line) => said.push(line),
    trouble: (error) => troubles.push(error),
    ...change,
  };
}

const remembered = () => readFile(join(place.data, 'tandem', 'recommended-profile.json'), 'utf8');

describe('at a terminal', () => {
  test('asks once after showing the plan; a yes is remembered with the licences and the profile', async () => {
    const { content, recommender, model } = await smallEvening(folder, true);
    await network(serve(content));
    const { loaded, later } = await begin(asked(), recommender);
    expect(loaded.profile.name).toBe('Starter');
    expect(later?.loaded.profile.name).toBe('Real');
    expect(later?.needs).toEqual({ models: [model], whisper: false });
    expect(said.join('\n')).toContain('stand-in');
    expect(recommender.questions).toEqual([expect.stringContaining('Yes accepts: Terms 1.')]);
    expect(await licencesToAccept([model])).toEqual([]);

    const next = await begin(asked({ canAsk: false }), recommender);
    expect(next.later?.needs.models).toEqual([model]);
    expect(recommender.questions).toHaveLength(1);
  });

  test('a no is remembered, with a sentence how to change it; --yes changes it', async () => {
    const { content, recommender, model } = await smallEvening(folder, false);
    const { requests } = await network(serve(content));
    expect((await begin(asked(), recommender)).later).toBeUndefined();
    expect(said.at(-1)).toMatch(/tandem talk --yes.*tandem profile recommend/);
    expect(await licencesToAccept([model])).toHaveLength(1);
    const before = requests.length;

    const next = await begin(asked(), recommender);
    expect(next).toEqual({ loaded: expect.objectContaining({ profile: expect.objectContaining({ name: 'Starter' }) }) });
    expect(recommender.questions).toHaveLength(1);
    expect(requests).toHaveLength(before);

    expect((await begin(asked({ yes: true }), recommender)).later?.needs.models).toEqual([model]);
    expect(recommender.questions).toHaveLength(1);
  });

  test('an input that ends instead of an answer is neither: it is asked again', async () => {
    const { content, recommender } = await smallEvening(folder, undefined);
    await network(serve(content));
    expect((await begin(asked(), recommender)).later).toBeUndefined();
    await expect(remembered()).rejects.toMatchObject({ code: 'ENOENT' });
    await begin(asked(), recommender);
    expect(recommender.questions).toHaveLength(2);
  });

  test('a server that has no such file is a network all the same', async () => {
    const { recommender } = await smallEvening(folder, true);
    await network(status(404));
    expect((await begin(asked(), recommender)).later).toBeDefined();
  });

  test('models that are there already need no download', async () => {
    const { content, recommender } = await smallEvening(folder, true);
    await network(serve(content));
    await mkdir(place.folder, { recursive: true });
    await writeFile(join(place.folder, 'stand-in.gguf'), content);
    const { loaded, later, spare } = await begin(asked(), recommender);
    expect([loaded.profile.name, later, spare?.profile.name]).toEqual(['Real', undefined, 'Starter']);
  });
});

describe('without network', () => {
  test.each([
    ['at a terminal', { canAsk: true }],
    ['with --yes', { canAsk: false, yes: true }],
  ])('%s: starter, no question, one line', async (_where, change) => {
    const { recommender } = await smallEvening(folder, true);
    vi.stubEnv('TANDEM_MODELS_MIRROR', `http://127.0.0.1:${await freePort()}`);
    const { loaded, later } = await begin(asked(change), recommender);
    expect([loaded.profile.name, later]).toEqual(['Starter', undefined]);
    expect(recommender.questions).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/can be reached.*practice model/)]);
  });

  test('a mirror that is no address is said, and starter talks', async () => {
    const { recommender } = await smallEvening(folder, true);
    vi.stubEnv('TANDEM_MODELS_MIRROR', 'somewhere');
    expect((await begin(asked(), recommender)).loaded.profile.name).toBe('Starter');
    expect(troubles).toEqual([expect.objectContaining({ code: 'mirror-not-an-address' })]);
  });
});

describe('never asks', () => {
  test.each<[string, Partial<Asked>, string]>([
    ['with a named profile', { profile: 'pi-5', yes: true }, 'Pi 5'],
    ['with --profile starter', { profile: 'starter' }, 'Starter'],
    ['for a recording', { live: false }, 'Starter'],
    ['without a terminal', { canAsk: false }, 'Starter'],
  ])('%s, nor looks at the network', async (_what, change, name) => {
    const { recommender, content } = await smallEvening(folder, true);
    const { requests } = await network(serve(content));
    const { loaded, later } = await begin(asked(change), recommender);
    expect([loaded.profile.name, later]).toEqual([name, undefined]);
    expect([said, recommender.questions, requests]).toEqual([[], [], []]);
  });
});

describe('what was remembered', () => {
  test('a profile with a mistake is named, and a new one is offered', async () => {
    const { content, recommender } = await smallEvening(folder, true);
    await network(serve(content));
    await begin(asked(), recommender);
    await writeFile(acceptedProfile(), 'name: Real\nlanguages: [de]\n');
    expect((await begin(asked(), recommender)).later?.loaded.profile.name).toBe('Real');
    expect(troubles).toEqual([expect.objectContaining({ message: expect.stringContaining('accepted-profile.yaml') })]);
    expect(recommender.questions).toHaveLength(2);
  });

  test('an answer that can not be read is asked for again', async () => {
    const { content, recommender } = await smallEvening(folder, false);
    await network(serve(content));
    await begin(asked(), recommender);
    await writeFile(join(place.data, 'tandem', 'recommended-profile.json'), '{"answer": "perhaps"}');
    await begin(asked(), recommender);
    expect(recommender.questions).toHaveLength(2);
  });
});

test('Ctrl-C while it looks for the network ends it', async () => {
  const { recommender } = await smallEvening(folder, true);
  const stop = new AbortController();
  await network(() => stop.abort());
  await expect(begin(asked({ signal: stop.signal }), recommender)).rejects.toMatchObject({ code: 'aborted' });
});
