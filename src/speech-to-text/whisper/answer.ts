import { z } from 'zod';
import type { Language } from '../contract.js';
import { badAnswer } from './serverRequest.js';

/** What the server answers in the format `verbose_json`; a number that is none is written as null. */
const answerSchema = z.object({
  segments: z
    .array(
      z.object({
        text: z.string().max(20_000),
        avg_logprob: z.number().nullish(),
        no_speech_prob: z.number().nullish(),
      }),
    )
    .max(2000),
  language_probabilities: z.record(z.string(), z.number()).optional(),
});

export interface ServerAnswer {
  readonly text: string;
  /** 0 to 1: of its words on average; undefined where there are none. */
  readonly confidence: number | undefined;
  /** 0 to 1: that there was no speech at all, by the segment that has most of it. */
  readonly noSpeech: number;
  /** Which of the languages it sounds like, where that was asked. */
  readonly probability: (language: Language) => number;
}

/** Throws `whisper-failed`. */
export function readAnswer(body: string): ServerAnswer {
  const { segments, language_probabilities: probabilities } = parsed(body);
  const logs = segments.flatMap(({ avg_logprob }) => (typeof avg_logprob === 'number' ? [avg_logprob] : []));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return {
    text: segments.map(({ text }) => text).join(''),
    confidence: logs.length === 0 ? undefined : Math.min(1, Math.exp(mean)),
    noSpeech: Math.max(0, ...segments.map(({ no_speech_prob }) => no_speech_prob ?? 0)),
    probability: (language) => probabilities?.[language] ?? 0,
  };
}

function parsed(body: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(body));
  } catch (cause) {
    throw badAnswer('its answer is not one', cause);
  }
}
