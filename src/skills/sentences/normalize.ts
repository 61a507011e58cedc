import type { Language } from '../../speech-to-text/contract.js';
import { englishReadings } from './englishReadings.js';
import { koreanReadings } from './koreanReadings.js';

/** Longer than anything people say to a skill; keeps matching quick. */
const MAX_LENGTH = 300;

/** What people say around a request without changing it, at its start and its end. */
const AROUND: Readonly<Record<Language, { readonly before: RegExp; readonly after: RegExp }>> = {
  en: {
    before:
      /^(?:(?:hey|hi|ok|okay|oh|um|uh|well|so|and|now|tandem|alexa|jarvis|please|just|go ahead and|can you|could you|would you|will you|can you please|could you please|would you please|i want you to|i would like you to|i'd like you to|i need you to|i wanna|hey ai|ai|i was wondering if you could|would you mind|alright|all right|yes|yeah|hello|listen) )+/,
    after: /(?: (?:please|thanks|thank you|tandem|for me|now please))+$/,
  },
  ko: {
    before:
      /^(?:(?:저기|저기요|(?:헤이 |hey )?(?:탠덤|탠덤아|알렉사|알렉사야|alexa|자비스|jarvis|tandem)|아|아이고|에이|얘|얘야|야|음|어|그럼|자|좀|제발) )+/,
    after: /(?: ?(?:부탁해|부탁해요|부탁합니다|좀))+$/,
  },
};

/** As people type, and as recognisers write what people slur. */
const AS_SPOKEN: Readonly<Record<string, string>> = {
  whats: "what's",
  whens: "when's",
  hows: "how's",
  dont: "don't",
  didnt: "didn't",
  cant: "can't",
  couldnt: "couldn't",
  im: "i'm",
  thats: "that's",
  gonna: 'going to',
  wanna: 'want to',
  u: 'you',
  "what'd": 'what did',
  pls: 'please',
  nvm: 'never mind',
  minuets: 'minutes',
  wat: 'what',
  wot: 'what',
  waht: 'what',
  teh: 'the',
  tiem: 'time',
  timmer: 'timer',
  alram: 'alarm',
  alarum: 'alarm',
  volum: 'volume',
  volumn: 'volume',
  hav: 'have',
  plz: 'please',
  oclock: "o'clock",
  tmrw: 'tomorrow',
  tomorow: 'tomorrow',
  tommorow: 'tomorrow',
  tommorrow: 'tomorrow',
  seperate: 'separate',
};
/** "Um, what's, uh, six plus six" */
const FILLERS = /(?<![\w'-])(?:u+h*m+|u+h+|erm+|h+m+) (?=\S)/g;
const WRITTEN = new RegExp(`\\b(?:${Object.keys(AS_SPOKEN).join('|')})\\b(?!['’])`, 'g');

/** "1/2 an hour", "1 and a 1/2 hours", "1½ hours": as words, which numbers and durations know. */
function halvesAsWords(text: string): string {
  return text
    .replaceAll(/(\d+) ?(?:and (?:a )?)?(?:(?<= )1\/2|½)(?![\d/])/g, '$1 and a half')
    .replaceAll(/(?<![\d/])(?:1\/2|½)(?= an? )/g, 'half');
}

/** "맞춰 주세요" and "맞춰주세요" are written as one. */
const HELPING_VERB = / (?=(?:줘|주세요|줄래|줄래요|줄 수 있어|봐)(?:요)?(?: |$))/g;

/** A request as templates see it: small letters, no punctuation but what numbers need, no words of politeness around it. */
export function normalize(text: string, language: Language): string {
  const plain = plainOf(text);
  const { before, after } = AROUND[language];
  const joined = language === 'ko' ? plain.replaceAll(HELPING_VERB, '') : plain;
  const bare = joined.replace(before, '').replace(after, '');
  return bare === '' ? joined : bare;
}

/** All that the request may be taken for, the most literal first: "I was wondering what time it is" also as "what time it is". */
export function readingsOf(text: string, language: Language): readonly string[] {
  const more = language === 'ko' ? koreanReadings(plainOf(text)) : englishReadings(plainOf(text));
  return Array.from(new Set([normalize(text, language), ...more.map((reading) => normalize(reading, language))]));
}

function plainOf(text: string): string {
  const letters = text
    .slice(0, MAX_LENGTH)
    .toLowerCase()
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/[?!…,;"“”~]+(?=\s|$)|(?<!\d)\.+(?=\s|$)|\.+$/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(FILLERS, '')
    .replaceAll(/(?<=\b(?:if|when) )its (?=\w)|^its (?=an? |too |so |really |not |hard )/g, "it's ")
    .trim();
  return halvesAsWords(letters.replaceAll(WRITTEN, (word) => AS_SPOKEN[word] ?? word));
}
