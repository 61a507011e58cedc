import type { Surroundings } from '../handoff/lookAround.js';
import { table } from './table.js';

/** Hosts and devices as a person reads them. */
export function surroundingsText({ protocol, hosts, devices }: Surroundings, url: string): string {
  const parts = [`Broker ${url}, MQTT ${protocol}`];
  parts.push(
    hosts.length === 0
      ? 'No host has been here. Start one with "tandem host".'
      : table(
          ['HOST', 'STATE', 'POOL', 'MODEL', 'RUNNING', 'WAITING', 'TOKENS/S', 'ROUND TRIP'],
          hosts.map(({ host, status, roundTripMs }) =>
            status.state === 'offline'
              ? [host, 'offline']
              : [
                  host,
                  roundTripMs === undefined ? `${status.state}, but silent` : status.state,
                  status.pool,
                  status.model,
                  String(status.running),
                  `${status.queue} of ${status.queueLimit}`,
                  status.tokensPerSecond?.toFixed(1) ?? '-',
                  roundTripMs === undefined ? '-' : `${roundTripMs.toFixed(1)} ms`,
                ],
          ),
        ),
  );
  if (devices.length > 0) {
    parts.push(
      table(
        ['DEVICE', 'STATE', 'POOL', 'PROFILE', 'VERSION'],
        devices.map(({ device, status }) =>
          'pool' in status ? [device, status.state, status.pool, status.profile, status.version] : [device, status.state],
        ),
      ),
    );
  }
  return parts.join('\n\n');
}
