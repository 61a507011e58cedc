import type { EventLog } from '../../events/eventLog.js';
import type { Language } from '../../speech-to-text/contract.js';
import type { Device } from '../device.js';
import type { Notices } from '../speaking/notices.js';
import type { HearingHooks } from './keepHearing.js';

interface NewsParts {
  readonly device: Pick<Device, 'alerts'>;
  readonly events: EventLog;
  readonly notices: Notices;
  readonly language: Language;
}

const LOST = 'microphone-lost';
const BACK = 'microphone-back';

/** Says aloud, and in the event log, that the microphone is gone and that it is back; waits for the device to be free. */
export function microphoneNews({ device, events, notices, language }: NewsParts): HearingHooks {
  const say = (id: string, text: string): void => void device.alerts.add({ id, text, language, kind: 'notice' });
  return {
    onLost: (error, said) => {
      device.alerts.stop(BACK);
      if (said) return;
      const { code, stage, message, remedy = '', recoverable } = error;
      const words = `${message} ${remedy}`.trim();
      events.emit({ event: 'error', code, stage, message: `${words} The device goes on, and looks for it again and again.`, recoverable });
      say(LOST, notices.forError(error, language));
    },
    onBack: () => {
      const unsaid = device.alerts.stop(LOST);
      events.emit({ event: 'notice', code: BACK, message: 'The microphone is back.' });
      if (!unsaid) say(BACK, notices.microphoneBack(language));
    },
  };
}
