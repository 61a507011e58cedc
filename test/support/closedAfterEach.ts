import { afterEach } from 'vitest';

interface Closable {
  close(): Promise<unknown>;
}

/** Gives what a test hands over back to it, and closes it after that test, the newest first. */
export function closedAfterEach(): <T extends Closable>(one: T) => T {
  const open: Closable[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  return (one) => {
    open.push(one);
    return one;
  };
}
