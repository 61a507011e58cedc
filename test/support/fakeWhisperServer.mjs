#!/usr/bin/env node
// Takes whisper-server's arguments and gives the answers of `answers.json` beside it, in turn, the last one for ever; writes what it was asked
// to `requests.jsonl`. An answer is { status, body }, or one of 'hang', 'die', 'cut', 'flood'.
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const value = (name) => process.argv[process.argv.indexOf(name) + 1];
const path = value('--request-path');

createServer(async (request, response) => {
  if (request.url === `${path}/health`) return response.end('{"status":"ok"}');
  if (request.url !== `${path}/inference`) return response.writeHead(404).end();
  const parts = [];
  for await (const part of request) parts.push(part);
  const form = await new Response(Buffer.concat(parts), { headers: { 'content-type': request.headers['content-type'] } }).formData();
  const fields = [...form].map(([name, content]) => [name, typeof content === 'string' ? content : content.size]);
  appendFileSync('requests.jsonl', `${JSON.stringify(Object.fromEntries(fields))}\n`);
  const asked = readFileSync('requests.jsonl', 'utf8').trim().split('\n').length;
  const answers = JSON.parse(readFileSync('answers.json', 'utf8'));
  const answer = answers[Math.min(asked, answers.length) - 1];
  if (answer === 'hang') return;
  if (answer === 'die') process.exit(1);
  if (answer === 'cut') return response.write('{"segments":', () => response.destroy());
  if (answer === 'flood') return response.end('x'.repeat(2_000_000));
  response.writeHead(answer.status ?? 200).end(answer.body);
}).listen(Number(value('--port')), value('--host'));
