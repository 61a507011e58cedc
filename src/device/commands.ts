import type { ButtonAction } from '../buttons/open.js';
import type { DeviceCommand } from '../handoff/schemas.js';
import type { Language } from '../speech-to-text/contract.js';
import type { Device } from './device.js';
import { languageOf } from './hearing/languageOf.js';

/** Does what somebody sent to this device over MQTT. */
export function obey(
  command: DeviceCommand,
  device: Pick<Device, 'send'>,
  languages: readonly Language[],
  setVolume: (percent: number) => void,
): void {
  switch (command.command) {
    case 'say':
      device.send({ type: 'SAY', text: command.text, language: command.language ?? languageOf(command.text, languages) });
      break;
    case 'ask':
      device.send({ type: 'ASK', question: { text: command.text, language: command.language ?? languageOf(command.text, languages) } });
      break;
    case 'mute':
      device.send({ type: 'MUTE' });
      break;
    case 'unmute':
      device.send({ type: 'UNMUTE' });
      break;
    case 'stop':
      device.send({ type: 'STOP' });
      break;
    case 'volume':
      setVolume(command.percent);
      break;
  }
}

/** Does what a button stands for. */
export function press(action: ButtonAction, device: Pick<Device, 'send'>): void {
  const events = { talk: 'PUSH', stop: 'STOP', mute: 'MUTE', unmute: 'UNMUTE', 'toggle-mute': 'TOGGLE_MUTE' } as const;
  device.send({ type: events[action] });
}
