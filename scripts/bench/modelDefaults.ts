import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ANSWER_TOKENS, speedOf } from './modelEngine.js';

/** Long enough for a few tokens at 0.3 a second, after a load. */
const LIMIT_MS = 180_000;

/** tokens/s of `LlamaChatSession` with everything as node-llama-cpp has it, in a process of its own that is ended after a while. */
export async function defaultsSpeed(file: string): Promise<number> {
  const script = fileURLToPath(new URL('modelDefaultsProcess.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, file, String(ANSWER_TOKENS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  let printed = '';
  for await (const chunk of child.stdout) printed += chunk;
  clearTimeout(limit);
  // A line a token: when it came, in ms.
  const times = printed.split('\n').slice(0, -1).map(Number);
  return speedOf(times.slice(1).map((time, i) => time - (times[i] ?? Number.NaN)));
}
