/** What every engine gets from the device besides its own options. */

/** The part of pino that engines use. Never log what was said, a prompt, a transcript or a secret. */
export interface Log {
  debug(fields: object, message?: string): void;
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}

export interface EngineContext {
  readonly log: Log;
  /**
   * The file of a model named in a profile: a catalogue name (`exaone-3.5-2.4b-q4_k_m`), or a path (absolute, or relative to the
   * profile's folder). Rejects with `TandemError` `model-missing` that says where to get it and where to put it.
   */
  modelFile(nameOrPath: string): Promise<string>;
  /** An environment variable that overrides a secret, or the profile's secret file; undefined where neither has it. */
  secret(name: 'PICOVOICE_ACCESS_KEY' | 'TANDEM_MQTT_PASSWORD' | 'TANDEM_API_KEY'): Promise<string | undefined>;
  /** Folder for what an engine may keep between runs (prepared model state, measured thread counts). */
  readonly cacheFolder: string;
}
