/** The profile's `wakeWord:` section: which engine listens for the word that starts a turn, and how sure it must be. */
import { z } from 'zod';

/** Words whose models come with the program. */
export const BUILT_IN_WORDS = ['alexa', 'hey_jarvis', 'hey_mycroft', 'hey_rhasspy'] as const;

const share = z.number().min(0).max(1);
const score = share.min(0.05);

const ownWord = z
  .strictObject({
    word: z
      .string()
      .regex(/^[a-z0-9_]{1,40}$/, 'small letters, digits and _ only')
      .describe('Name of the word, as events show it'),
    model: z.string().min(1).optional().describe('openWakeWord model (.onnx): path of your own file; not needed for a built-in word'),
    threshold: score.optional().describe('Score, 0.05 to 1, that wakes for this word alone, instead of the threshold of all'),
  })
  .refine((own) => own.model !== undefined || isBuiltIn(own.word), {
    message: `a word of your own needs "model:", the path of its .onnx file; built in are ${BUILT_IN_WORDS.join(', ')}`,
    path: ['model'],
  });

/** For an entry that is neither a built-in name nor an object that can be read. */
function wordProblem(issue: { readonly input?: unknown }): string | undefined {
  if (typeof issue.input !== 'string') return 'write a built-in word, or {word, model, threshold}';
  return `no such built-in word; there are ${BUILT_IN_WORDS.join(', ')}, and for one of your own write {word, model}`;
}

const refractoryMs = z.number().int().min(0).max(60_000).default(2000).describe('After a wake word, no other for this long, ms');

const openWakeWordOptions = z.strictObject({
  engine: z.literal('openWakeWord').describe('openWakeWord models, on this device, no key needed'),
  words: z
    .array(z.union([z.enum(BUILT_IN_WORDS), ownWord], { error: wordProblem }))
    .min(1)
    .max(8)
    .refine((words) => new Set<string>(words.map(wordName)).size === words.length, 'a word is listed twice')
    .default(['alexa'])
    .describe(`Wake words: ${BUILT_IN_WORDS.join(', ')}, or {word, model, threshold} for one of your own; several at once are fine`),
  threshold: score.default(0.5).describe('Score, 0.05 to 1, that wakes the device; lower hears more and errs more'),
  thresholdWhileSpeaking: score.default(0.7).describe('The same while the device itself speaks, so that it does not wake itself'),
  voiceGate: share
    .default(0.1)
    .describe(
      'Probability of a voice, 0 to 1, that must have been heard around the word, however sure the score; an unsure score needs a clear voice. 0 switches this second opinion off',
    ),
  refractoryMs,
});

const porcupineOptions = z.strictObject({
  engine: z.literal('porcupine').describe('Picovoice Porcupine: needs an AccessKey (PICOVOICE_ACCESS_KEY or the secret file)'),
  keywords: z
    .array(z.string().min(1))
    .min(1)
    .max(16)
    .refine((keywords) => new Set(keywords).size === keywords.length, 'a keyword is listed twice')
    .default(['porcupine'])
    .describe('Built-in keywords (porcupine, jarvis, computer, …) or paths of .ppn files made for this platform'),
  sensitivity: share.default(0.5).describe('0 to 1; higher hears more and errs more'),
  voiceGate: share.default(0).describe('Probability of a voice, 0 to 1, that must have been heard around the word; 0: none asked for'),
  refractoryMs,
  secondChoice: openWakeWordOptions
    .prefault({ engine: 'openWakeWord' })
    .describe('Used when Porcupine cannot start (no key, key rejected, no network to check it)'),
});

const noWakeWordOptions = z.strictObject({
  engine: z.literal('none').describe('No wake word: a key or button starts a turn (push to talk)'),
});

export const wakeWordOptions = z
  .discriminatedUnion('engine', [openWakeWordOptions, porcupineOptions, noWakeWordOptions])
  .prefault({ engine: 'openWakeWord' })
  .describe('What wakes the device');

export type OpenWakeWordOptions = z.infer<typeof openWakeWordOptions>;
export type PorcupineOptions = z.infer<typeof porcupineOptions>;
export type WakeWordOptions = z.infer<typeof wakeWordOptions>;

/** Name of one entry of `words`. */
export function wordName(entry: string | { readonly word: string }): string {
  return typeof entry === 'string' ? entry : entry.word;
}

export function isBuiltIn(word: string): word is (typeof BUILT_IN_WORDS)[number] {
  return BUILT_IN_WORDS.some((name) => name === word);
}
