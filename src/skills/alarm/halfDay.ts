import type { Language } from '../../speech-to-text/contract.js';

/** Which seven o'clock people mean who say no more. */

const HALF_SAID: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:[ap]\.? ?m\b|morning|afternoon|evening|night|tonight|noon|midday|midnight|0\d[:.]?\d\d|(?:1[3-9]|2[0-3])[:.]?\d\d)/,
  ko: /오전|오후|저녁|밤|아침|새벽|낮|점심|정오|자정|(?:1[3-9]|2[0-4]) ?시/,
};
const DAY_SAID: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:today|tonight|tomorrow|later|from now|\w+day|next|january|february|march|april|may|june|july|august|september|october|november|december|\d+(?:st|nd|rd|th)|eve|christmas|easter)\b|\bin (?:an?|\d|[a-z]+) ?(?:hour|minute|day|week)/,
  ko: /오늘|내일|모레|글피|요일|\d ?일|월|뒤에|후에|있다가|이따가/,
};
const TODAY: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:today|later|from now)\b|\bin (?:an?|\d|[a-z]+) ?(?:hour|minute)/,
  ko: /오늘|뒤에|후에|있다가|이따가/,
};
const WAKES: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:wake|wake-up|wakeup|awake|sleep|oversleep|get (?:me )?up|have me up|get me out|be up|every (?:day|weekday)|weekdays|weekends|daily)\b/,
  ko: /깨워|일어나|모닝콜|매일|평일|주말/,
};

/** "Seven in the morning", rather than "seven". */
export function saysHalf(text: string, language: Language): boolean {
  return HALF_SAID[language].test(text);
}

/** Who wants to be woken at seven, or at seven every day, and says no more, gets up in the morning. */
export function meansMorning(text: string, language: Language): boolean {
  return !saysHalf(text, language) && !TODAY[language].test(text) && WAKES[language].test(text);
}

/** Four to eleven in the evening is four to eleven in the morning. */
export function inTheMorning(time: Date, now: Date): Date {
  if (time.getHours() < 16) return time;
  const morning = new Date(time.getFullYear(), time.getMonth(), time.getDate(), time.getHours() - 12, time.getMinutes());
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  return morning;
}

/** An alarm that is moved to another time of day stays on its day, and as near as can be where the text doesn't say which half of the day. */
export function nearTo(dueAt: number, time: Date, text: string, language: Language, now: Date): Date {
  if (DAY_SAID[language].test(text)) return time;
  const due = new Date(dueAt);
  const on = (days: number, hour: number) => new Date(due.getFullYear(), due.getMonth(), due.getDate() + days, hour, time.getMinutes());
  const near = saysHalf(text, language)
    ? [on(0, time.getHours()), on(1, time.getHours())]
    : [-1, 0, 1].flatMap((days) => [on(days, time.getHours()), on(days, (time.getHours() + 12) % 24)]).sort(nearerTo(dueAt));
  return near.find((moment) => moment > now) ?? time;
}

function nearerTo(dueAt: number): (one: Date, other: Date) => number {
  const distance = (moment: Date) => Math.abs(moment.getTime() - dueAt);
  return (one, other) => distance(one) - distance(other);
}
