import { FRAME_SAMPLES, samplesToMs } from '../../audio/contract.js';
import { createSink } from '../../audio/create.js';
import { TimelineSink } from '../../audio/playback/timelineSink.js';
import { Closers } from '../../closers.js';
import type { EngineContext } from '../../engineContext.js';
import type { DeviceProfile } from '../../profile/schema.js';
import { systemClock } from '../../skills/alerts/systemClock.js';
import { createSpeechOutput } from '../../speech-output/create.js';
import { speechEngineOptions } from '../../speech-output/options.js';
import { RealTimePace, ReplayPace } from '../pace.js';
import { once } from './alerts.js';
import { Notices } from './notices.js';
import { QuietHours } from './quietHours.js';
import { Voice } from './voice.js';

/** Longer than any of the sentences. */
const LIMIT_MS = 20_000;

/**
 * Says why the device can't start, before it ends: nobody may be looking at its log. With espeak-ng where its own voice is what is
 * missing. Silent where nothing can be played, in quiet hours, or where there is no sentence for this error.
 */
export async function sayLastWords(error: unknown, profile: DeviceProfile, out: string, context: EngineContext): Promise<void> {
  const language = profile.languages[0] ?? 'en';
  const sentence = Notices.load().ownSentence(error, language);
  if (sentence === undefined || new QuietHours(profile.quietHours, systemClock).active) return;
  const closers = new Closers();
  try {
    const sink = closers.add(await createSink(profile.audio, { out }));
    sink.setVolume(profile.audio.volume);
    const output = await createSpeechOutput(profile.speechOutput, context).catch(() =>
      createSpeechOutput(speechEngineOptions.parse({ engine: 'espeakNg' }), context),
    );
    const toFile = sink instanceof TimelineSink ? { sink, pace: new ReplayPace() } : undefined;
    const voice = closers.add(new Voice(output, sink, toFile?.pace ?? new RealTimePace()));
    let speaking = true;
    const spoken = voice.speak({ sentences: once(sentence), language, signal: AbortSignal.timeout(LIMIT_MS) }).finally(() => {
      speaking = false;
    });
    // The time of a file goes on only as it is told.
    for (let ms = 0; toFile !== undefined && speaking && ms < LIMIT_MS; ms += samplesToMs(FRAME_SAMPLES)) {
      await toFile.pace.ready();
      await toFile.sink.advance(FRAME_SAMPLES);
    }
    await spoken;
  } catch (failure) {
    context.log.warn({ err: failure }, 'could not say why the device does not start');
  } finally {
    await closers.close().catch(() => {});
  }
}
