import { afterEach } from 'vitest';
import type { CatalogueModel } from '../../../src/models/catalogue.js';
import { type PullOptions, type PullProgress, pullModel } from '../../../src/models/pull.js';
import { type Answer, FileServer } from './fileServer.js';
import { QUICK } from './setting.js';

let server: FileServer | undefined;

/** To be called once in a file of tests: no server outlives its test. */
export function usePulling(): void {
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
}

export interface Run {
  readonly file: Promise<string>;
  readonly progress: PullProgress[];
  readonly server: FileServer;
}

/** A server that ends with the test. */
export async function serving(...answers: readonly Answer[]): Promise<FileServer> {
  server = await FileServer.start(...answers);
  return server;
}

/** A download from a server of its own, which gives these answers one after the other. */
export async function pulling(model: CatalogueModel, answers: readonly Answer[], options: PullOptions = {}): Promise<Run> {
  const server = await serving(...answers);
  const progress: PullProgress[] = [];
  const file = pullModel(model, { mirror: server.url, limits: QUICK, onProgress: (step) => progress.push(step), ...options });
  file.catch(() => undefined);
  return { file, progress, server };
}
