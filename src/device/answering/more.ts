import type { Route } from '../../../statecharts/answer.js';
import { compileTemplate, type Template } from '../../skills/sentences/template.js';
import type { Language } from '../../speech-to-text/contract.js';
import type { Notices } from '../speaking/notices.js';
import type { LeftOver } from '../turn/reply.js';

/** A long answer that was cut: what is left of it, and who was giving it. */
export interface Rest extends LeftOver {
  readonly to: Route['to'];
}

/** What a person says to "Shall I go on?". */
export type MoreAnswer = { readonly kind: 'wanted'; readonly rest: Rest } | { readonly kind: 'declined' };

/** The offer to go on with a long answer. It stands for the next thing that is said, and no longer. */
export class More {
  private readonly answers: Readonly<Record<Language, { readonly wanted: readonly Template[]; readonly declined: readonly Template[] }>>;
  private rest: Rest | undefined;
  /** The last offer, which something else was said to. */
  private passed: Rest | undefined;

  constructor(notices: Pick<Notices, 'more'>) {
    const compiled = (language: Language) => {
      const { wanted, declined } = notices.more(language);
      const templates = (phrases: readonly string[]) =>
        phrases.map((phrase) => compileTemplate(phrase, { spacesCount: language !== 'ko' }));
      return { wanted: templates(wanted), declined: templates(declined) };
    };
    this.answers = { en: compiled('en'), ko: compiled('ko') };
  }

  keep(rest: Rest): void {
    this.rest = rest;
  }

  /** The last offer is made once more; false where there was none. */
  again(): boolean {
    this.rest = this.passed;
    return this.rest !== undefined;
  }

  /** Undefined where nothing was offered, or the person speaks of something else. */
  answer(text: string, language: Language): MoreAnswer | undefined {
    const { rest } = this;
    this.rest = undefined;
    this.passed = rest;
    if (rest === undefined) return undefined;
    const said = plain(text);
    const { wanted, declined } = this.answers[language];
    if (wanted.some((template) => template.match(said) !== undefined)) return { kind: 'wanted', rest };
    if (declined.some((template) => template.match(said) !== undefined)) return { kind: 'declined' };
    return undefined;
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}
