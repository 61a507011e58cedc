import { anyOf, number, type Rule, rule } from '../rule.js';
import { native, sino } from './numberWords.js';

/** What native numbers count, and up to which number; above it, and with decimals, it is Sino-Korean. */
const counters: Readonly<Record<string, number>> = {
  시: 12,
  시간: 20,
  번: 20,
  배: 10,
  대: 9,
  번째: 99,
  ...Object.fromEntries(
    (
      '개 명 살 마리 권 잔 병 장 송이 그루 켤레 벌 채 자루 봉지 봉 접시 그릇 조각 사람 가지 달 군데 통 편 곡 줄 곳 끼 판 컵 알 쌍 바퀴 걸음 큰술 작은술 ' +
      '스푼 숟가락 모금 방울 상자 박스 팩 캔 꼬집 차례 갈래 팀 나라 종류 과목 문장 단어 가구 다발 포기 뭉치 묶음 입 모 척 필 덩이 덩어리 자리 켜 겹 해 ' +
      '공기 마디 가닥 줄기 뿌리 잎 톨 줌 뼘 꼭지 꾸러미 세트 숟갈 주먹 움큼 부분 정거장 블록 근'
    )
      .split(' ')
      .map((counter) => [counter, 99]),
  ),
};

/** What Sino-Korean numbers count, written apart. */
const sinoCounters = anyOf(
  '분 초 원 달러 유로 엔 위안 파운드 센트 개월 개국 개년 인분 층 페이지 쪽 퍼센트 미터 킬로미터 센티미터 밀리미터 그램 킬로그램 킬로 밀리그램 톤 리터 밀리리터 바이트 와트 칼로리 인치 마일'.split(
    ' ',
  ),
);

/** A word ends here, or a particle follows: 개를 and 시에, but not 개월 and 시리즈. */
const over =
  '(?=$|[^\\p{Script=Hangul}]|[은는이가을를의에로와과도만씩정쯤까부당중째나입인였예짜뿐보반경면밖처하끼라랑및]|으로|들[이은을도]|마다|동안|안에|걸[려리릴]|남)';
const counter = anyOf(Object.keys(counters));
const between = String.raw`\s?[~∼〜–-]\s?`;

/** 3~4명 is 서너 명: neighbours up to nine are said together, of others what is counted is said twice. By the smaller one. */
const neighbours = [undefined, '한두', '두세', '서너', '네다섯', '대여섯', '예닐곱', '일고여덟', '여덟아홉'];

export const countedRangeRules: readonly Rule[] = [
  // 2~3일: neighbours are said together, 이삼일.
  rule(
    String.raw`(?<![\d.,:/-])(?<from>[1-8])${between}(?<to>[2-9])(?=\s?(?:일|년|개월|주|인분|인|분|초|층|도|학년|회|배|천|만|억|퍼센트|%)(?!째))`,
    (part) => {
      const [from, to] = [Number(part('from')), Number(part('to'))];
      return to === from + 1 ? sino(part('from')) + sino(part('to')) : part('match');
    },
  ),
  rule(String.raw`(?<![\d.,:/-])(?<from>\d{1,2})${between}(?<to>\d{1,2})\s?(?<counter>${counter})${over}`, (part) => {
    const [from, to] = [Number(part('from')), Number(part('to'))];
    const together = part('counter') === '시' || to !== from + 1 ? undefined : neighbours[from];
    if (together !== undefined) return `${together} ${part('counter')}`;
    return [part('from'), part('to')].map((count) => counted(count, part('counter'))).join('에서 ');
  }),
];

/** Words that give a counter its native numbers: 차 10대 is cars, 10대 is teenagers. */
const machines =
  '차|차량|버스|트럭|컴퓨터|노트북|비행기|에어컨|TV|텔레비전|냉장고|카메라|자전거|오토바이|택시|로봇|폰|전화기|기기|서버|피아노|드론|전투기|모니터|프린터';
const people = '선생님|손님|고객님?|어르신|어른|교수님|부모님|할머니|할아버지|의사';
const nativeRules: readonly Rule[] = [
  rule(
    String.raw`(?<=(?:${machines})[은는이가을를]?\s?(?:약\s|총\s)?)(?<count>\d{1,2})\s?대${over}`,
    (part) => `${native(Number(part('count')))} 대`,
  ),
  rule(String.raw`(?<=(?:${people})\s)(?<count>[1-9])\s?분${over}`, (part) => `${native(Number(part('count')))} 분`),
  rule(String.raw`(?<=(?:마늘|생강)[은는을]?\s?)(?<count>\d{1,2})\s?쪽`, (part) => `${native(Number(part('count')))} 쪽`),
  rule(String.raw`(?<=(?:파|시금치|부추|미나리|나물)\s?)(?<count>[1-9])\s?단${over}`, (part) => `${native(Number(part('count')))} 단`),
];

export const counterRules: readonly Rule[] = [
  ...nativeRules,
  // 3장 2절 is of a book.
  rule(String.raw`(?<![\d.,])(?<chapter>\d{1,3})장(?=\s?\d{1,3}절)`, (part) => `${sino(part('chapter'))}장`),
  // 제1장, 제2과: what is numbered in order counts nothing.
  rule(String.raw`제\s?(?<number>\d{1,4})(?=\s?\p{Script=Hangul})`, (part) => `제${sino(part('number'))}`),
  rule(
    String.raw`(?<![\d.,])(?<first>\d{1,4})\s?대\s?(?<second>\d{1,4})(?![\d.]|대)`,
    (part) => `${sino(part('first'))} 대 ${sino(part('second'))}`,
  ),
  rule(String.raw`(?<![\d.,])1번째`, () => '첫 번째'),
  // A number that names something counts nothing: 3번 출구, 정답은 3번입니다, but 하루에 3번.
  rule(
    String.raw`(?<!(?:하루에?|매일|매주|매달|[주달년]에|총|모두|번에|시간에)\s)(?<![\d.,])(?<number>\d{1,4})번(?=[을은과의,.)]|이(?!나)|으로|입니다|$|\s?(?:출구|버스|문제|트랙|국도|타자|홈|게이트|채널|방|좌석|선수|참가자|버튼|키|칸|항목|메뉴|질문|후보|사진|그림))`,
    (part) => `${sino(part('number'))} 번`,
  ),
  rule(
    String.raw`(?<![\d.,])(?<number>\d{1,2})대(?=\s?(?:영양소|강국|은행|도시|기업|요소|원칙|종교|과제|뉴스|불가사의|문명|발명|양))`,
    (part) => `${sino(part('number'))}대`,
  ),
  rule(String.raw`${number('count')}\s?(?<counter>${counter})${over}`, (part) => counted(part('count'), part('counter'))),
  rule(String.raw`${number('count')}\s?회(?![사원담화])`, (part) => `${sino(part('count'))} 회`),
  rule(String.raw`${number('count')}\s?(?<counter>${sinoCounters})`, (part) => `${sino(part('count'))} ${part('counter')}`),
];

function counted(count: string, what: string): string {
  const most = counters[what] ?? 0;
  const value = Number(count);
  // Above a hundred only what is left behind the hundreds: 백한 마리, but 백이십오 명.
  const ones = value % 100;
  const hundreds = most === 99 && value > 100 && value < 1000 && ones >= 1 && ones <= 9 ? value - ones : 0;
  if (hundreds > 0 && /^\d+$/.test(count)) return `${sino(String(hundreds))}${native(ones)} ${what}`;
  const said = /^\d+$/.test(count) && value >= 1 && value <= most ? native(value) : sino(count);
  return `${said} ${what}`;
}
