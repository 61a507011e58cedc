import type { Language } from '../../speech-to-text/contract.js';
import { counts } from '../alerts/choice.js';
import type { Recognised } from '../sentences/sentences.js';
import { parseTimes } from '../values/clockTimes.js';
import { parseDuration } from '../values/duration.js';
import { englishNumber } from '../values/englishNumbers.js';

/** What is asked of the timers, with its values understood. */
export interface TimerRequest {
  readonly intent: string;
  readonly durationMs?: number;
  /** The name for a new one: "tea". */
  readonly name?: string;
  /** Which one is meant: a name, or how long it was set for. */
  readonly which?: string;
  /** "It": the one that was spoken of last. */
  readonly goesOn?: boolean;
  /** Ids, where it is one of these: the answer to "Which one?". */
  readonly among?: ReadonlySet<string>;
}

/** What a number alone counts: "for ten". */
export const MINUTES: Readonly<Record<Language, string>> = { en: 'minutes', ko: '분' };

/** "Three quarters of an hour" has no name in it. */
const PARTS = /^(?:a )?(?:half|quarter|(?:three|3) quarters)(?: of)?$/;

/** With which people ask for one: "initiate timer", "how about a timer". */
const VERBS =
  "\\b(?:how|about|what|begin|run|get|give|let|let's|lets|just|use|open|add|place|enter|schedule|program|initiate|activate|commence|trigger|engage|launch|establish|configure|execute|kick|off|going|do|have|put|go|turn|if|then|when|can|will)\\b";

/** Words of a request that are in no name, wherever they stand: "mind setting a timer", "change my timer". */
const IN_NO_NAME: Readonly<Record<Language, RegExp>> = {
  en: new RegExp(
    `^(?:next|last|first|other|same|change|reset|second|minute|hour|point|and|half|a half|${englishNumber})\\b|\\b(?:timers?|setting|starting|set|please|could|would|want|need|minutes?|mins?|seconds?|secs?|hours?|i|you|me)\\b|${VERBS}`,
  ),
  ko: /타이머|맞춰/,
};

/** Words that stand before "timer" and name none. */
const NO_NAMES: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set([
    'new',
    'another',
    'a',
    'an',
    'the',
    'my',
    'one',
    'me',
    'me a',
    'a new',
    'single',
    'current',
    'this',
    'that',
    'up',
    'please',
    'some',
    'it',
    'set',
    'start',
    'put',
    'create',
    'make',
  ]),
  ko: new Set(['새', '새로운', '하나', '지금', '현재', '내', '그', '이', '좀', '다른', '저기']),
};

/** Undefined where a value makes no sense, so that the sentence was not meant like that. */
export function timerRequest({ intent, slots, goesOn }: Recognised, language: Language, now: Date): TimerRequest | undefined {
  // "five more minutes", "another minute"
  const counted = slots.unit === undefined ? undefined : `${slots.count ?? 'one'} ${slots.unit}`;
  const minutes = slots.minutes === undefined ? undefined : `${slots.minutes} ${MINUTES[language]}`;
  const duration = slots.duration ?? counted ?? minutes;
  const durationMs = slots.clock === undefined ? parseDuration(duration ?? '', language) : untilTime(slots.clock, language, now);
  if ((duration ?? slots.clock) !== undefined && durationMs === undefined) return undefined;
  const name = slots.name === undefined ? undefined : asName(slots.name, language);
  if (intent === 'set-named' && name === undefined) return undefined;
  const which = slots.which === undefined ? undefined : whichOne(slots.which, language);
  if (which === 'none') return undefined;
  return {
    intent: intent === 'set-named' || intent === 'set-until' ? 'set' : intent,
    ...(goesOn ? { goesOn } : {}),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(name === undefined || intent === 'ask-duration' ? {} : { name }),
    ...(which === undefined || which === 'any' ? {} : { which: which.called }),
  };
}

function untilTime(clock: string, language: Language, now: Date): number | undefined {
  const [time] = parseTimes(clock, language, now);
  return time === undefined ? undefined : time.getTime() - now.getTime();
}

/** "아까 그", "방금 맞춘": which of them is meant, without a name. */
const SAID_OF_ANY =
  /^(?:(?:아까|방금|지금|현재|지금부터|이제부터|그|이|저|내|제|우리|내가|제가|맞춘|맞춰 ?(?:둔|놓은)|켠|켜 ?둔|건|걸어 ?둔|설정한|돌아가는|돌고 있는)(?: |$))+/;

/** A name, or a duration: "the 5 minute timer". What can be neither was not meant for a timer: "remove 5 minutes from". */
function whichOne(text: string, language: Language): { readonly called: string } | 'any' | 'none' {
  const bare = bareName(text);
  if (counts(bare, language)) return { called: bare };
  if (bare === '' || NO_NAMES[language].has(bare)) return 'any';
  const called = parseDuration(bare, language) === undefined ? asName(bare, language) : bare;
  return called === undefined ? 'none' : { called };
}

/** "라면 끓이게" is for 라면. */
function bareName(text: string): string {
  const unnamed = text.replace(SAID_OF_ANY, '');
  return unnamed
    .replace(/^(?:(?:the|my|a|an|some|new|another|me) )+|(?: (?:for|to|at|of))+$|(?<=[분초간]) ?짜리$|(?<=.) [가-힣]+(?:게|는데)$/g, '')
    .trim();
}

/** Without articles; undefined where nothing is left or it is too long for a name. */
function asName(text: string, language: Language): string | undefined {
  const name = bareName(text);
  const tooLong = name.length > 40 || name.split(' ').length > 4;
  return name === '' || tooLong || PARTS.test(name) || IN_NO_NAME[language].test(name) || NO_NAMES[language].has(name) ? undefined : name;
}
