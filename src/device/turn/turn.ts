import type { Route } from '../../../statecharts/answer.js';
import type { TurnTimings } from '../../events/events.js';
import type { SkillMatch } from '../../skills/contract.js';
import type { Language } from '../../speech-to-text/contract.js';
import { Reply } from './reply.js';

type Mark =
  | 'speechEnd'
  | 'transcribeStart'
  | 'transcribeEnd'
  | 'routeStart'
  | 'routeEnd'
  | 'askStart'
  | 'firstText'
  | 'firstSentence'
  | 'synthesizeStart'
  | 'firstSound'
  | 'firstAudio';

const HEARING: ReadonlySet<Mark> = new Set(['speechEnd', 'transcribeStart', 'transcribeEnd']);

/** One turn: its number, its question, the reply on its way, and when what happened. */
export class Turn {
  readonly number: number;
  readonly reply = new Reply(() => this.mark('firstSentence'));
  question = '';
  language: Language;
  /** Who answers; undefined until that is decided. */
  route: Route | undefined;
  /** What a skill takes the question for, where one does. */
  match: SkillMatch | undefined;
  /** Silence that the endpointer waited for, milliseconds. */
  endpointMs: number | undefined;
  /** Set once the voice is done or was cut off: what the person really heard. */
  heard: Promise<string> = Promise.resolve('');
  private readonly startedAt = performance.now();
  private readonly marks = new Map<Mark, number>();

  constructor(number: number, language: Language) {
    this.number = number;
    this.language = language;
  }

  /** The first time counts; of hearing, which may go on after a pause, the last. */
  mark(mark: Mark): void {
    if (!this.marks.has(mark) || HEARING.has(mark)) this.marks.set(mark, performance.now());
  }

  has(mark: Mark): boolean {
    return this.marks.has(mark);
  }

  timings(): TurnTimings {
    const transcribeMs = this.between('transcribeStart', 'transcribeEnd');
    const firstSentenceMs = this.between('askStart', 'firstSentence');
    const synthesizeMs = this.between('synthesizeStart', 'firstSound');
    const firstAudioMs = this.between('speechEnd', 'firstAudio');
    // Where nothing came after a pause, the words were there before it was over.
    const transcribedMs = Math.max(0, Math.min(transcribeMs ?? 0, this.between('speechEnd', 'transcribeEnd') ?? 0));
    const engines = transcribedMs + (firstSentenceMs ?? 0) + (synthesizeMs ?? 0);
    return round({
      endpointMs: this.endpointMs,
      transcribeMs,
      routeMs: this.between('routeStart', 'routeEnd'),
      firstTextMs: this.between('askStart', 'firstText'),
      firstSentenceMs,
      synthesizeMs,
      firstAudioMs,
      overheadMs: firstAudioMs === undefined ? undefined : firstAudioMs - engines,
      totalMs: performance.now() - this.startedAt,
    });
  }

  private between(from: Mark, to: Mark): number | undefined {
    const start = this.marks.get(from);
    const end = this.marks.get(to);
    return start === undefined || end === undefined ? undefined : end - start;
  }
}

function round(timings: Readonly<Record<string, number | undefined>>): TurnTimings {
  return Object.fromEntries(Object.entries(timings).flatMap(([name, ms]) => (ms === undefined ? [] : [[name, Math.round(ms * 10) / 10]])));
}
