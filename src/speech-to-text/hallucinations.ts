/**
 * What Whisper makes up out of silence and noise: sentences that its training data had under films without speech. Only a whole transcript is
 * ever dropped, never a part of one.
 */

/** Nobody says these to a speaker. */
const neverSaid = [
  'thanks for watching',
  'thank you for watching',
  'thank you so much for watching',
  'thanks for watching and see you in the next video',
  'see you in the next video',
  "i'll see you in the next video",
  'please subscribe',
  'please subscribe to my channel',
  'subscribe to my channel',
  "don't forget to subscribe",
  'like and subscribe',
  'please like and subscribe',
  'subtitles by the amara.org community',
  'subtitles by amara.org',
  'transcription by castingwords',
  'transcribed by otter.ai',
];

/** Likewise, where a name or a word more varies; without spaces and signs. */
const neverSaidLike: readonly RegExp[] = [
  /^(?:오늘도|끝까지|지금까지|영상을?|저희|방송을?)*(?:시청|봐)해?주셔서(?:대단히|정말)?(?:감사합니다|고맙습니다)$/,
  /^(?:채널)?(?:구독|좋아요)(?:(?:과|와|은|는)?(?:구독|좋아요|알림설정|댓글)(?:까지|도|은|는)?)*(?:꼭|많이)?(?:부탁(?:드립니다|드려요|드릴게요|해요)|눌러주세요|(?:제작자에게)?큰힘이됩니다)$/,
  /^(?:그럼)?(?:저는|저희는)?다음(?:영상|시간|주)에서?또?(?:만나요|봐요|봬요|뵙겠습니다|만나겠습니다|찾아뵙겠습니다)$/,
  /^(?:한글)?자막(?:by|제작|제공|편집).{0,20}$/,
  /^이영상은유료광고를포함하고있습니다$/,
  /^(?:지금까지)?(?:mbc|kbs|sbs|ytn|jtbc|mbn|tv조선|채널a)뉴스.{0,8}(?:입니다|이었습니다|였습니다)$/,
];

/** People say these too, so they are dropped only where the sound gives reason to doubt. */
const sometimesSaid = [
  'thank you',
  'thank you very much',
  'thank you so much',
  'thanks',
  'bye',
  'bye bye',
  'goodbye',
  'you',
  'the end',
  'so',
  'oh',
  'okay',
  'hmm',
  "i'm sorry",
  '감사합니다',
  '고맙습니다',
  '안녕히 계세요',
  '안녕하세요',
  '수고하셨습니다',
  '네',
  '오',
  '아',
  '음',
];

const never = new Set(neverSaid.map(bare));
const sometimes = new Set(sometimesSaid.map(bare));

/** `doubtful`: there was little voice, or the engine itself is not sure that there was any. */
export function isHallucination(transcript: string, doubtful: boolean): boolean {
  const text = bare(transcript);
  return never.has(text) || neverSaidLike.some((like) => like.test(text)) || (doubtful && sometimes.has(text));
}

/** Without what Whisper writes for sounds that are no speech: `[BLANK_AUDIO]`, `(음악)`, `♪`. Trimmed, with single spaces. */
export function withoutSoundNotes(transcript: string): string {
  return transcript
    .replace(/\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫♬]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Letters and digits alone: neither spaces (Korean has them here and there) nor signs tell one such sentence from another. */
function bare(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
