import type { Route } from '../../../statecharts/answer.js';
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
  private readonly notices: Pick<Notices, 'more'>;
  private rest: Rest | undefined;

  constructor(notices: Pick<Notices, 'more'>) {
    this.notices = notices;
  }

  keep(rest: Rest): void {
    this.rest = rest;
  }

  /** Undefined where nothing was offered, or the person speaks of something else. */
  answer(text: string, language: Language): MoreAnswer | undefined {
    const { rest } = this;
    this.rest = undefined;
    if (rest === undefined) return undefined;
    const said = plain(text);
    const { wanted, declined } = this.notices.more(language);
    if (wanted.some((phrase) => plain(phrase) === said)) return { kind: 'wanted', rest };
    if (declined.some((phrase) => plain(phrase) === said)) return { kind: 'declined' };
    return undefined;
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
