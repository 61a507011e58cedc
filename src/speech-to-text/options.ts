import { z } from 'zod';

/** The `speechToText:` section of a profile. */

export const pocketsphinxOptions = z.strictObject({
  engine: z
    .literal('pocketsphinx')
    .describe("Debian's PocketSphinx with its US English model: no download, English only, best on sentences that it expects."),
  phrases: z
    .string()
    .min(1)
    .optional()
    .describe(
      'YAML file with the sentences to expect (and how words outside the dictionary are pronounced), relative to the profile; other speech is still taken. Left out: no sentence is expected more than another.',
    ),
});
export type PocketsphinxOptions = z.infer<typeof pocketsphinxOptions>;

const threads = z
  .union([z.literal('auto'), z.int().min(1).max(256)])
  .default('auto')
  .describe('Processor threads; auto: the physical cores, 4 at most, with one left to the audio side where there are more than two.');

const whisperModel = z
  .string()
  .min(1)
  .default('whisper-base')
  .describe(
    'A name of the model catalogue (whisper-tiny, whisper-base, whisper-small, with .en for English only), or the path of a ggml file.',
  );

export const whisperServerOptions = z.strictObject({
  engine: z
    .literal('whisperServer')
    .describe("whisper.cpp's server, built on this machine at set-up and kept running: the quickest way to Whisper."),
  model: whisperModel,
  threads,
  hallucinationFilter: z
    .boolean()
    .default(true)
    .describe('Drop phrases that Whisper is known to make up out of silence ("Thank you.", "시청해주셔서 감사합니다").'),
  timeoutMs: z.int().min(1000).max(600_000).default(30_000).describe('The longest wait for one utterance, ms.'),
});
export type WhisperServerOptions = z.infer<typeof whisperServerOptions>;

export const whisperNodeOptions = z.strictObject({
  engine: z.literal('whisperNode').describe('The whisper-node package, in a process of its own; loads the model for every utterance.'),
  model: whisperModel,
  timeoutMs: z.int().min(1000).max(600_000).default(60_000).describe('The longest wait for one utterance, ms.'),
});
export type WhisperNodeOptions = z.infer<typeof whisperNodeOptions>;

export const speechToTextOptions = z.discriminatedUnion('engine', [pocketsphinxOptions, whisperServerOptions, whisperNodeOptions]);
export type SpeechToTextOptions = z.infer<typeof speechToTextOptions>;
