import type { AudioSink } from '../../audio/contract.js';
import { Alerts } from '../speaking/alerts.js';
import { QuietHours } from '../speaking/quietHours.js';
import { Volume } from '../speaking/volume.js';
import type { Opening } from './opening.js';

/** How loud the device is, and what may be heard at all at this time of day. */
export interface Loudness {
  readonly quietHours: QuietHours;
  readonly volume: Volume;
  readonly alerts: Alerts;
}

/** `sink`: undefined where there is no sound. */
export function openLoudness({ loaded: { profile }, pace, closers }: Opening, sink: AudioSink | undefined): Loudness {
  const quietHours = new QuietHours(profile.quietHours, pace.skillClock);
  const volume = new Volume(profile.audio.volume, quietHours, (percent) => sink?.setVolume(percent));
  const alerts = new Alerts((ringing) => volume.ring(ringing));
  closers.call(
    quietHours.watch((quiet) => {
      volume.refresh();
      alerts.hush(quiet);
    }),
  );
  return { quietHours, volume, alerts };
}
