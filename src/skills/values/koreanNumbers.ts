/** Numbers as Korean speakers say them, in both systems, or as digits. */

const SINO: Readonly<Record<string, number>> = { 영: 0, 공: 0, 일: 1, 이: 2, 삼: 3, 사: 4, 오: 5, 육: 6, 륙: 6, 칠: 7, 팔: 8, 구: 9 };
const PLACES: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1000 };
const MYRIADS: Readonly<Record<string, number>> = { 만: 1e4, 억: 1e8, 조: 1e12 };
const NATIVE_TENS: Readonly<Record<string, number>> = {
  열: 10,
  스물: 20,
  스무: 20,
  서른: 30,
  마흔: 40,
  쉰: 50,
  예순: 60,
  일흔: 70,
  여든: 80,
  아흔: 90,
};
const NATIVE_UNITS: Readonly<Record<string, number>> = {
  하나: 1,
  한: 1,
  둘: 2,
  두: 2,
  셋: 3,
  세: 3,
  네: 4,
  넷: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
};

/** "25", "1,200", "3만", "5만 5천", "1억 2천만" */
const DIGITS = '\\d+(?:,\\d{3})*(?:\\.\\d+)?(?: ?[십백천만억조]+(?: ?\\d+(?:,\\d{3})* ?[십백천만]+)*)?';
const SINO_SOURCE =
  '[일이삼사오육륙칠팔구영공십백천](?: ?[일이삼사오육륙칠팔구영공십백천만억조점])*|[만억](?: ?[일이삼사오육칠팔구십백천만])*';
const TENS_SOURCE = `(?:${Object.keys(NATIVE_TENS).join('|')})`;
const UNITS_SOURCE = `(?:${Object.keys(NATIVE_UNITS).join('|')})`;

/** The source of a regular expression without groups. */
export const koreanNumber = `(?:(?:마이너스 ?|영하 ?|-)?(?:${DIGITS}|${TENS_SOURCE} ?${UNITS_SOURCE}|${TENS_SOURCE}|${UNITS_SOURCE}|${SINO_SOURCE}))`;

/** Undefined where it is no number. */
export function parseKoreanNumber(text: string): number | undefined {
  const plain = text.replaceAll(/[ ,]/g, '');
  const negative = /^(?:마이너스|영하|-)/.exec(plain);
  const bare = negative === null ? plain : plain.slice(negative[0].length);
  const value = native(bare) ?? sino(bare);
  return value === undefined || negative === null ? value : -value;
}

function native(text: string): number | undefined {
  const found = new RegExp(`^(${TENS_SOURCE})?(${UNITS_SOURCE})?$`).exec(text);
  if (found === null || text === '') return undefined;
  return (NATIVE_TENS[found[1] ?? ''] ?? 0) + (NATIVE_UNITS[found[2] ?? ''] ?? 0);
}

function sino(text: string): number | undefined {
  const [whole = '', decimals] = text.split('점');
  const value = sinoWhole(whole);
  if (value === undefined || decimals === undefined) return value;
  const after = [...decimals].map((letter) => SINO[letter]);
  return after.length === 0 || after.includes(undefined) ? undefined : Number(`${value}.${after.join('')}`);
}

function sinoWhole(text: string): number | undefined {
  let total = 0;
  let group = 0;
  let digit: number | undefined;
  for (const letter of text.match(/\d+(?:\.\d+)?|./g) ?? []) {
    const value = SINO[letter] ?? (/^\d/.test(letter) ? Number(letter) : undefined);
    const place = PLACES[letter];
    const myriad = MYRIADS[letter];
    if (value !== undefined) {
      if (digit !== undefined) return undefined;
      digit = value;
    } else if (place !== undefined) {
      group += (digit ?? 1) * place;
      digit = undefined;
    } else if (myriad !== undefined) {
      total += (group + (digit ?? 0) || 1) * myriad;
      group = 0;
      digit = undefined;
    } else return undefined;
  }
  return text === '' ? undefined : total + group + (digit ?? 0);
}
