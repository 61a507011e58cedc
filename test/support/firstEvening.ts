import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recommender } from '../../src/first-evening/begin.js';
import type { Proposal } from '../../src/first-evening/proposal.js';
import type { CatalogueModel } from '../../src/models/catalogue.js';
import { modelsFolder } from '../../src/paths.js';
import { sha256, testModel } from '../standalone/models/setting.js';
import { tinyStandIn } from './standInModel.js';

/** A recommendation whose real model is a small stand-in, so that all of a first evening can be had in a minute. */

export interface SmallEvening {
  readonly model: CatalogueModel;
  /** The model's file, for a server to send. */
  readonly content: Buffer;
  readonly proposal: Proposal;
  readonly recommender: Recommender & { readonly questions: string[] };
}

/** `answer`: what the person says to the question. `folder`: for the stand-in. */
export async function smallEvening(folder: string, answer: boolean | undefined, file = 'stand-in.gguf'): Promise<SmallEvening> {
  const content = await readFile(await tinyStandIn(folder));
  const model = testModel({ name: 'stand-in', bytes: content.length, sha256: sha256(content), format: 'gguf', file, accept: true });
  const proposal: Proposal = {
    recommendation: {
      kind: 'device',
      choices: [{ path: 'languageModel.model', value: 'stand-in', reason: 'It is small.' }],
      expected: { model: 'stand-in', tokensPerSecond: 99, memoryMb: 12 },
      models: ['stand-in'],
      downloadBytes: content.length,
      notes: ['It says nothing sensible.'],
    },
    profile: [
      'name: Real',
      'speechToText: {engine: pocketsphinx}',
      'languageModel:',
      `  {engine: exaone, model: ${join(modelsFolder(), file)}, contextTokens: 1024, maxAnswerTokens: 12, temperature: 0, threads: 1}`,
    ].join('\n'),
    models: [model],
  };
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answer;
  };
  return {
    model,
    content,
    proposal,
    recommender: { questions, ask, propose: async () => proposal, modelsOf: () => [model], probed: () => model },
  };
}
