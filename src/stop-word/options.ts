/** The profile's `stopWord:` section: the words that end what the device does while it speaks or rings, without its wake word. */
import { z } from 'zod';
import { phones } from './pocketsphinx/words.js';

const ownWord = z.strictObject({
  word: z.string().trim().min(1).max(60).describe('Name of the word, as the log shows it'),
  phones: phones.describe('How it sounds, in the phones of the CMU dictionary, such as "S T AA P"'),
});

const threshold = z
  .number()
  .int()
  .min(-90)
  .max(0)
  .optional()
  .describe(
    'How much likelier than any other sound a word must be, as a power of ten, -90 to 0: lower hears more and errs more. Left out: what was measured for each word',
  );

export const stopWordOptions = z
  .discriminatedUnion('engine', [
    z.strictObject({
      engine: z.literal('pocketsphinx').describe("Debian's PocketSphinx spots the words; it runs only while the device speaks or rings"),
      words: z
        .array(z.union([z.string().min(1).max(60), ownWord]))
        .min(1)
        .max(16)
        .optional()
        .describe(
          'Words of the built-in ones (stop, stop it, be quiet, shut up, cancel, enough; 그만, 멈춰, 조용히 해), or {word, phones}. Left out: all of the languages of the profile',
        ),
      threshold,
      voiceGate: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe('Probability of a voice, 0 to 1, that must have been heard around the word; 0: none asked for'),
    }),
    z.strictObject({ engine: z.literal('none').describe('Only the wake word, a button or a command interrupts') }),
  ])
  .prefault({ engine: 'none' })
  .describe('What ends speech and ringing without the wake word');

export type StopWordOptions = z.infer<typeof stopWordOptions>;
export type PocketsphinxStopWordOptions = Extract<StopWordOptions, { engine: 'pocketsphinx' }>;
