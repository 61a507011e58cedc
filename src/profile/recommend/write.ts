import { stringify } from 'yaml';
import { megabytes } from '../../models/text.js';
import { type Answers, questionNames } from './answers.js';
import { brief, type Choice } from './choice.js';
import type { Machine } from './machine.js';
import type { Recommendation } from './recommend.js';

/** A recommendation as the text of a profile, each choice with its reason above it. */

export interface Occasion {
  /** What the device is to be called. */
  readonly name: string;
  readonly machine: Machine;
  readonly answers: Answers;
  readonly date: Date;
  /** Path of the JSON Schema, as seen from the profile. */
  readonly schemaPath: string;
}

export function profileText(recommendation: Recommendation, { name, machine, answers, date, schemaPath }: Occasion): string {
  const { kind, expected, models, downloadBytes, notes, choices } = recommendation;
  const speed =
    expected.tokensPerSecond === undefined
      ? 'a speed to be measured on the GPU'
      : `about ${brief(expected.tokensPerSecond)} tokens a second`;
  return [
    `# yaml-language-server: $schema=${schemaPath}`,
    `# Recommended on ${date.toISOString().slice(0, 10)} by \`tandem profile recommend\` for this machine:`,
    `#   ${machineText(machine)}.`,
    `# Answers: ${questionNames.map((question) => `${question} ${answers[question]}`).join(', ')}.`,
    `# Expected: ${speed}, ${expected.memoryMb} MB of memory for the language model.`,
    models.length === 0
      ? '# Nothing to download.'
      : `# To download: ${models.join(', ')} (${megabytes(downloadBytes)}), by \`tandem models pull --profile\`.`,
    ...notes.map((note) => `# Note: ${note}`),
    '',
    `name: ${stringify(name).trim()}`,
    ...(kind === 'host' ? ['kind: host'] : [`languages: [${answers.languages.replace(',', ', ')}]`]),
    ...sectionsOf(choices),
    '',
  ].join('\n');
}

/** `Raspberry Pi 5 …, 4 cores (asimd, asimddp), 8 GB memory, read at 11 GB/s, no GPU`. */
function machineText(machine: Machine): string {
  const parts = [
    machine.board ?? machine.processor,
    `${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}${machine.features.length > 0 ? ` (${machine.features.join(', ')})` : ''}`,
    `${Math.round(machine.memory / 2 ** 30)} GB memory, read at ${brief(machine.bandwidth / 1e9)} GB/s`,
    machine.gpu?.name ?? 'no GPU',
    machine.microphone === true ? 'a microphone' : 'no microphone found',
  ];
  return parts.join(', ');
}

function sectionsOf(choices: readonly Choice[]): readonly string[] {
  const sections = [...new Set(choices.map(({ path }) => path.split('.')[0] ?? ''))];
  return sections.flatMap((section) => {
    const own = choices.filter(({ path }) => path.startsWith(`${section}.`));
    const lines = own.flatMap(({ path, value, reason }) => [
      `  # ${reason}`,
      `  ${path.slice(section.length + 1)}: ${stringify(value).trim()}`,
    ]);
    return ['', `${section}:`, ...lines];
  });
}
