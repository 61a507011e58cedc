/** Asks the model every wording of every question, greedily, and prints what share it gets right, by subject. */
import { parseArgs } from 'node:util';
import { defaultModelPath, defaultSystemMessage, PracticeModel, type Turn } from './practiceModel.js';
import { isRight, loadQuestions, loadUnseen, plain, type QuestionItem, unknownAnswer } from './questions.js';

const help = `npx tsx scripts/starter-model/evaluate.ts [options]
  --model FILE        another model file
  --system TEXT       another system message
  --history N         N answered questions before each one (default 0)
  --held-out-only     only the wordings that training never saw
  --unseen            only the wordings of unseen.yaml, by which nothing was ever chosen (shown as held out)
  --mistakes          print every wrong answer
  --minimum PERCENT   fail when fewer of the known questions' wordings get the right answer`;

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: defaultModelPath },
    system: { type: 'string', default: defaultSystemMessage },
    history: { type: 'string', default: '0' },
    'held-out-only': { type: 'boolean', default: false },
    unseen: { type: 'boolean', default: false },
    mistakes: { type: 'boolean', default: false },
    minimum: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit();
}

class Tally {
  asked = 0;
  right = 0;
  refused = 0;

  add(right: boolean, answer: string): void {
    this.asked++;
    if (right) this.right++;
    if (plain(answer) === plain(unknownAnswer)) this.refused++;
  }

  percent(count: number): number {
    return this.asked === 0 ? 0 : (100 * count) / this.asked;
  }

  cell(): string {
    return this.asked === 0 ? '-' : `${this.percent(this.right).toFixed(1)} % (${this.right}/${this.asked})`;
  }
}

type Tallies = Record<'ask' | 'heldOut', Tally>;
const newTallies = (): Tallies => ({ ask: new Tally(), heldOut: new Tally() });
const line = (name: string, tallies: Tallies): string =>
  `${name.padEnd(24)}${tallies.ask.cell().padStart(22)}${tallies.heldOut.cell().padStart(22)}`;

/** Turns before the n-th question: other items' first wordings and answers, spread over all subjects. */
function turnsBefore(items: readonly QuestionItem[], n: number, count: number): Turn[] {
  return Array.from({ length: count }, (_, i) => items[(n * 7 + (i + 1) * 131) % items.length]).flatMap((item) =>
    item?.ask[0] === undefined ? [] : [{ question: item.ask[0], answer: item.answer }],
  );
}

const items = options.unseen ? loadUnseen() : loadQuestions();
const bySubject = new Map<string, Tallies>();
const known = newTallies();
const all = newTallies();
const model = await PracticeModel.load(options.model);
let asked = 0;

for (const item of items) {
  const tallies = bySubject.get(item.subject) ?? newTallies();
  bySubject.set(item.subject, tallies);
  for (const kind of ['ask', 'heldOut'] as const) {
    if (kind === 'ask' && (options['held-out-only'] || options.unseen)) continue;
    for (const wording of item[kind]) {
      const before = turnsBefore(items, asked++, Number(options.history));
      const answer = await model.answer(wording, options.system, before);
      const right = isRight(item, answer);
      for (const tally of [tallies[kind], all[kind]]) tally.add(right, answer);
      if (item.answer !== unknownAnswer) known[kind].add(right, answer);
      if (!right && options.mistakes) console.log(`${kind} "${wording}" (${item.id}): ${answer}`);
    }
  }
}
await model.close();

console.log(`${'right answers'.padEnd(24)}${'trained wordings'.padStart(22)}${'held out'.padStart(22)}`);
for (const [subject, tallies] of bySubject) console.log(line(subject, tallies));
console.log(line('all known questions', known));
console.log(line('everything', all));
for (const [name, tally] of [
  ['trained', known.ask],
  ['held out', known.heldOut],
] as const) {
  console.log(`known questions wrongly refused, ${name} wordings: ${tally.percent(tally.refused).toFixed(1)} %`);
}

const right = known.ask.right + known.heldOut.right;
const share = (100 * right) / (known.ask.asked + known.heldOut.asked);
console.log(`right over all wordings of known questions: ${share.toFixed(1)} %`);
if (share < Number(options.minimum)) {
  console.error(`That is less than the ${options.minimum} % asked for.`);
  process.exitCode = 1;
}
