import { toCardinal } from 'n2words/ko-KR';

/** Digits. Longer numbers are codes and are read digit by digit. */
const LONGEST_NUMBER = 15;
const digits = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
const nativeOnes = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉'];
const nativeTens = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔'];

/** Sino-Korean: `1,234.5` → 천이백삼십사 점 오. */
export function sino(text: string): string {
  const [whole = '', decimals] = text.replaceAll(',', '').split('.');
  const said = /^0\d/.test(whole) || whole.length > LONGEST_NUMBER ? digitWords(whole) : cardinal(whole);
  return decimals === undefined ? said : `${said} 점 ${[...decimals].map((digit) => digits[Number(digit)]).join('')}`;
}

/** Native Korean before what is counted, 1 to 99: `3` → 세, `20` → 스무, `21` → 스물한. */
export function native(count: number): string {
  if (count === 20) return '스무';
  return `${nativeTens[Math.floor(count / 10)] ?? ''}${nativeOnes[count % 10] ?? ''}`;
}

/** Each digit by itself, as in a telephone number: `010` → 공일공. Other characters are left out. */
export function digitWords(text: string): string {
  return [...text].map((char) => (char === '0' ? '공' : (digits[Number.parseInt(char, 10)] ?? ''))).join('');
}

function cardinal(whole: string): string {
  const said = toCardinal(BigInt(whole === '' ? 0 : whole));
  return /^[억조]/.test(said) ? `일${said}` : said;
}
