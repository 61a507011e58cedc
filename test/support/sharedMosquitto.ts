import { afterAll, beforeAll } from 'vitest';
import { Mosquitto } from './mosquitto.js';

/** A broker for the tests of one file. */
export function sharedMosquitto(): Pick<Mosquitto, 'url' | 'port'> {
  let broker: Mosquitto;
  beforeAll(async () => {
    broker = await Mosquitto.start();
  });
  afterAll(() => broker.close());
  return {
    get url() {
      return broker.url;
    },
    get port() {
      return broker.port;
    },
  };
}
