import type { Language } from '../../speech-to-text/contract.js';

/** Last words after which a sentence goes on. No prepositions: questions end in them ("what is it made of"). */
const OPEN_WORDS: Readonly<Record<Language, RegExp>> = {
  en: /(?:^|\s)(?:and|or|but|the|a|an|because|if|than|my|your|um|uh|uhm|er|hmm)$/i,
  ko: /(?:^|\s)(?:그리고|그런데|근데|그래서|그러니까|그니까|그러면|왜냐하면|왜냐면|하지만|만약에?|만일|또는|혹은|아니면|음+|어+|저기|저기요|있잖아|그게|뭐랄까)$/,
};

/** A question word makes the sentence whole: "뭐 하는데?", "그건 언제부터?" */
const ASKS = /(?:뭐|뭘|뭔|무엇|무슨|언제|어디|누구|누가|어떤|어떻게|왜|얼마|몇)/;

/** Syllables that end in ㄴ: 추운데, 먹었는데. */
const WITH_N = Array.from({ length: 399 }, (_, index) => String.fromCharCode(0xac00 + 28 * index + 4)).join('');

/** Endings after which a Korean sentence goes on: of verbs (-고, -서, -는데, -려면), and particles that wait for their verb. */
const OPEN_KOREAN_ENDING = new RegExp(
  `(?:${[
    `[${WITH_N}]데`,
    '니까|지만|려면|려고|으면|거나|면서|자마자|느라고?|도록|든지|길래',
    '(?<=하|주|되|가|이|있|없|먹|켜|끄|추|리|우|놓|두|말|않|싶|르|나|쓰|들|걸|시|기|지|치)고',
    '(?<=오|가|되|나|하|주|보|사)면',
    '(?<=해|가|와|어|아|여|려|워|춰|써|켜|꺼|줘|나|돼|라|져|내)서',
    '하고|이랑|에서|에서는|부터|보다|한테|에게|까지만|를',
  ].join('|')})$`,
);
/** Words that only look like one of them. */
const WHOLE_WORD =
  /(?:^|\s)(?:최고|냉장고|창고|사고|광고|보고|재고|참고|신고|[가-힣]*라고|[가-힣]*다고|[가-힣]*냐고|[가-힣]*자고|가운데|한가운데|그만하고|됐고|말고|어서|[가-힣]*(?:더|곱|할인|세일)하면)$/;

/** A pause in the middle of a sentence rather than its end. */
export function soundsUnfinished(text: string, language: Language): boolean {
  const said = withoutMarks(text);
  return OPEN_WORDS[language].test(said) || (language === 'ko' && goesOnInKorean(said));
}

function goesOnInKorean(said: string): boolean {
  return OPEN_KOREAN_ENDING.test(said) && !WHOLE_WORD.test(said) && !ASKS.test(said);
}

/** Without the last word of who wanted to go on and did not: "what time is it and". */
export function withoutOpenWord(text: string, language: Language): string {
  return withoutMarks(text).replace(OPEN_WORDS[language], '');
}

function withoutMarks(text: string): string {
  return text.trim().replace(/[,.…]+$/, '');
}
