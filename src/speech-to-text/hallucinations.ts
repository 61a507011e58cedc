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
  '시청해주셔서 감사합니다',
  '시청해 주셔서 감사합니다',
  '끝까지 시청해주셔서 감사합니다',
  '영상 시청해주셔서 감사합니다',
  '오늘도 시청해주셔서 감사합니다',
  '구독과 좋아요 부탁드립니다',
  '구독과 좋아요 부탁드려요',
  '구독 좋아요 부탁드립니다',
  '구독 좋아요 알림 설정 부탁드립니다',
  '구독과 좋아요 알림 설정 부탁드립니다',
  '구독 부탁드립니다',
  '좋아요와 구독 부탁드립니다',
  '다음 영상에서 만나요',
  '다음 영상에서 뵙겠습니다',
  '다음 시간에 만나요',
  '한글자막 by 한효정',
  '한글자막 by 박진희',
  '자막 제공 및 자막을 사용하였습니다',
  '이 영상은 유료광고를 포함하고 있습니다',
  'mbc 뉴스 이덕영입니다',
  'mbc 뉴스 김성현입니다',
  'kbs 뉴스입니다',
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
  '네',
  '아',
  '음',
];

const never = new Set(neverSaid.map(bare));
const sometimes = new Set(sometimesSaid.map(bare));

/** `doubtful`: there was little voice, or the engine itself is not sure that there was any. */
export function isHallucination(transcript: string, doubtful: boolean): boolean {
  const text = bare(transcript);
  return never.has(text) || (doubtful && sometimes.has(text));
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
