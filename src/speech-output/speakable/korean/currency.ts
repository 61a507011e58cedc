import { anyOf, number, type Rule, rule } from '../rule.js';
import { sino } from './numberWords.js';

const bySign: Readonly<Record<string, string>> = {
  $: '달러',
  US$: '달러',
  A$: '호주 달러',
  C$: '캐나다 달러',
  HK$: '홍콩 달러',
  NT$: '대만 달러',
  S$: '싱가포르 달러',
  '€': '유로',
  '£': '파운드',
  '¥': '엔',
  '₩': '원',
};
const byCode: Readonly<Record<string, string>> = { USD: '달러', EUR: '유로', GBP: '파운드', JPY: '엔', KRW: '원', CNY: '위안' };
const sign = `(?<!\\p{Script=Latin})${anyOf(Object.keys(bySign))}`;
const code = anyOf(Object.keys(byCode));

export const currencyRules: readonly Rule[] = [
  rule(String.raw`(?<sign>${sign})\s?${number('from')}\s?[~∼〜–-]\s?(?:${sign})?${number('to')}(?<scale>[천만억조]{1,2})?`, (part) => {
    return `${sino(part('from'))}에서 ${sino(part('to'))}${part('scale')} ${bySign[part('sign')] ?? ''}`;
  }),
  rule(String.raw`(?<sign>${sign})\s?${number('amount')}(?<scale>\s?[십백천만억조]{1,3})?`, (part) =>
    money(part('amount'), part('scale'), bySign[part('sign')] ?? ''),
  ),
  rule(String.raw`${number('amount')}(?<scale>\s?[십백천만억조]{1,3})?\s?(?<sign>[$€£¥₩])`, (part) =>
    money(part('amount'), part('scale'), bySign[part('sign')] ?? ''),
  ),
  rule(String.raw`${number('amount')}\s?(?<code>${code})(?![\p{Script=Latin}])`, (part) =>
    money(part('amount'), '', byCode[part('code')] ?? ''),
  ),
  rule('[€£¥₩]', (part) => ` ${bySign[part('match')] ?? ''} `),
];

function money(amount: string, scale: string, currency: string): string {
  const [whole = '0', decimals = ''] = amount.split('.');
  if (scale !== '' || decimals.length !== 2 || currency === '원' || currency === '엔') return `${sino(amount)}${scale} ${currency}`;
  const small = Number(decimals) === 0 ? '' : `${sino(String(Number(decimals)))} ${currency === '파운드' ? '펜스' : '센트'}`;
  return [/^0*$/.test(whole) && small !== '' ? '' : `${sino(whole)} ${currency}`, small].filter((part) => part !== '').join(' ');
}
