/** The Korean lunar calendar, by which holidays, and birthdays of older people, are kept. */

const DAY_MS = 86_400_000;
const LUNAR = new Intl.DateTimeFormat('en-US-u-ca-dangi', { month: 'numeric', day: 'numeric' });

/** The first day of the (solar) year with that day of the lunar calendar; undefined where there is none. */
export function lunarDayIn(year: number, month: number, day: number): Date | undefined {
  for (let at = new Date(year, 0, 1, 12); at.getFullYear() === year; at = new Date(at.getTime() + DAY_MS)) {
    const lunar = lunarParts(at);
    if (lunar.month === String(month) && lunar.day === String(day)) return new Date(year, at.getMonth(), at.getDate());
  }
  return undefined;
}

/** "10월 15일", in a leap month "윤5월 3일". */
export function sayLunarDate(moment: Date): string {
  const { month = '', day = '' } = lunarParts(moment);
  return `${month.endsWith('bis') ? '윤' : ''}${Number.parseInt(month, 10)}월 ${day}일`;
}

/** Of a leap month, the month's number ends in "bis". */
function lunarParts(at: Date): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(LUNAR.formatToParts(at).map(({ type, value }) => [type, value]));
}
