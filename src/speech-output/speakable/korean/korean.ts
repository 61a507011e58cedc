import { applyRules, number, type Rule, rule, wordBegins, words } from '../rule.js';
import { readFraction } from '../vulgarFractions.js';
import { countedRangeRules, counterRules } from './counters.js';
import { currencyRules } from './currency.js';
import { equalityRules, mathRules } from './mathSigns.js';
import { digitWords, sino } from './numberWords.js';
import { particle, particleRules } from './particles.js';
import { timeRules } from './times.js';
import { unitRules } from './units.js';

const phoneOver = String.raw`(?![\d-]|[.,]\d)`;

const phoneNumberRules: readonly Rule[] = [
  rule(String.raw`(?<![\p{L}\d.,:/-])(?<number>\+\d{1,3}(?:[ .-]?\d{1,4}){1,3}[ .-]\d{4})${phoneOver}`, groups),
  rule(
    String.raw`(?<![\d.,:/-])(?<number>\(?0\d{1,2}[-.)]\s?\d{3,4}[-.]\d{4}|01[016789] \d{3,4} \d{4}|1[5689]\d{2}-\d{4}|\d{3}-\d{4})${phoneOver}`,
    groups,
  ),
  rule(String.raw`(?<=국번\s?없이\s|전화(?:번호)?[는은]?:?\s?)(?<number>112|119|911|114|120|1339|1330|1345|110)(?!\d)`, groups),
  rule(String.raw`(?<=내선(?:\s?번호)?[은는:]?\s?)(?<number>\d{2,5})`, groups),
  rule(
    String.raw`(?<!\d)(?<number>112|119|911|114|120|1339|1330|1345|110)(?=(?:번|번에|번으로|에|로|으로)?\s?(?:에\s)?(?:문의|신고|전화|연락|구급|걸|[을를]\s?(?:부르|불러|누르|눌러)))`,
    groups,
  ),
];

const keys: Readonly<Record<string, string>> = {
  Ctrl: '컨트롤',
  Control: '컨트롤',
  Shift: '시프트',
  Alt: '알트',
  Cmd: '커맨드',
  Command: '커맨드',
  Win: '윈도우',
};
const keyRules: readonly Rule[] = [
  rule(`${wordBegins}(?<key>${Object.keys(keys).join('|')})\\s?\\+\\s?(?=[\\p{L}\\p{N}])`, (part) => `${keys[part('key')] ?? ''} `),
];

/** Figures that are given one by one: 비밀번호는 1234. */
const codeRules: readonly Rule[] = [
  rule(
    String.raw`(?<=(?:(?:비밀|인증|우편|계좌|카드|예약|주문|운송장|확인|승인|등록)\s?번호|인증\s?코드|핀\s?코드|PIN)[은는이가:]?\s?)(?<number>\d{3,8}|\d{2,6}(?:-\d{2,8}){1,3})(?![\d-]|[.,]\d|번)`,
    groups,
  ),
];

/** 10M, $3.5B: as Korean counts them, by ten thousands. */
const scales: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };
const scaleRules: readonly Rule[] = [
  rule(
    String.raw`(?<!\p{L}|[\d.,])(?<number>\d{1,4}(?:\.\d{1,3})?)\s?(?<scale>[KMB])(?![\p{Script=Latin}\d])(?<!(?<!\d)(?:[248]|14|18|24)K)`,
    (part) => String(Math.round(Number(part('number')) * (scales[part('scale')] ?? 1))),
  ),
];

/** Buy one, get one. */
const offers = ['원', '투', '쓰리'];

const abbreviationRules: readonly Rule[] = [
  // Days that have become names are also written with a full stop.
  rule(
    String.raw`(?<![\d.,])(?<month>3|4|5|6|8|10|12)\.(?<day>1|12|15|16|18|19|25|26)(?=\s?(?:운동|만세|혁명|광복|전쟁|민주|사태|사변|항쟁|선언|[가-힣]{0,3}절))`,
    (part) => sino(part('month')) + digitWords(part('day')),
  ),
  rule('(?<quarter>[1-4])/4분기', (part) => `${sino(part('quarter'))}사분기`),
  rule(
    String.raw`(?<![\d./])(?<points>\d{1,3}(?:\.\d)?)\/(?<best>5|10|100)(?:점)?(?![\d./])(?<=(?:별점|평점|점수)[은는이가:]?\s?\d{1,3}(?:\.\d)?\/\d{1,3}점?|\.\d\/\d{1,3}점?)`,
    (part) => {
      return `${sino(part('best'))} 점 만점에 ${sino(part('points'))}`;
    },
  ),
  rule(
    String.raw`(?<!\p{L})(?<from>[월화수목금토일])\s?[~∼〜–-]\s?(?<to>[월화수목금토일])(?!\p{L})`,
    (part) => `${part('from')}요일에서 ${part('to')}요일`,
  ),
  // 6·25, 3·1: days that have become names.
  rule(String.raw`(?<![\d.·])(?<month>\d{1,2})·(?<day>\d{1,2})(?![\d·])`, (part) => sino(part('month')) + digitWords(part('day'))),
  rule(
    String.raw`(?<![\d.,])(?<bottom>\d{1,4})분의\s?(?<top>\d{1,4})(?![\d.,])`,
    (part) => `${sino(part('bottom'))}분의 ${sino(part('top'))}`,
  ),
  words(`${wordBegins}[vV]\\.?\\s?(?=\\d+\\.\\d)`, '버전 '),
  rule('^(?<number>\\d{1,3}):\\s', (part) => `${sino(part('number'))} 번, `),
  rule(String.raw`(?<![\d.])(?<version>\d{1,5}(?:\.\d{1,5}){2,6})(?![\d]|\.\d)`, (part) =>
    part('version').split('.').map(sino).join(' 점 '),
  ),
  words(String.raw`${wordBegins}e\.g\.,?`, '예를 들어'),
  words(String.raw`${wordBegins}i\.e\.,?`, '즉'),
  words(String.raw`${wordBegins}etc\.?`, '등'),
  words(String.raw`\s?${wordBegins}vs\.?(?!\p{L})\s?`, ' 대 '),
  rule(String.raw`(?:${wordBegins}No\.\s?|#)(?<number>\d{1,6})(?:번)?`, (part) => `${sino(part('number'))} 번`),
  words('^\\s?※\\s?', ''),
  words('※\\s?', '참고로 '),
  words(`(?:${wordBegins}ex|예)\\)\\s?`, '예를 들어, '),
  words(`${wordBegins}cf\\.\\s?`, '참고로 '),
  words(String.raw`(?:\(주\)|㈜)\s?`, '주식회사 '),
  rule(
    String.raw`(?<![\d+])(?<paid>[123])\s?\+\s?1(?=\s?(?:행사|상품|이벤트|할인|세일|증정))`,
    (part) => `${offers[Number(part('paid')) - 1] ?? ''} 플러스 원`,
  ),
  rule(String.raw`(?<![\p{Script=Latin}])B(?<floor>\d)(?=층)`, (part) => `지하 ${part('floor')}`),
];

const rangeRules: readonly Rule[] = [
  rule(
    String.raw`(?<![\d.,:/-])(?<first>\d{1,3})\s?[-–]\s?(?<second>\d{1,3})(?![\d-]|[.,]\d)(?=\s?(?:로|으로|승|무승부|패|의\s점수|스코어)|(?<=(?:점수|스코어|결과)[은는이가:]?\s?\d{1,3}\s?[-–]\s?\d{1,3}))`,
    (part) => {
      return `${sino(part('first'))} 대 ${sino(part('second'))}`;
    },
  ),
  words(
    String.raw`(?<=(?<![\d.,:/-])(?:\d{1,4}|\d\.\d)%?)\s?[-–]\s?(?=(?:\d{1,4}|\d\.\d)\s?(?:분|초|개월|년|월|일|주|층|페이지|쪽|도|인|만|천|억|원|세|위|인치|[%°]|[kcm]?m|[km]?g|m?[Ll]))`,
    '에서 ',
  ),
  // 서울~부산, but not the drawn-out 네~알겠어요.
  words('(?<=[가-힣]{2})(?<![요네다죠음아와용])[~∼〜](?=[가-힣]{2})', '에서 '),
  words(String.raw`(?<=\d\s?[%°\p{L}]{0,4}(?:\s\p{L}{1,2})?)\s?[~∼〜]\s?(?=(?:오전|오후|약)?\s?\d)`, '에서 '),
];

const fractionRules: readonly Rule[] = [
  // 혈압은 120/80
  rule(
    String.raw`(?<=혈압[^.!?]{0,20})(?<high>\d{2,3})\s?\/\s?(?<low>\d{2,3})(?:\s?(?<unit>mmHg))?(?![\d/]|[.,]\d)`,
    (part) => `${sino(part('high'))}에 ${sino(part('low'))}${part('unit') === '' ? '' : ' 밀리미터에이치지'}`,
  ),
  words(String.raw`(?<![\d/])24\/7(?![\d/])`, '이십사 시간 내내'),
  rule(
    String.raw`(?<![\p{L}\d./,:-])(?<fraction>(?:\d{1,3} )?\d{1,3}\/\d{1,3}|(?:\d{1,3} ?)?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])(?![\d/]|[.,]\d)`,
    (part) => {
      const fraction = readFraction(part('fraction'));
      if (fraction === undefined) return part('match');
      const said = `${sino(String(fraction.denominator))}분의 ${sino(String(fraction.numerator))}`;
      const whole = sino(fraction.whole);
      return fraction.whole === '' ? said : `${whole}${particle(whole, '과', '와')} ${said}`;
    },
  ),
];

const symbolRules: readonly Rule[] = [
  rule(String.raw`(?<word>[\p{L}\p{N}])\s?&\s?`, (part) => `${part('word')}${particle(part('word'), '과', '와')} `),
  words('&', ' 그리고 '),
  words('(?<=[\\p{L}\\p{N})])\\s?…', '...'),
  words('…', ' '),
  words(String.raw`\s?[—–]\s?|\s-{1,3}\s|\s?[·ㆍ・•]\s?`, ', '),
  words('[~∼〜]', ''),
  words('@', ' 골뱅이 '),
  words('/', ' '),
];

const numberRules: readonly Rule[] = [
  // 1만 is said 만, 1천 is said 천.
  words(String.raw`(?<![\d.,])1(?=[십백천만](?![가-힣]{0,1}\d?대))`, ''),
  words(String.raw`(?<=[\p{Script=Latin}])-?(?=\d)|(?<=\d)-?(?=\p{Script=Latin})`, ' '),
  rule(number('number'), (part) => sino(part('number'))),
  rule(String.raw`(?<number>\d{1,400})`, (part) => ` ${sino(part('number'))} `),
];

const foreignLetter = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`;
/** No Korean voice reads Chinese or Japanese letters: their reading is said where it is given, 你好(니하오). */
const foreignRules: readonly Rule[] = [
  rule(String.raw`['"‘“]?(?:${foreignLetter}\s?){1,30}['"’”]?\((?<reading>[가-힣][가-힣 ]{0,30})\)`, (part) => part('reading')),
  words(String.raw`\((?:${foreignLetter}[\s,·]{0,2}){1,30}\)`, ''),
  words(`${foreignLetter}{1,60}`, ''),
];

/** Signs, numbers, units, times and dates as one says them in Korean. What comes first decides what a sign means. */
const rules: readonly Rule[] = [
  ...foreignRules,
  ...keyRules,
  ...phoneNumberRules,
  ...codeRules,
  ...scaleRules,
  ...timeRules,
  ...currencyRules,
  ...abbreviationRules,
  ...countedRangeRules,
  ...rangeRules,
  ...unitRules,
  ...mathRules,
  ...counterRules,
  words('(?<=\\d)[-–—](?=\\d)', '에서 '),
  ...fractionRules,
  ...symbolRules,
  ...numberRules,
  ...equalityRules,
  ...particleRules,
];

export function sayKorean(text: string): string {
  return applyRules(text, rules);
}

function groups(part: (name: string) => string): string {
  const number = part('number');
  const spoken = number.split(/\D+/).filter((group) => group !== '');
  return (number.startsWith('+') ? '플러스 ' : '') + spoken.map(digitWords).join(', ');
}
