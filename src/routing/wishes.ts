import type { Question } from '../../statecharts/answer.js';
import type { Language } from '../speech-to-text/contract.js';

export interface Wish {
  readonly to: 'device' | 'host';
  readonly reason: 'asked-for-device' | 'asked-for-host' | 'translation';
}

const BIG_EN =
  '(?:(?:big|bigger|biggest|large|larger|strong|stronger|smart|smarter|powerful) (?:model|one|brain|computer|machine|server|ai)|' +
  '(?:home|other|main) (?:model|brain|computer|machine|server)|server|host)';
const BIG_KO = '(?:더 )?(?:큰|똑똑한|강력한|센) (?:모델|컴퓨터|인공지능|서버)|(?:집 ?)?서버|호스트|대형 모델';

/** The device's own model is asked for, or the host refused. */
const DEVICE: Readonly<Record<Language, RegExp>> = {
  en: new RegExp(
    `\\b(?:answer|do|handle|try|solve|say) (?:it |that |this )?(?:yourself|locally|on (?:the|this|your) (?:device|own))\\b|` +
      `\\b(?:don't|do not|never|without|no need to|instead of) (?:\\w+ ){0,3}(?:the |your |my |our |a )?${BIG_EN}\\b|` +
      `\\b(?:use|ask) (?:the |your )?(?:small|smaller|little|local|own) (?:model|one|brain)\\b`,
    'i',
  ),
  ko: new RegExp(
    `(?:직접|스스로|혼자|기기에서|네가|니가|여기서) ?(?:바로 )?(?:대답|답|처리|풀어|해결)|(?:작은|로컬) 모델|` +
      `(?:${BIG_KO})(?:에게|한테|에|로|을|를|은|는)? ?(?:묻지|물어보지|보내지|쓰지|넘기지|말고|없이)`,
  ),
};

const HOST: Readonly<Record<Language, RegExp>> = {
  en: new RegExp(
    `\\b(?:ask|use|try|let|have|get|consult|switch to|hand (?:it|this|that) (?:off |over )?to|send (?:it|this|that) to|pass (?:it|this|that) (?:on )?to|` +
      `give (?:it|this|that) to|forward (?:it|this|that) to) (?:the |your |my |our )?${BIG_EN}\\b|` +
      `\\b(?:think (?:harder|hard about|deeply|carefully)|hand (?:it|this|that) off)\\b`,
    'i',
  ),
  ko: new RegExp(
    `(?:${BIG_KO})(?:에게|한테|에|로|을|를|이|가|보고|더러)?(?: .{0,40})? ?(?:물어|질문|부탁|써서|사용|이용|보내|넘겨|맡겨|시켜|답|대답|풀|처리|연결|불러|바꿔)|` +
      `(?:더|좀 더) ?(?:깊이|깊게|신중하게|곰곰이) 생각`,
  ),
};

const TRANSLATION: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:translate|translation of|translation for)\b|\b(?:put|say|turn) (?:this|that|it|the following) (?:in|into) (?:english|korean|japanese|chinese|french|german|spanish|italian|russian)\b/i,
  ko: /번역|통역|(?:영어|일본어|중국어|한국어|프랑스어|불어|독일어|독어|스페인어|러시아어|이탈리아어|베트남어)로 (?:옮겨|바꿔|말해|써|적어|뭐라고|어떻게)/,
};

/** An explicit wish in the question itself; to stay on the device wins over the others. */
export function wishOf({ text, language }: Question): Wish | undefined {
  if (DEVICE[language].test(text)) return { to: 'device', reason: 'asked-for-device' };
  if (HOST[language].test(text)) return { to: 'host', reason: 'asked-for-host' };
  if (TRANSLATION[language].test(text)) return { to: 'host', reason: 'translation' };
  return undefined;
}
