import { TandemError } from '../errors.js';

/** One thing that is wrong in a profile, where it stands and what to do about it. */
export interface Mistake {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** `wakeWord.words[0].threshold`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, in plain words without a full stop: `must be at most 1, not 7`. */
  readonly message: string;
  /** One sentence: what to write instead. */
  readonly remedy?: string;
}

export type Path = readonly (string | number)[];

export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`), '');
}

/** One line: `kitchen.yaml:4:14: wakeWord.threshold: must be at most 1, not 7. Write a number from 0 to 1.` */
export function mistakeText(mistake: Mistake): string {
  const what = mistake.path === '' ? mistake.message : `${mistake.path}: ${mistake.message}`;
  const remedy = mistake.remedy === undefined ? '' : ` ${mistake.remedy}`;
  return `${mistake.file}:${mistake.line}:${mistake.column}: ${what}.${remedy}`;
}

/** A profile that can't be used; `message` holds all its mistakes, a line each. */
export class ProfileInvalidError extends TandemError {
  readonly mistakes: readonly Mistake[];

  constructor(file: string, mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    super({
      code: 'profile-invalid',
      stage: 'profile',
      message: [`The profile ${file} has ${count}:`, ...mistakes.map((mistake) => `  ${mistakeText(mistake)}`)].join('\n'),
      recoverable: false,
    });
    this.mistakes = mistakes;
  }
}
