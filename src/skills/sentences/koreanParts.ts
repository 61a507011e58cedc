import { durationPatterns } from '../values/duration.js';

/** How Korean speakers ask for two things at once: "5분이랑 10분 타이머 맞춰줘", "7시 알람 맞추고 5분 타이머도 맞춰줘". */

const DURATION = durationPatterns.ko;
/** "한 시간하고 삼십 분" is one duration. */
const AND = new RegExp(`^(.*(?:${DURATION}|타이머|알람))(?:(?<!시간)하고|이랑|랑|와|과|(?: 하나)? 그리고| 하나) (.+)$`);
const VERBS: Readonly<Record<string, string>> = {
  맞추고: '맞춰줘',
  하고: '해줘',
  켜고: '켜줘',
  끄고: '꺼줘',
  걸고: '걸어줘',
  줄이고: '줄여줘',
  키우고: '키워줘',
  올리고: '올려줘',
  내리고: '내려줘',
};
const AND_DO = new RegExp(`^(.+?)(${Object.keys(VERBS).join('|')}|(?<=[가-힣])주고)(?: 나서)? (.+)$`);

/** "지금 몇 시고 오늘 며칠이야" */
const AND_ASK = /^(.*(?:몇 ?시|며칠|요일|몇 월|얼마))이?고 (.+)$/;

/** The requests that it may be made of, each said in full; none where it is not said like two. */
export function koreanParts(said: string): readonly string[] {
  const [, first = '', verb = '', rest] = AND_DO.exec(said) ?? [];
  if (rest !== undefined && !/(?:분|초|시간)$/.test(first)) return [first + (VERBS[verb] ?? '줘'), rest.replace(/(?<=타이머|알람)도/, '')];
  const [, question, next] = AND_ASK.exec(said) ?? [];
  if (question !== undefined && next !== undefined) return [`${question}${/[칠일]$/.test(question) ? '이야' : '야'}`, next];
  const [, one = '', other = ''] = AND.exec(said) ?? [];
  if (one === '') return [];
  const named = /^타이머 /.test(one) && !/타이머|알람/.test(other) ? `타이머 ${other}` : other;
  // What both have at the end: "타이머 맞춰줘" after the duration, or "맞춰줘".
  const end = /타이머|알람/.test(one) ? ` ${named.split(' ').at(-1) ?? ''}` : named.replace(new RegExp(`^.*?${DURATION}`), '');
  return [one + end, named];
}
