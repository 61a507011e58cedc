import { anyOf, number, type Rule, rule, wordBegins, wordEnds } from '../rule.js';
import { numberWords } from './numberWords.js';
import { beforeNoun, unitName } from './units.js';

interface Currency {
  readonly one: string;
  readonly many: string;
  readonly minor?: readonly [one: string, many: string];
}

const dollar: Currency = { one: 'dollar', many: 'dollars', minor: ['cent', 'cents'] };
const euro: Currency = { one: 'euro', many: 'euros', minor: ['cent', 'cents'] };
const pound: Currency = { one: 'pound', many: 'pounds', minor: ['penny', 'pence'] };
const yen: Currency = { one: 'yen', many: 'yen' };
const won: Currency = { one: 'won', many: 'won' };
const yuan: Currency = { one: 'yuan', many: 'yuan' };
const rupee: Currency = { one: 'rupee', many: 'rupees' };

function dollarsOf(country: string): Currency {
  return { one: `${country} dollar`, many: `${country} dollars`, minor: ['cent', 'cents'] };
}

const bySign: Readonly<Record<string, Currency>> = {
  $: dollar,
  US$: dollarsOf('U S'),
  A$: dollarsOf('Australian'),
  C$: dollarsOf('Canadian'),
  CA$: dollarsOf('Canadian'),
  HK$: dollarsOf('Hong Kong'),
  S$: dollarsOf('Singapore'),
  NZ$: dollarsOf('New Zealand'),
  NT$: dollarsOf('Taiwan'),
  R$: { one: 'real', many: 'reais', minor: ['centavo', 'centavos'] },
  MX$: { one: 'peso', many: 'pesos' },
  '€': euro,
  '£': pound,
  '¥': yen,
  '₩': won,
  '₹': rupee,
  'Rs.': rupee,
  Rs: rupee,
  '₽': { one: 'ruble', many: 'rubles' },
  '₺': { one: 'lira', many: 'lira' },
  '₫': { one: 'dong', many: 'dong' },
  '฿': { one: 'baht', many: 'baht' },
  '₦': { one: 'naira', many: 'naira' },
  '₱': { one: 'peso', many: 'pesos' },
  '₪': { one: 'shekel', many: 'shekels' },
  '₿': { one: 'bitcoin', many: 'bitcoin' },
};

const byCode: Readonly<Record<string, Currency>> = {
  USD: dollarsOf('U S'),
  AUD: dollarsOf('Australian'),
  CAD: dollarsOf('Canadian'),
  EUR: euro,
  GBP: pound,
  JPY: yen,
  KRW: won,
  CNY: yuan,
  INR: rupee,
  SGD: dollarsOf('Singapore'),
  HKD: dollarsOf('Hong Kong'),
  NZD: dollarsOf('New Zealand'),
  SEK: { one: 'Swedish krona', many: 'Swedish kronor' },
  NOK: { one: 'Norwegian krone', many: 'Norwegian kroner' },
  DKK: { one: 'Danish krone', many: 'Danish kroner' },
  PLN: { one: 'zloty', many: 'zlotys' },
  THB: { one: 'baht', many: 'baht' },
  MXN: { one: 'Mexican peso', many: 'Mexican pesos' },
  CHF: { one: 'Swiss franc', many: 'Swiss francs' },
};

const scales: Readonly<Record<string, string>> = {
  k: 'thousand',
  K: 'thousand',
  m: 'million',
  M: 'million',
  mn: 'million',
  bn: 'billion',
  b: 'billion',
  B: 'billion',
  T: 'trillion',
  tn: 'trillion',
  thousand: 'thousand',
  million: 'million',
  billion: 'billion',
  trillion: 'trillion',
};

const sign = `(?<!\\p{L})${anyOf(Object.keys(bySign))}`;
const code = anyOf(Object.keys(byCode));
const scale = `(?:[ -]?(?<scale>${anyOf(Object.keys(scales))})${wordEnds})?`;

/** What a price stands before: a $20 bill. */
const priced = 'bill|note|coin|gift|ticket|coupon|voucher|fee|fine|tip|deposit|discount|budget|limit|refund|reward|prize|donation';

export const currencyRules: readonly Rule[] = [
  rule(
    String.raw`(?<sign>${sign})${number('amount')}${scale}(?=[ -](?:${priced})${wordEnds}|(?<=${wordBegins}[Aa]n?\s[^\s\d]{1,3}[\d,]{1,9}(?:[ -]?\p{L}{1,8})?)${beforeNoun})`,
    (part) => {
      const factor = scales[part('scale')];
      return `${numberWords(part('amount'))} ${factor === undefined ? '' : `${factor} `}${(bySign[part('sign')] ?? dollar).one}`;
    },
  ),
  rule(
    String.raw`(?<sign>${sign})\s?${number('from')}${scale.replace('<scale>', '<fromScale>')}(?:\s?[-–—~]\s?|\sto\s)(?:${sign})?${number('to')}${scale}`,
    (part) => {
      const currency = bySign[part('sign')] ?? dollar;
      const fromScale = scales[part('fromScale')];
      const decimal = fromScale === undefined && part('from').includes('.');
      const from = decimal
        ? money(part('from'), '', currency)
        : `${numberWords(part('from'))}${fromScale === undefined ? '' : ` ${fromScale}`}`;
      return `${from} to ${money(part('to'), part('scale'), currency)}`;
    },
  ),
  rule(String.raw`(?<sign>${sign})\s?${number('amount')}${scale}(?:\s?${code}${wordEnds})?`, (part) =>
    money(part('amount'), part('scale'), bySign[part('sign')] ?? dollar),
  ),
  rule(String.raw`${number('amount')}${scale}\s?(?<sign>[€£¥₩₹$₽₺₫฿₦₱₪])(?![\d.])`, (part) =>
    money(part('amount'), part('scale'), bySign[part('sign')] ?? dollar),
  ),
  rule(String.raw`(?<code>${code})\s?${number('amount')}${scale}`, (part) =>
    money(part('amount'), part('scale'), byCode[part('code')] ?? dollar),
  ),
  rule(String.raw`${number('amount')}${scale}\s?(?<code>${code})${wordEnds}`, (part) =>
    money(part('amount'), part('scale'), byCode[part('code')] ?? dollar),
  ),
  rule(String.raw`${number('amount')}\s?¢`, (part) => `${numberWords(part('amount'))} ${part('amount') === '1' ? 'cent' : 'cents'}`),
  rule(
    String.raw`(?<=dollars?|cents?|euros?|pounds?|won|yen|(?:dollars?|pounds?|euros?)\s\p{Ll}{3,9}(?:-\p{Ll}{3,5})?)\s?\/\s?(?<each>\p{L}{1,20})`,
    (part) => ` per ${unitName(part('each'))}`,
  ),
  rule('[€£¥₩₹₽₺₫฿₦₱₪]', (part) => ` ${bySign[part('match')]?.many ?? ''} `),
];

function money(amount: string, scaleName: string, { one, many, minor }: Currency): string {
  const factor = scales[scaleName];
  if (factor !== undefined) return `${numberWords(amount)} ${factor} ${many}`;
  const [whole = '0', decimals = ''] = amount.split('.');
  const main = `${numberWords(whole)} ${whole === '1' ? one : many}`;
  if (/^0*$/.test(decimals)) return main;
  if (minor === undefined || decimals.length !== 2) return `${numberWords(amount)} ${many}`;
  const cents = Number(decimals);
  const small = `${numberWords(String(cents))} ${cents === 1 ? minor[0] : minor[1]}`;
  if (/^0*$/.test(whole)) return small;
  return cents < 10 ? `${main} and ${small}` : `${main} ${numberWords(decimals)}`;
}
