import { join } from 'node:path';
import { payloadLimit } from '../../src/handoff/schemas.js';

export interface Listeners {
  /** Without TLS, on this machine only; undefined: none. */
  readonly plainPort: number | undefined;
  /** With TLS, for the network; undefined: none. */
  readonly tlsPort: number | undefined;
  /** Accounts on the TLS port prove themselves by a certificate, not by a password. */
  readonly clientCertificates: boolean;
}

/** Beside the payload a packet holds its topic and, in MQTT 5, properties. */
const packetLimit = payloadLimit + 4 * 1024;

/** mosquitto.conf for a broker whose files are in `folder`. */
export function configuration(folder: string, { plainPort, tlsPort, clientCertificates }: Listeners): string {
  const file = (name: string) => join(folder, name);
  return `${[
    '# Written by scripts/mosquitto/setup; it is written anew when that runs again.',
    'per_listener_settings false',
    'allow_anonymous false',
    `password_file ${file('passwords')}`,
    `acl_file ${file('access-list')}`,
    '',
    '# Keeps who is there over a restart.',
    'persistence true',
    `persistence_location ${file('data')}/`,
    'autosave_interval 60',
    '',
    '# An answer goes out word by word: small packets must not wait for each other.',
    'set_tcp_nodelay true',
    '',
    '# Nothing may grow without bound.',
    `max_packet_size ${packetLimit}`,
    `message_size_limit ${payloadLimit}`,
    'max_inflight_messages 100',
    'max_queued_messages 2000',
    'max_queued_bytes 4194304',
    'max_keepalive 3600',
    '',
    'log_dest stderr',
    'log_type error',
    'log_type warning',
    'log_type notice',
    ...(plainPort === undefined ? [] : ['', '# On this machine only.', `listener ${plainPort} 127.0.0.1`, 'max_connections 500']),
    ...(tlsPort === undefined
      ? []
      : [
          '',
          `listener ${tlsPort}`,
          'max_connections 500',
          `cafile ${file('ca.crt')}`,
          `certfile ${file('server.crt')}`,
          `keyfile ${file('server.key')}`,
          ...(clientCertificates ? ['require_certificate true', 'use_identity_as_username true'] : []),
        ]),
  ].join('\n')}\n`;
}
