import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from '../../src/language-model/contract.js';

export interface AnsweringServer {
  readonly url: string;
  /** What it was asked, a list of messages each time. */
  readonly asked: readonly (readonly Message[])[];
  close(): void;
}

/** A server with OpenAI's chat completions that streams what `answerTo` says, in pieces of three letters; where that is nothing, it fails. */
export async function answeringServer(answerTo: (messages: readonly Message[]) => string | undefined): Promise<AnsweringServer> {
  const asked: Message[][] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.end('{"data":[]}');
      return;
    }
    let body = '';
    for await (const piece of request) body += String(piece);
    const question: { readonly messages: Message[] } = JSON.parse(body);
    asked.push(question.messages);
    const answer = answerTo(question.messages);
    if (answer === undefined) {
      response.writeHead(500).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const [content] of answer.matchAll(/.{1,3}/gs)) {
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
    }
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`);
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
