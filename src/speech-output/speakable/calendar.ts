/** Parts of a whole that are said as fractions; other pairs that could be a month and a day are dates. */
const denominators = new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20]);

/** Whether month and day exist. */
export function isDate(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

/** Whether two numbers with a slash between them are a month and a day (11/23) rather than a fraction (3/4). */
export function isMonthAndDay(month: string, day: string): boolean {
  if (!isDate(month, day)) return false;
  return Number(month) >= Number(day) || !denominators.has(Number(day)) || day.startsWith('0');
}
