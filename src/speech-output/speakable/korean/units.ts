import { anyOf, number, type Rule, rule, words } from '../rule.js';
import { native, sino } from './numberWords.js';

const units: Readonly<Record<string, string>> = {
  km: '킬로미터',
  m: '미터',
  cm: '센티미터',
  mm: '밀리미터',
  µm: '마이크로미터',
  μm: '마이크로미터',
  nm: '나노미터',
  ft: '피트',
  kg: '킬로그램',
  g: '그램',
  mg: '밀리그램',
  µg: '마이크로그램',
  μg: '마이크로그램',
  t: '톤',
  lb: '파운드',
  lbs: '파운드',
  oz: '온스',
  L: '리터',
  l: '리터',
  mL: '밀리리터',
  ml: '밀리리터',
  cc: '씨씨',
  mmHg: '밀리미터에이치지',
  ha: '헥타르',
  s: '초',
  min: '분',
  h: '시간',
  ms: '밀리초',
  W: '와트',
  kW: '킬로와트',
  MW: '메가와트',
  kWh: '킬로와트시',
  V: '볼트',
  mA: '밀리암페어',
  mAh: '밀리암페어시',
  Hz: '헤르츠',
  kHz: '킬로헤르츠',
  MHz: '메가헤르츠',
  GHz: '기가헤르츠',
  KB: '킬로바이트',
  kB: '킬로바이트',
  MB: '메가바이트',
  GB: '기가바이트',
  TB: '테라바이트',
  Mbps: '메가비피에스',
  Gbps: '기가비피에스',
  cal: '칼로리',
  kcal: '킬로칼로리',
  hPa: '헥토파스칼',
  dB: '데시벨',
  rpm: '알피엠',
  ppm: '피피엠',
  mph: '마일',
  '%p': '퍼센트포인트',
  '%': '퍼센트',
  '°': '도',
};

const sign = anyOf(Object.keys(units));
const per: Readonly<Record<string, string>> = { h: '시간', s: '초', min: '분', day: '하루', d: '하루' };
const powers: Readonly<Record<string, string>> = { '²': '제곱', '2': '제곱', '^2': '제곱', '³': '세제곱', '3': '세제곱', '^3': '세제곱' };
const seasonings =
  '(?:설탕|소금|간장|고춧가루|후추|참기름|들기름|식초|마늘|깨|올리고당|물엿|맛술|미림|고추장|된장|식용유|올리브유|전분|꿀|액젓|생강)';

function spoons(amount: string, spoon: string): string {
  return `${/^[1-9]$/.test(amount) ? native(Number(amount)) : sino(amount)} ${spoon}`;
}

const power = String.raw`(?:\^?[23]|[²³])`;
/** A particle may follow the unit, another Latin letter may not. */
const notLatin = String.raw`(?![\p{Script=Latin}\d])`;
const minus = String.raw`(?:(?<![\p{L}\p{N}])(?<minus>[-−]))?`;

export const unitRules: readonly Rule[] = [
  rule(
    String.raw`${minus}${number('amount')}\s?[°º]\s?(?<scale>[CF])${notLatin}|${minus.replace('minus', 'cold')}${number('degrees')}\s?[°º](?![CF])`,
    (part) => {
      const below = part('minus') === '' && part('cold') === '' ? '' : '영하 ';
      const scale = part('scale') === 'C' ? '섭씨 ' : part('scale') === 'F' ? '화씨 ' : '';
      return `${below === '' ? scale : below}${sino(part('amount') || part('degrees'))} 도`;
    },
  ),
  // 간장 2T, 설탕 1t: spoons.
  rule(String.raw`${number('amount')}\s?(?:T|Ts|tbsp)${notLatin}`, (part) => spoons(part('amount'), '큰술')),
  rule(String.raw`(?<=${seasonings}\s?)${number('amount')}\s?(?:t|ts|tsp)${notLatin}`, (part) => spoons(part('amount'), '작은술')),
  words('(?<![\\p{L}\\p{N})%.,-])[-−](?=\\d[\\d.,]{0,15}\\s?[A-Za-z%])', '마이너스 '),
  rule(
    String.raw`(?:시속\s?(?<about>약\s?)?)?${number('amount')}\s?(?:km\/h|kph)${notLatin}`,
    (part) => `시속 ${part('about')}${sino(part('amount'))} 킬로미터`,
  ),
  rule(String.raw`${number('amount')}\s?mph${notLatin}`, (part) => `시속 ${sino(part('amount'))} 마일`),
  rule(String.raw`${number('amount')}\s?m\/s(?:²|\^?2)${notLatin}`, (part) => `초제곱당 ${sino(part('amount'))} 미터`),
  rule(String.raw`${number('amount')}\s?m\/s${notLatin}`, (part) => `초속 ${sino(part('amount'))} 미터`),
  rule(
    String.raw`${number('amount')}[ -]?(?<sign>${sign})(?:(?<=m)(?<power>${power}))?(?:\/(?<per>${anyOf([...Object.keys(per), ...Object.keys(units)])})(?<perPower>${power})?)?${notLatin}`,
    (part) => {
      const each = part('per') === '' ? '' : `${powers[part('perPower')] ?? ''}${per[part('per')] ?? units[part('per')] ?? ''}당 `;
      return `${each}${sino(part('amount'))} ${powers[part('power')] ?? ''}${units[part('sign')] ?? ''}`;
    },
  ),
  rule(
    `(?<=[십백천만억조]\\s?)(?<sign>${sign})(?:(?<=m)(?<power>${power}))?${notLatin}`,
    (part) => ` ${powers[part('power')] ?? ''}${units[part('sign')] ?? ''}`,
  ),
  words('%p', ' 퍼센트포인트'),
  words('%', ' 퍼센트'),
  words(`[°º]\\s?C${notLatin}`, ' 도'),
  words('[°º]', ' 도'),
];
