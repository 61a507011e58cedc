import type { Language } from '../../speech-to-text/contract.js';
import type { LoadSkill, SkillContext, SkillReply } from '../contract.js';
import { bareAnswers } from '../sentences/bareAnswers.js';
import { loadSentences } from '../sentences/byLanguage.js';
import type { Recognised, Sentences } from '../sentences/sentences.js';
import { englishNumber, parseEnglishNumber } from '../values/englishNumbers.js';
import { koreanNumber, parseKoreanNumber } from '../values/koreanNumbers.js';

/** "Louder" changes it by so many percent. */
const STEP = 10;
/** As quiet as "quietest" makes it; silence is "mute". */
const QUIETEST = 10;
/** Up to here a bare number is one of ten levels, as on other speakers: "volume four" is 40 percent, "up by two" 20 more. */
const LEVELS = 10;
/** So long after "How loud?" a number alone is the answer to it. */
const ANSWER_WITHIN_MS = 30_000;

const EN_LEVEL = `(?:${englishNumber}(?: ?%| percent)?(?: out of (?:ten|10))?|half(?: way| volume)?|halfway|medium|mid level|full|zero)`;

/** "Turn it up", "volume to 40 percent", "소리 키워줘". */
export const load: LoadSkill = async () => {
  const sentences = await loadSentences('volume', {
    en: { level: EN_LEVEL, percents: `(?:${englishNumber} ?(?:percent|%|points?))` },
    ko: { level: `(?:${koreanNumber}(?: ?(?:%|퍼센트|프로))?|절반|반|중간)` },
  });
  let before: number | undefined;
  let askedAt: number | undefined;
  let lastWay: 'up' | 'down' = 'up';

  return {
    name: 'volume',
    offer: { en: sentences.en.offer, ko: sentences.ko.offer },
    match: ({ text, language, now, goesOn, undo }) => {
      const answer = askedAt !== undefined && now.getTime() - askedAt <= ANSWER_WITHIN_MS ? bareLevel(text, language) : [];
      for (const recognised of [...sentences[language].recognise(text, goesOn), ...answer]) {
        if (recognised.intent === 'back') {
          if (undo !== undefined) return { skill: 'volume', intent: 'back', run: undo };
          continue;
        }
        const level = recognised.slots.level ?? recognised.slots.percents?.replace(/ ?points?$/, ' percent');
        const percent = level === undefined ? undefined : percentOf({ ...recognised, slots: { level } }, language);
        if (level !== undefined && percent === undefined) continue;
        const run = async (context: SkillContext): Promise<SkillReply> => {
          askedAt = recognised.intent === 'ask' ? now.getTime() : undefined;
          const was = context.volume();
          const reply = change(meantBy(recognised.intent), percent, context, sentences[language]);
          if (context.volume() === was) return reply;
          lastWay = context.volume() > was ? 'up' : 'down';
          return { ...reply, undo: async (later) => set(was, later, sentences[language]) };
        };
        return { skill: 'volume', intent: recognised.intent, run };
      }
      return undefined;
    },
    close: async () => {},
  };

  /** "More" is more of what was done before. */
  function meantBy(intent: string): string {
    if (intent !== 'more' && intent !== 'less') return intent;
    return (intent === 'more') === (lastWay === 'up') ? 'up' : 'down';
  }

  function change(intent: string, percent: number | undefined, context: SkillContext, say: Sentences): SkillReply {
    const now = context.volume();
    switch (intent) {
      case 'ask':
        return { text: say.reply('ask') };
      case 'tell':
        return { text: say.reply('tell', { value: Math.round(now) }) };
      case 'mute-microphone':
        context.setMuted(true);
        return { text: say.reply('microphone'), followUp: false };
      case 'mute':
        if (now > 0) before = now;
        context.setVolume(0);
        return { text: '', followUp: false };
      case 'unmute':
        return set(now > 0 ? now : (before ?? 50), context, say);
      case 'max':
        context.setVolume(100);
        return { text: say.reply('max') };
      case 'min':
        return set(QUIETEST, context, say);
      case 'set':
        return set(percent ?? now, context, say);
      default: {
        const up = intent.includes('up');
        if (up && now >= 100) return { text: say.reply('already-max') };
        if (!up && now <= QUIETEST && percent === undefined) return { text: say.reply('already-min') };
        const by = percent ?? STEP;
        return set(up ? now + by : Math.max(QUIETEST, now - by), context, say);
      }
    }
  }
};

function set(percent: number, context: SkillContext, say: Sentences): SkillReply {
  const value = Math.min(100, Math.max(0, Math.round(percent)));
  context.setVolume(value);
  // In quiet hours it may be less than was asked for.
  return { text: value === 0 ? '' : say.reply('set', { value: Math.round(context.volume()) }) };
}

/** 0 to 100; undefined for a level that no speaker has. */
function percentOf({ intent, slots }: Recognised, language: Language): number | undefined {
  const level = slots.level ?? '';
  if (/^(?:half|halfway|medium|mid|절반|반|중간)/.test(level)) return 50;
  if (level === 'full') return 100;
  const bare = level.replace(/ ?%| percent| out of (?:ten|10)| ?(?:퍼센트|프로)/, '');
  const number = language === 'ko' ? parseKoreanNumber(bare) : parseEnglishNumber(bare);
  if (number === undefined || number < 0 || number > 100) return undefined;
  // "Down by ten" is no way to say silence.
  const most = intent === 'set' ? LEVELS : LEVELS - 1;
  const levels = Number.isInteger(number) && number <= most && (bare === level || level.includes('out of'));
  return levels ? number * (100 / LEVELS) : number;
}

function bareLevel(text: string, language: Language): readonly Recognised[] {
  const levels = bareAnswers(text, language).filter((level) => level.split(' ').length <= 4);
  return levels.map((level) => ({ intent: 'set', slots: { level }, goesOn: false }));
}
