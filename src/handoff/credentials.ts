import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileError } from './brokerErrors.js';
import type { MqttOptions } from './options.js';

/** What proves to the broker who this is. Never logged. */
export interface Credentials {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
}

/**
 * Reads the files that the options name. `password`: goes before `passwordFile` (from the environment or the secrets file).
 * `folder`: what relative paths are relative to. Rejects with `broker-file`.
 */
export async function loadCredentials(options: MqttOptions, password: string | undefined, folder: string): Promise<Credentials> {
  const read = async (what: keyof MqttOptions, path: string | undefined): Promise<Buffer | undefined> => {
    if (path === undefined) return undefined;
    const file = resolve(folder, path);
    try {
      return await readFile(file);
    } catch (error) {
      throw fileError(what, file, error);
    }
  };
  const fromFile = password === undefined ? await read('passwordFile', options.passwordFile) : undefined;
  return {
    username: options.username,
    password: password ?? fromFile?.toString('utf8').replace(/\r?\n$/, ''),
    ca: await read('caFile', options.caFile),
    cert: await read('certFile', options.certFile),
    key: await read('keyFile', options.keyFile),
  };
}
