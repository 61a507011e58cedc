import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.js';

/** One answer that the test tells piece by piece. */
export interface Telling {
  /** What was asked. */
  readonly question: string;
  say(text: string): void;
  end(): void;
  /** Nobody reads on. */
  readonly left: boolean;
}

/**
 * The language model behind a host under test: a server with OpenAI's chat completions. A question with "story" in it waits for the
 * test to tell it; any other is answered at once with one sentence of this model's own.
 */
export class ToldModel {
  static readonly answer = 'The model of the host says so.';
  readonly url: string;
  readonly #server: Server;
  readonly #stories: Telling[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  }

  static async start(): Promise<ToldModel> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const model = new ToldModel(server);
    server.on('request', (request, response) => {
      if (request.url?.endsWith('/models') === true) {
        response.end('{"data":[]}');
        return;
      }
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => model.#answer(body, response));
    });
    return model;
  }

  /** The next story that somebody waits for. */
  story(): Promise<Telling> {
    const next = (): Telling | undefined => {
      const telling = this.#stories.shift();
      return telling?.left === true ? next() : telling;
    };
    return eventually('a story is asked for', next, 15_000);
  }

  /** Breaks off whatever is being told. */
  hangUp(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer(body: string, response: ServerResponse): void {
    const { messages } = JSON.parse(body) as { messages: { content: string }[] };
    const telling = new Stream(messages.at(-1)?.content ?? '', response);
    if (telling.question.includes('story')) {
      this.#stories.push(telling);
      return;
    }
    telling.say(ToldModel.answer);
    telling.end();
  }
}

class Stream implements Telling {
  readonly question: string;
  left = false;
  readonly #response: ServerResponse;

  constructor(question: string, response: ServerResponse) {
    this.question = question;
    this.#response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    response.once('close', () => {
      this.left = !response.writableFinished;
    });
  }

  say(text: string): void {
    this.#data({ choices: [{ delta: { content: text }, finish_reason: null }] });
  }

  end(): void {
    this.#data({ choices: [{ delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 10 } });
    this.#response.end('data: [DONE]\n\n');
  }

  #data(value: object): void {
    if (!this.#response.destroyed) this.#response.write(`data: ${JSON.stringify(value)}\n\n`);
  }
}
