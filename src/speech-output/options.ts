import { z } from 'zod';

/** The profile's `speech-output` section: which engine speaks, and with which voice. */

const espeakVoice = z.string().regex(/^[A-Za-z][\w+-]{0,60}$/, 'a voice name is letters, digits, - + and _, such as en-us or en-gb+f3');

const espeakNg = {
  engine: z.literal('espeakNg').describe('espeak-ng: a small program with English and Korean voices; nothing to download.'),
  voice: z
    .strictObject({
      en: espeakVoice.default('en-us').describe('Voice for English, as `espeak-ng --voices` names it.'),
      ko: espeakVoice.default('ko').describe('Voice for Korean, as `espeak-ng --voices` names it.'),
    })
    .prefault({})
    .describe('A voice for each language. A variant may follow a plus sign: en-us+f3.'),
  speed: z.int().min(80).max(450).default(165).describe('Speaking rate, words a minute.'),
  pitch: z.int().min(0).max(99).default(50).describe('Pitch of the voice, 0 (low) to 99 (high).'),
};

const say = {
  engine: z
    .literal('say')
    .describe(
      "The npm package `say`: festival on Linux; the system's own voice on macOS, which plays by itself at the system's volume. English.",
    ),
  voice: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('Linux: a festival voice function such as voice_kal_diphone. macOS: a name from `say -v ?`. Left out: the default voice.'),
  speed: z.number().min(0.5).max(2).default(1).describe('Speaking rate, 1 is normal, 2 twice as fast.'),
};

const sherpa = {
  engine: z.literal('sherpa').describe('A Piper or Kokoro voice by sherpa-onnx: natural, needs a downloaded voice.'),
  model: z
    .string()
    .min(1)
    .describe("The voice: a name from `tandem models list`, or a folder that holds the voice's .onnx, tokens.txt and espeak-ng-data."),
  speaker: z.int().min(0).default(0).describe('Speaker number, for voices that hold several.'),
  speed: z.number().min(0.5).max(2).default(1).describe('Speaking rate, 1 is normal, 2 twice as fast.'),
  threads: z.int().min(1).max(16).default(2).describe('Processor threads for making speech.'),
  languages: z
    .array(z.enum(['en', 'ko']))
    .min(1)
    .default(['en'])
    .describe('Languages that the voice speaks.'),
};

/** An engine alone, with no stand-in behind it. */
export const speechEngineOptions = z.discriminatedUnion('engine', [z.strictObject(espeakNg), z.strictObject(say), z.strictObject(sherpa)]);

const otherLanguage = speechEngineOptions
  .optional()
  .describe('Engine for languages that this voice lacks. Left out: espeakNg with its defaults.');

export const speechOutputOptions = z.discriminatedUnion('engine', [
  z.strictObject({ ...espeakNg, otherLanguage }),
  z.strictObject({ ...say, otherLanguage }),
  z.strictObject({ ...sherpa, otherLanguage }),
]);

export type SpeechEngineOptions = z.infer<typeof speechEngineOptions>;
export type SpeechOutputOptions = z.infer<typeof speechOutputOptions>;
/** One engine's section. */
export type EngineOptions<Name extends SpeechEngineOptions['engine']> = Extract<SpeechEngineOptions, { engine: Name }>;
