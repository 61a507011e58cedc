import { z } from 'zod';

/** The sections of a profile that belong to the device as a whole, not to one stage. */

const ms = (least: number, most: number) => z.int().min(least).max(most);

const limitOptions = z
  .strictObject({
    listeningMs: ms(1000, 120_000)
      .default(20_000)
      .describe('Longest time in listening, ms; longer than a sentence may be (endpointing.maxMs).'),
    transcribingMs: ms(500, 120_000).default(20_000).describe('Longest time to turn one utterance into text, ms.'),
    firstTextMs: ms(500, 600_000).default(20_000).describe('Longest wait for the first word of an answer, ms.'),
    answeringMs: ms(1000, 600_000).default(60_000).describe('Longest time to generate one answer, ms.'),
    speakingMs: ms(1000, 1_800_000).default(120_000).describe('Longest time to speak one answer, ms.'),
    ringingMs: ms(1000, 3_600_000).default(120_000).describe('A timer or alarm that nobody stops rings for this long, ms.'),
  })
  .prefault({})
  .describe('Every state ends by itself after this long, so that the device is never stuck.');

export const conversationOptions = z
  .strictObject({
    followUp: z
      .enum(['never', 'after-question', 'always'])
      .default('after-question')
      .describe('When to listen again without a wake word: never, only after an answer that asks something, or after every answer.'),
    followUpMs: ms(1000, 60_000).default(6000).describe('How long the follow-up window waits for speech, ms.'),
    sentencesAtOnce: z
      .int()
      .min(1)
      .max(100)
      .default(6)
      .describe('A longer answer stops after so many sentences and asks whether to go on.'),
    forgetAfterMs: ms(0, 86_400_000).default(300_000).describe('The conversation is forgotten after this long without a word, ms.'),
    thinkingSoundAfterMs: ms(200, 60_000)
      .default(1500)
      .describe('A thinking sound when nothing was heard from the device for this long, ms.'),
    limits: limitOptions,
  })
  .prefault({})
  .describe('How a conversation goes on and ends.');

export const privacyOptions = z
  .strictObject({
    logSpeech: z.boolean().default(false).describe('Whether logs and the event stream may hold what was said.'),
    keepConversation: z.boolean().default(false).describe('Whether the conversation is kept on disk and survives a restart.'),
  })
  .prefault({})
  .describe('What is written down. By default nothing that was said.');

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, such as 22:30');

export const quietHoursOptions = z
  .strictObject({
    from: clockTime.describe('Begin, local time of day, HH:MM.'),
    to: clockTime.describe('End, local time of day, HH:MM; may be the next morning.'),
    volume: z.number().min(0).max(100).default(20).describe('Loudest volume in these hours, 0 to 100 percent.'),
  })
  .describe('Hours in which the device speaks softly, plays no earcons, and says nothing by itself but timers and alarms.');

export type QuietHoursOptions = z.output<typeof quietHoursOptions>;

export const modelsOptions = z
  .strictObject({
    mirror: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Base address to download models from instead of their own; TANDEM_MODELS_MIRROR goes before it.'),
    parallel: z.int().min(1).max(8).default(2).describe('Models that are downloaded at once.'),
  })
  .prefault({})
  .describe('Where models come from.');

export const languagesOptions = z
  .array(z.enum(['en', 'ko']))
  .min(1)
  .refine((languages) => new Set(languages).size === languages.length, 'a language is listed twice')
  .default(['en'])
  .describe('Languages that people speak to the device, the main one first: [en], [ko], [en, ko] or [ko, en].');
