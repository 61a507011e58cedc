import type { Language } from '../../speech-to-text/contract.js';

/** What an alarm is called, in what people say when they set it: "a gym alarm for five", "여섯 시에 운동 알람". */

const SAID: Readonly<Record<Language, readonly RegExp[]>> = {
  en: [
    /\b(?:named|called|labell?ed|titled|with the (?:name|label|title)) (?<name>[a-z][a-z' -]*?)(?= (?:at|for|on|in|by|every|each|tomorrow|today|tonight)\b| \d|$)/,
    /\b(?:an?|my|the|another|new) (?<name>[a-z][a-z' -]*?) alarm\b(?! clock)/,
  ],
  ko: [/(?<name>[가-힣]+?)(?:이라는|라는|이란|란) (?:이름(?:으로|의)? ?)?/, /(?:^| )(?<name>[가-힣]+) (?:알람|모닝콜)/],
};

/** Words that say when or which, and no name. */
const NO_NAME: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:new|first|second|third|other|different|same|separate|additional|extra|single|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[ap]m|o'?clock|early|late|later|quick|loud|simple|recurring|repeating|repeat|daily|weekly|hourly|every|each|week ?days?|week ?ends?|\w+day|morning|afternoon|evening|night|tonight|noon|midnight|tomorrow|next|this|that|time|timed|minutes?|hours?|half|quarter|wake|waking|up|me|my|an?|the|for|of|to|set|as|another)\b/,
  ko: /^(?:새|새로운|다른|같은|하나|기상|아침|점심|저녁|새벽|밤|낮|오전|오후|매일|매주|평일|주말|오늘|내일|모레|정오|자정|반|그|이|내|나|좀|또|다시|번째)$|(?:에|로|까지|마다|맞는|울리는|짜리|시|분|날|요일|이브|스마스|추가로|을|를|은|는|도)$/,
};

/** Undefined where it gets none. */
export function nameIn(text: string, language: Language): string | undefined {
  for (const pattern of SAID[language]) {
    const name = pattern.exec(text)?.groups?.name;
    if (name !== undefined && name.length <= 30 && !NO_NAME[language].test(name)) return name;
  }
  return undefined;
}
