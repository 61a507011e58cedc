import { createInterface } from 'node:readline/promises';

/** The questions that decide what the machine can't tell. The first of the four (is there a GPU or enough memory bandwidth) it tells itself. */

export const QUESTIONS = {
  speed: {
    ask: 'How much does speed matter?',
    choices: {
      quick: 'the answer must begin at once',
      balanced: 'some seconds are fine',
      patient: 'the best answer, also if it takes long',
    },
    standard: 'balanced',
  },
  questions: {
    ask: 'How hard are the questions?',
    choices: {
      everyday: 'timers, weather, small talk',
      mixed: 'now and then a hard one',
      hard: 'reasoning, code, long texts, translation',
    },
    standard: 'mixed',
  },
  accuracy: {
    ask: 'How much inaccuracy is acceptable?',
    choices: { relaxed: 'a slip now and then is fine', normal: 'mostly right', strict: 'as right as possible' },
    standard: 'normal',
  },
  languages: {
    ask: 'Which languages are spoken?',
    choices: { en: 'English', ko: 'Korean', 'en,ko': 'English, some Korean', 'ko,en': 'Korean, some English' },
    standard: 'en',
  },
} as const;

type Questions = typeof QUESTIONS;
export type QuestionName = keyof Questions;
export type Answers = { readonly [Name in QuestionName]: keyof Questions[Name]['choices'] };

export const questionNames = Object.keys(QUESTIONS) as QuestionName[];

export const STANDARD_ANSWERS: Answers = {
  speed: QUESTIONS.speed.standard,
  questions: QUESTIONS.questions.standard,
  accuracy: QUESTIONS.accuracy.standard,
  languages: QUESTIONS.languages.standard,
};

/** The words that answer a question. */
export function choicesOf(name: QuestionName): readonly string[] {
  return Object.keys(QUESTIONS[name].choices);
}

/** Asks on the terminal what was not given; an empty line takes the standard answer. */
export async function askFor(given: Partial<Answers>): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answers: Record<string, string> = { ...given };
  try {
    for (const name of questionNames) {
      if (given[name] !== undefined) continue;
      const { ask, choices, standard } = QUESTIONS[name];
      const lines = Object.entries(choices).map(
        ([word, meaning]) => `  ${word.padEnd(9)} ${meaning}${word === standard ? ' (standard)' : ''}`,
      );
      process.stderr.write(`${ask}\n${lines.join('\n')}\n`);
      for (let word = ''; answers[name] === undefined; ) {
        word = (await terminal.question('> ')).trim().toLowerCase();
        if (word === '') answers[name] = standard;
        else if (choicesOf(name).includes(word)) answers[name] = word;
      }
    }
  } finally {
    terminal.close();
  }
  return { ...STANDARD_ANSWERS, ...answers } as Answers;
}
