import type { Log } from '../../src/engineContext.js';

/** Keeps what was logged, to look at. */
export class KeptLog implements Log {
  readonly lines: { readonly level: string; readonly fields: object; readonly message: string | undefined }[] = [];

  debug(fields: object, message?: string): void {
    this.lines.push({ level: 'debug', fields, message });
  }
  info(fields: object, message?: string): void {
    this.lines.push({ level: 'info', fields, message });
  }
  warn(fields: object, message?: string): void {
    this.lines.push({ level: 'warn', fields, message });
  }
  error(fields: object, message?: string): void {
    this.lines.push({ level: 'error', fields, message });
  }
}
