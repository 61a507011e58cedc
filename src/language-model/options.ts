import { z } from 'zod';

/** The `languageModel:` section of a profile. */

/** What the model is told before everything else. Short: it is evaluated before the first question of every conversation. */
const systemMessage = z
  .strictObject({
    en: z
      .string()
      .min(1)
      .max(4000)
      .default('You are Tandem, a helpful voice assistant in a smart speaker. Answer in one or two short spoken sentences.')
      .describe('Used where the question is in English.'),
    ko: z
      .string()
      .min(1)
      .max(4000)
      .default('당신은 스마트 스피커 속의 친절한 음성 비서 탠덤입니다. 말로 들려줄 짧은 한두 문장으로 대답하세요.')
      .describe('Used where the question is in Korean.'),
  })
  .prefault({})
  .describe('What the model is told first, by language.');

/** What every engine has: how long an answer may get and how the next word is chosen. */
const answerFields = {
  contextTokens: z
    .int()
    .min(256)
    .max(32_768)
    .default(4096)
    .describe('Room for system message, history, question and answer, in tokens. More needs more memory (2.4B: 75 KiB a token at f16).'),
  maxAnswerTokens: z.int().min(1).max(8192).default(200).describe('The longest answer, in tokens.'),
  temperature: z.number().min(0).max(2).default(0.3).describe('0 always takes the likeliest word; higher is more varied.'),
  topP: z.number().gt(0).max(1).default(0.95).describe('Only the likeliest words that together have this probability are chosen from.'),
  seed: z.int().min(0).max(0xffff_ffff).optional().describe('Makes the choice of words repeatable; left out, it differs each time.'),
  systemMessage,
};

export const exaoneOptions = z.strictObject({
  engine: z.literal('exaone').describe('EXAONE 3.5 in this process, by llama.cpp.'),
  model: z.string().min(1).describe('A name of the model catalogue, or the path of a GGUF file (relative to the profile).'),
  ...answerFields,
  threads: z
    .union([z.literal('auto'), z.int().min(1).max(256)])
    .default('auto')
    .describe('Processor threads; auto measures which number is quickest, once, and never takes more than there are cores.'),
  useMmap: z
    .union([z.literal('auto'), z.boolean()])
    .default('auto')
    .describe('Map the model file into memory instead of reading it; costs up to twice the memory. auto: only where memory is plentiful.'),
  kvCache: z.enum(['f16', 'q8_0']).default('f16').describe('How the evaluated context is stored; q8_0 takes half the memory of f16.'),
  gpu: z.enum(['none', 'auto']).default('none').describe('auto uses a GPU where there is one.'),
  draftModel: z
    .string()
    .min(1)
    .optional()
    .describe('A smaller model of the same vocabulary that drafts words for this one to check (the 2.4B for the 7.8B).'),
  savePreparedState: z
    .boolean()
    .default(true)
    .describe('Keep the evaluated system message on disk, so that the next start does not evaluate it again.'),
});
export type ExaoneOptions = z.infer<typeof exaoneOptions>;

export const openAiCompatibleOptions = z.strictObject({
  engine: z.literal('openAiCompatible').describe("Any server with OpenAI's chat completions (vLLM, llama-server)."),
  url: z.url({ protocol: /^https?$/ }).describe('The base address, such as http://127.0.0.1:8000/v1'),
  model: z.string().min(1).describe("The model's name as the server knows it."),
  ...answerFields,
  firstTextTimeoutMs: z.int().min(100).max(600_000).default(20_000).describe('The longest wait for the first piece of the answer, ms.'),
  idleTimeoutMs: z.int().min(100).max(600_000).default(10_000).describe('The longest pause within the answer, ms.'),
});
export type OpenAiCompatibleOptions = z.infer<typeof openAiCompatibleOptions>;

export const languageModelOptions = z.discriminatedUnion('engine', [exaoneOptions, openAiCompatibleOptions]);
export type LanguageModelOptions = z.infer<typeof languageModelOptions>;
