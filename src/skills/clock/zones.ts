import type { Language } from '../../speech-to-text/contract.js';

/** "Japan Standard Time", "일본 표준시"; `timeZone` undefined: the machine's own. */
export function sayZone(timeZone: string | undefined, now: Date, language: Language): string {
  const locale = language === 'ko' ? 'ko-KR' : 'en-US';
  return part(new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' }), now) ?? timeZone ?? 'UTC';
}

/** "9 hours ahead of UTC", "UTC보다 9시간 빠른 곳". */
export function sayOffset(timeZone: string | undefined, now: Date, language: Language): string {
  const text = part(new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }), now) ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (total === 0) return language === 'ko' ? '협정 세계시와 같은 시간' : 'the same as universal time';
  const amount = span(Math.floor(total / 60), total % 60, language);
  if (language === 'ko') return `협정 세계시보다 ${amount} ${sign === '+' ? '빠른' : '늦은'} 시간`;
  return `${amount} ${sign === '+' ? 'ahead of' : 'behind'} universal time`;
}

function span(hours: number, minutes: number, language: Language): string {
  if (language === 'ko') return `${hours}시간${minutes === 0 ? '' : ` ${minutes}분`}`;
  return `${hours} hour${hours === 1 ? '' : 's'}${minutes === 0 ? '' : ` and ${minutes} minutes`}`;
}

function part(format: Intl.DateTimeFormat, now: Date): string | undefined {
  return format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value;
}

/** Said letter by letter. */
const LETTERS = new Set('uk us usa uae ussr gmt utc est edt cst cdt mst mdt pst pdt cet eet jst kst dc nyc la bc'.split(' '));
const SMALL_WORDS = new Set(['the', 'of', 'and', 'in', 'de', 'a', 'day', 'here']);

/** A place or a day as it was said, with capitals. */
export function localPlace(name: string, language: Language): string {
  if (language === 'ko') return name;
  return name.replaceAll(/(?<![\p{L}\d'])\p{L}[\p{L}']*/gu, (word) => {
    if (LETTERS.has(word)) return word.toUpperCase();
    return SMALL_WORDS.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}
