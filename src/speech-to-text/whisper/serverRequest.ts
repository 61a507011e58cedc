import { request } from 'node:http';
import { TandemError } from '../../errors.js';

const MOST_ANSWER_BYTES = 1_000_000;

/** The connection broke before the answer was whole. */
export class ConnectionLost extends Error {}

/**
 * One request to the server, on a connection of its own: closing it is how whisper.cpp learns that nobody waits any more. Resolves with the
 * answer's text. Rejects with `ConnectionLost`, with `whisper-failed` for any answer that is none, or with the signal's reason.
 */
export async function ask(port: number, path: string, form: FormData | undefined, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const encoded = form === undefined ? undefined : new Response(form);
  const body = encoded === undefined ? undefined : Buffer.from(await encoded.arrayBuffer());
  const headers = { 'content-type': encoded?.headers.get('content-type') ?? '', 'content-length': body?.length ?? 0 };
  return await new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'POST', headers, agent: false });
    const cut = (error: unknown) => {
      call.destroy();
      signal.removeEventListener('abort', onAbort);
      reject(error);
    };
    const onAbort = () => cut(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    call.on('error', (cause) => cut(new ConnectionLost('no answer', { cause })));
    call.once('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('error', (cause) => cut(new ConnectionLost('no whole answer', { cause })));
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length > MOST_ANSWER_BYTES) cut(badAnswer('its answer is far too long'));
        else parts.push(part);
      });
      response.once('end', () => {
        signal.removeEventListener('abort', onAbort);
        if (response.statusCode === 200) resolve(Buffer.concat(parts).toString('utf8'));
        else reject(badAnswer(`it answered with status ${response.statusCode}`));
      });
    });
    call.end(body);
  });
}

export function badAnswer(reason: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'whisper-failed',
    stage: 'speech-to-text',
    message: `whisper-server could not transcribe: ${reason}.`,
    remedy: 'Try again; if it stays, run `tandem doctor`, or set another speechToText.engine in the profile.',
    cause,
  });
}
