import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server with faults: each request is answered by the next of the answers that the test has set, the last one again and again. */

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export class FileServer {
  readonly requests: { readonly path: string; readonly range: string | undefined; readonly ifRange: string | undefined }[] = [];
  answers: Answer[] = [];
  #server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    this.requests.push({ path: request.url ?? '', range, ifRange: typeof ifRange === 'string' ? ifRange : undefined });
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === undefined) response.writeHead(500).end();
    else answer(request, response);
  });

  static async start(...answers: Answer[]): Promise<FileServer> {
    const server = new FileServer();
    server.answers = answers;
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

export interface ServeOptions {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Ends the connection after so many bytes of this answer. */
  readonly cutAfter?: number;
  /** Sends nothing more after so many bytes of this answer, and keeps the connection. */
  readonly stallAfter?: number;
  readonly ignoreRanges?: boolean;
  /** Goes on where it was asked to, whatever `If-Range` says. */
  readonly ignoreIfRange?: boolean;
  /** Does not say how long the file is. */
  readonly noLength?: boolean;
}

/** Serves `content` as a proper server does, but for the faults in `options`. */
export function serve(content: Uint8Array, options: ServeOptions = {}): Answer {
  return (request, response) => {
    const { etag, lastModified } = options;
    const from = options.ignoreRanges === true ? 0 : startOf(request, options);
    const body = content.subarray(from);
    response.statusCode = from > 0 ? 206 : 200;
    if (from > 0) response.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`);
    if (etag !== undefined) response.setHeader('etag', etag);
    if (lastModified !== undefined) response.setHeader('last-modified', lastModified);
    if (options.noLength !== true) response.setHeader('content-length', body.length);
    const some = options.cutAfter ?? options.stallAfter;
    response.flushHeaders();
    if (some === undefined) response.end(body);
    else response.write(body.subarray(0, some), () => options.cutAfter !== undefined && response.destroy());
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => response.writeHead(code, headers).end('an error page');
}

function startOf(request: IncomingMessage, { etag, lastModified, ignoreIfRange }: ServeOptions): number {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const condition = request.headers['if-range'];
  const same = condition === undefined || condition === etag || condition === lastModified;
  return same || ignoreIfRange === true ? from : 0;
}
