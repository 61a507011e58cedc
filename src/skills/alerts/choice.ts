import type { Language } from '../../speech-to-text/contract.js';
import type { KeptAlert } from './alertFile.js';

/** Which one people mean who count instead of naming: "the second", "the later one", "both". */

const ALL: Readonly<Record<Language, RegExp>> = {
  en: /^(?:all|both|every one|each|(?:all|both) of (?:them|these|those)|them (?:all|both)|(?:cancel|stop|delete) (?:them )?(?:all|both)(?: of them)?)$/,
  ko: /^(?:둘 ?다|전부|모두|다)(?:요)?$/,
};

/** How they are counted in the order in which they were named, which is the order in which they ring. */
const COUNTED: Readonly<Record<Language, readonly (readonly [said: RegExp, index: number])[]>> = {
  en: [
    [/^(?:first|1st|former|earlier|earliest|sooner|soonest|shorter|shortest|next)$/, 0],
    [/^(?:second|2nd)$/, 1],
    [/^(?:third|3rd)$/, 2],
    [/^(?:last|latter|later|latest|longer|longest|final)$/, -1],
  ],
  ko: [
    [/^(?:첫 ?번째|처음|먼저|다음)/, 0],
    [/^두 ?번째/, 1],
    [/^세 ?번째/, 2],
    [/^(?:마지막|나중)/, -1],
  ],
};

export function meansAll(answer: string, language: Language): boolean {
  return ALL[language].test(answer);
}

export function counts(text: string, language: Language): boolean {
  return COUNTED[language].some(([said]) => said.test(text));
}

/** Undefined where the answer counts none of them. `alerts`: soonest first. */
export function counted(answer: string, alerts: readonly KeptAlert[], language: Language): KeptAlert | undefined {
  const index = COUNTED[language].find(([said]) => said.test(answer))?.[1];
  return index === undefined ? undefined : alerts.at(index);
}
