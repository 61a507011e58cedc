import type { Licence } from '../models/catalogue.js';
import { duration, megabytes } from '../models/text.js';
import { brief } from '../profile/recommend/choice.js';
import type { Proposal } from './proposal.js';

/** What a person reads before the question: the profile with its reasons, the files with sizes and licences, what it will be like. */

/** `bytesPerSecond`: of the network, as measured just now; undefined where nothing could be measured. */
export function planText({ recommendation, models }: Proposal, bytesPerSecond: number | undefined): string {
  const { choices, expected, downloadBytes, notes } = recommendation;
  const names = Math.max(...models.map(({ name }) => name.length));
  const time = bytesPerSecond === undefined ? '' : `, about ${duration(downloadBytes / bytesPerSecond)} at the speed measured just now`;
  const speed = expected.tokensPerSecond === undefined ? '' : `about ${brief(expected.tokensPerSecond)} tokens a second, `;
  return [
    'Tandem starts with a small practice model. For this machine it recommends:',
    ...choices.flatMap(({ path, value, reason }) => [`  ${path}: ${value}`, `      ${reason}`]),
    `Expected: ${speed}${expected.memoryMb} MB of memory for the language model.`,
    ...notes.map((note) => `Note: ${note}`),
    `To download: ${megabytes(downloadBytes)}${time}`,
    ...models.map(
      ({ name, bytes, approximate, licence }) =>
        `  ${name.padEnd(names)}  ${`${approximate ? '~' : ''}${megabytes(bytes)}`.padStart(8)}  ${licence.title}`,
    ),
    ...(buildsWhisper(choices) ? ['whisper.cpp is built for this processor at the same time, which takes some minutes.'] : []),
    'Licences:',
    ...licencesOf(models).map((licence) => `  ${licence.title}: ${licence.summary}${licence.url === undefined ? '' : ` (${licence.url})`}`),
  ].join('\n');
}

/** The one question. */
export function questionText({ models }: Proposal): string {
  const terms = licencesOf(models).filter(({ accept }) => accept);
  const accepted = terms.length === 0 ? '' : ` Yes accepts: ${terms.map(({ title }) => title).join(', ')}.`;
  return `You can talk with the practice model meanwhile.${accepted}\nDownload and change over to it? [y/N] `;
}

function buildsWhisper(choices: Proposal['recommendation']['choices']): boolean {
  return choices.some(({ path, value }) => path === 'speechToText.engine' && String(value).startsWith('whisper'));
}

function licencesOf(models: Proposal['models']): readonly Licence[] {
  return [...new Map(models.map(({ licence }) => [licence.id, licence])).values()];
}
