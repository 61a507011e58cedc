import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLanguageModel } from '../../../src/language-model/create.js';
import { openAiCompatibleOptions } from '../../../src/language-model/options.js';
import { KeptLog } from '../../support/keptLog.js';
import { conformsToLanguageModel } from './conformance.js';

/** A real HTTP server that does what each test wants; what it sends is what vLLM and llama-server send. */

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: Handler): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    if (request.url === '/v1/models') {
      response.end('{"data":[]}');
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => handler(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, server };
}

const load = (url: string, options: object = {}, apiKey?: string) =>
  createLanguageModel(
    openAiCompatibleOptions.parse({
      engine: 'openAiCompatible',
      url,
      model: 'exaone',
      firstTextTimeoutMs: 2000,
      idleTimeoutMs: 2000,
      ...options,
    }),
    { log: new KeptLog(), modelFile: (name) => Promise.resolve(name), secret: () => Promise.resolve(apiKey), cacheFolder: '/nowhere' },
  );

const event = (value: unknown) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const delta = (content: string) => event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const finish = (reason: string) => event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
const done = event('[DONE]');

/** Answers a word at a time, at most `max_tokens` of them. */
const answering: Handler = (_, response, body) => {
  const { max_tokens } = JSON.parse(body) as { max_tokens: number };
  const words = ['The', ' sun', ' goes', ' around', ' to', ' the', ' other', ' side.'];
  const said = words.slice(0, max_tokens);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  // Each in its own packet.
  const next = () => {
    const word = said.shift();
    if (word !== undefined) {
      response.write(delta(word));
      setImmediate(next);
      return;
    }
    response.write(finish(max_tokens < words.length ? 'length' : 'stop'));
    response.write(event({ choices: [], usage: { prompt_tokens: 21, completion_tokens: Math.min(max_tokens, words.length) } }));
    response.end(done);
  };
  next();
};

let kept: { readonly url: string; readonly server: Server };
beforeAll(async () => {
  kept = await serve(answering);
  open.pop();
});
afterAll(() => {
  kept.server.closeAllConnections();
  kept.server.close();
});

conformsToLanguageModel('openAiCompatible', { load: () => load(kept.url), question: 'Where does the sun go at night?', someTokens: 8 });

const never = new AbortController().signal;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

async function ask(handler: Handler, options: object = {}, apiKey?: string) {
  const { url } = await serve(handler);
  const model = await load(url, options, apiKey);
  const emitted: string[] = [];
  const messages = [{ role: 'user', content: 'Hi' } as const];
  try {
    return { emitted, ...(await model.generate({ messages, maxTokens: 30, signal: never, onText: (text) => emitted.push(text) })) };
  } finally {
    await model.close();
  }
}

describe('openAiCompatible', () => {
  it('sends the conversation, the limits and the key', async () => {
    const seen: { body?: unknown; key?: string | undefined } = {};
    await ask(
      (request, response, body) => {
        seen.body = JSON.parse(body);
        seen.key = request.headers.authorization;
        answering(request, response, body);
      },
      { temperature: 0.2, seed: 7 },
      'secret',
    );
    expect(seen.key).toBe('Bearer secret');
    expect(seen.body).toMatchObject({
      model: 'exaone',
      max_tokens: 30,
      temperature: 0.2,
      seed: 7,
      stream: true,
      messages: [{ role: 'system' }, { role: 'user', content: 'Hi' }],
    });
  });

  it("reports the server's own count of tokens", async () => {
    expect(await ask(answering)).toMatchObject({ promptTokens: 21, generatedTokens: 8, stopReason: 'end' });
  });

  it('says that an answer was cut off, after what there was of it', async () => {
    const cut: Handler = (_, response) => {
      response.write(delta('half'));
      setImmediate(() => response.end());
    };
    await expect(ask(cut)).rejects.toMatchObject({ code: 'answer-cut-off' });
    const broken: Handler = (_, response) => {
      response.write(delta('half'));
      setImmediate(() => response.destroy());
    };
    await expect(ask(broken)).rejects.toMatchObject({ code: 'answer-cut-off' });
  });

  it('gives up on a server that says nothing, and on one that stops in the middle', async () => {
    await expect(ask(() => {}, { firstTextTimeoutMs: 150 })).rejects.toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('150 ms'),
    });
    const stalls: Handler = (_, response) => void response.write(delta('half'));
    await expect(ask(stalls, { idleTimeoutMs: 150 })).rejects.toMatchObject({ code: 'timed-out' });
    const onlyComments: Handler = (_, response) => {
      const timer = setInterval(() => response.write(': still here\n\n'), 20);
      response.on('close', () => clearInterval(timer));
    };
    await expect(ask(onlyComments, { firstTextTimeoutMs: 150 })).rejects.toMatchObject({ code: 'timed-out' });
  });

  it.each([
    ['no JSON', event('{"choices": [')],
    ['JSON of something else', event({ choices: 'none' })],
    ['an event without end', `data: ${'x'.repeat(200_000)}`],
    ['a text without end', delta('x'.repeat(60_000))],
  ])('takes no nonsense: %s', async (_, bytes) => {
    await expect(ask((_request, response) => response.end(bytes))).rejects.toMatchObject({ code: 'server-nonsense' });
  });

  it('reports what the server reports in the middle of an answer', async () => {
    const failing: Handler = (_, response) => response.end(delta('half') + event({ error: { message: 'out of memory' } }));
    await expect(ask(failing)).rejects.toMatchObject({ code: 'server-failed' });
  });

  it.each([
    [401, 'server-refused'],
    [404, 'server-refused'],
    [429, 'server-busy'],
    [503, 'server-busy'],
    [500, 'server-failed'],
  ])('tells apart what HTTP %i means', async (status, code) => {
    await expect(ask((_, response) => response.writeHead(status).end('{"error": "…"}'))).rejects.toMatchObject({ code });
  });

  it('closes the connection when it is aborted, so that the server stops too', async () => {
    let closed = () => {};
    const serverSawIt = new Promise<void>((resolve) => (closed = resolve));
    const { url } = await serve((_, response) => {
      response.on('close', closed);
      response.write(delta('one'));
    });
    const model = await load(url);
    const abort = new AbortController();
    const messages = [{ role: 'user', content: 'Hi' } as const];
    const running = model.generate({ messages, maxTokens: 30, signal: abort.signal, onText: () => abort.abort() });
    expect(await running).toMatchObject({ text: 'one', stopReason: 'aborted' });
    await serverSawIt;
    await model.close();
  });

  it.each<[string, Handler]>([
    ['before its first word', () => {}],
    ['after it', (_, response) => void response.write(delta('one'))],
  ])('is aborted although the garbage collector has been there in between: %s', async (_, begins) => {
    let closed = () => {};
    const serverSawIt = new Promise<void>((resolve) => (closed = resolve));
    let asked = () => {};
    const serverWasAsked = new Promise<void>((resolve) => (asked = resolve));
    const { url } = await serve((request, response, body) => {
      response.on('close', closed);
      begins(request, response, body);
      setImmediate(asked);
    });
    const model = await load(url, { firstTextTimeoutMs: 600_000, idleTimeoutMs: 600_000 });
    const abort = new AbortController();
    const running = model.generate({ messages: [{ role: 'user', content: 'Hi' }], maxTokens: 30, signal: abort.signal });
    await serverWasAsked;
    for (let round = 0; round < 5; round += 1) {
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    abort.abort();
    expect(await running).toMatchObject({ stopReason: 'aborted' });
    await serverSawIt;
    await model.close();
  });

  it('is not loaded where no server answers', async () => {
    const { url, server } = await serve(answering);
    server.close();
    server.closeAllConnections();
    await expect(load(url)).rejects.toMatchObject({ code: 'server-unreachable', remedy: expect.stringContaining('url') });
  });

  it('leaves out the oldest turns when a conversation is longer than the context', async () => {
    const seen: { messages?: { content: string }[] } = {};
    const { url } = await serve((request, response, body) => {
      Object.assign(seen, JSON.parse(body));
      answering(request, response, body);
    });
    const model = await load(url, { contextTokens: 400 });
    const turns = Array.from({ length: 20 }, (_, n) => [
      { role: 'user', content: `question ${n} `.repeat(5) } as const,
      { role: 'assistant', content: 'answer '.repeat(10) } as const,
    ]).flat();
    await model.generate({ messages: [...turns, { role: 'user', content: 'last' }], maxTokens: 50, signal: never });
    await model.close();
    expect(seen.messages?.at(-1)?.content).toBe('last');
    expect(seen.messages?.length).toBeGreaterThan(3);
    expect(seen.messages?.length).toBeLessThan(12);
  });
});
