/** The profile's `voiceActivity:` and `endpointing:` sections: what counts as a voice, and when a sentence is over. */
import { z } from 'zod';

export const voiceActivityOptions = z
  .discriminatedUnion('engine', [
    z.strictObject({
      engine: z.literal('silero').describe('Silero VAD, on this device'),
      threshold: z.number().min(0.05).max(0.95).default(0.5).describe('Probability from 0 to 1 from which a stretch of sound is speech'),
    }),
  ])
  .prefault({ engine: 'silero' })
  .describe('What tells speech from everything else');

const ms = (max: number) => z.number().int().min(0).max(max);

export const endpointingOptions = z
  .strictObject({
    style: z
      .enum(['quick', 'patient'])
      .default('quick')
      .describe('quick answers soon after the last word; patient leaves time to think. Gives the defaults of silenceMs and longerAfterMs'),
    silenceMs: ms(10_000).min(200).optional().describe('Silence that ends a sentence, ms; quick 600, patient 1100'),
    longerAfterMs: ms(20_000)
      .min(200)
      .optional()
      .describe('Silence that ends a sentence that looks unfinished ("remind me to …"), ms; quick 1500, patient 2500'),
    minSpeechMs: ms(2000).default(200).describe('Speech shorter than this is a click or a cough, not a sentence, ms'),
    maxMs: ms(60_000).min(1000).default(15_000).describe('A sentence is cut off after this long, ms'),
    nothingSaidMs: ms(60_000).min(500).default(5000).describe('Gives up when nobody has spoken for this long, ms'),
    preRollMs: ms(1500).default(300).describe('Kept from before the first sound of speech, so that its beginning is not clipped, ms'),
  })
  .prefault({})
  .describe('When a sentence begins and ends');

export type VoiceActivityOptions = z.infer<typeof voiceActivityOptions>;
export type EndpointingOptions = z.infer<typeof endpointingOptions>;
