/**
 * The process that holds whisper-node, which changes its process's working directory, prints, ends its process where its program is missing,
 * and can't be stopped. It leads a process group of its own: whoever ends it ends the group. Started with the package's folder and a folder
 * for recordings; when the device ends, it removes the latter and ends its group itself.
 */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FromWhisperNode, ToWhisperNode } from './nodeMessages.js';

interface WhisperNode {
  /** Swallows its errors. Its result lacks the first segment; the text file that it is told to write has all of them. */
  whisper(recording: string, options: { modelPath: string; whisperOptions: { language: string; gen_file_txt: true } }): Promise<unknown>;
}

const [packageFolder = '', recordings = ''] = process.argv.slice(2);

process.once('disconnect', () => {
  rmSync(recordings, { recursive: true, force: true });
  process.kill(-process.pid, 'SIGKILL');
});

const { whisper } = createRequire(import.meta.url)(packageFolder) as WhisperNode;

process.on('message', async ({ recording, model, language }: ToWhisperNode) => {
  await whisper(recording, { modelPath: model, whisperOptions: { language, gen_file_txt: true } });
  send({ kind: 'done' });
});
send({ kind: 'ready' });

function send(message: FromWhisperNode): void {
  process.send?.(message);
}
