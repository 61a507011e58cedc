import { type Command, Option } from 'commander';
import { parse } from 'yaml';
import { UsageError } from '../errors.js';
import { fileOf, shortPath } from '../profile/load.js';
import { type Answers, askFor, choicesOf, QUESTIONS, questionNames, STANDARD_ANSWERS } from '../profile/recommend/answers.js';
import { readMachine } from '../profile/recommend/machine.js';
import { recommend } from '../profile/recommend/recommend.js';
import { profileText } from '../profile/recommend/write.js';
import { newProfile, writeProfile } from '../profile/writeNew.js';

/** `tandem profile recommend`. */
export function registerRecommend(profile: Command): void {
  const command = profile
    .command('recommend')
    .description('look at this machine, ask some questions, and recommend a profile with the reason for each choice')
    .option('--write <name>', 'write it to device-profiles/NAME.yaml, or to a file ending in .yaml, instead of printing it')
    .option('--replace', 'with --write: replace a profile of that name')
    .option('--json', 'print machine, answers, choices and profile as one JSON object; asks nothing')
    .option('--yes', 'ask nothing: standard answers where none is given')
    .option('--host', 'for a host that answers hard questions of other devices')
    .option('--broker <url>', 'address of an MQTT broker where a host answers hard questions')
    .action(run);
  for (const name of questionNames) {
    const { ask, standard } = QUESTIONS[name];
    command.addOption(new Option(`--${name} <answer>`, `${ask} (standard: ${standard})`).choices(choicesOf(name)));
  }
}

type Flags = Partial<Answers> & {
  readonly write?: string;
  readonly replace?: true;
  readonly json?: true;
  readonly yes?: true;
  readonly host?: true;
  readonly broker?: string;
};

async function run(flags: Flags): Promise<void> {
  if (flags.broker !== undefined && !/^mqtts?:\/\/[^/]/.test(flags.broker)) {
    throw new UsageError(`${JSON.stringify(flags.broker)} is not the address of a broker.`, 'Write mqtt://HOST:1883 or mqtts://HOST:8883.');
  }
  const { title: name, schemaPath, file } = newProfile(flags.write ?? 'tandem');
  const given = Object.fromEntries(
    questionNames.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])),
  ) as Partial<Answers>;
  const asks = flags.json !== true && flags.yes !== true && process.stdin.isTTY === true;
  const answers = asks ? await askFor(given) : { ...STANDARD_ANSWERS, ...given };
  const machine = await readMachine();
  const wishes = {
    kind: flags.host === true ? 'host' : 'device',
    ...(flags.broker === undefined ? {} : { broker: flags.broker }),
  } as const;
  const recommendation = recommend(machine, answers, wishes);
  const text = profileText(recommendation, { name, machine, answers, date: new Date(), schemaPath });

  if (flags.write !== undefined) await writeProfile(file, text, flags.replace === true);
  if (flags.json === true) {
    print(JSON.stringify({ machine, answers, ...recommendation, profile: parse(text) as unknown }, undefined, 2));
  } else if (flags.write === undefined) {
    print(text.trimEnd());
    process.stderr.write('To keep it: tandem profile recommend --write NAME\n');
  } else {
    for (const note of recommendation.notes) process.stderr.write(`${note}\n`);
    print(`Wrote ${shortPath(fileOf(flags.write))}. Get its models: tandem models pull --profile ${flags.write}`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
