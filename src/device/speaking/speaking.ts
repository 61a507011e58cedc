import type { Announcement, Earcon, ReplySpoken } from '../../../statecharts/conversation/terms.js';
import type { AudioSink } from '../../audio/contract.js';
import { earcon } from '../../audio/earcons.js';
import { isAborted } from '../../errors.js';
import type { Language } from '../../speech-to-text/contract.js';
import type { Ear } from '../hearing/ear.js';
import type { Turn } from '../turn/turn.js';
import type { TurnLog } from '../turn/turnLog.js';
import { once } from './alerts.js';
import type { Mouth } from './mouth.js';
import type { Notices } from './notices.js';

export interface SpeakingParts {
  readonly ear: Pick<Ear, 'deviceSpeaks'> | undefined;
  readonly sink: AudioSink | undefined;
  readonly mouth: Mouth;
  /** Whether short sounds are wanted at present. */
  readonly earcons: () => boolean;
  readonly notices: Notices;
  /** Sentences after which a spoken answer asks whether to go on. */
  readonly sentencesAtOnce: number;
}

/** All that can be heard of the device: replies, what it says by itself, and its short sounds. */
export class Speaking {
  private readonly parts: SpeakingParts;
  private readonly log: TurnLog;
  private earconsPlaying = 0;

  constructor(parts: SpeakingParts, log: TurnLog) {
    this.parts = parts;
    this.log = log;
  }

  /** The last earcon is over. */
  get quiet(): boolean {
    return this.earconsPlaying === 0;
  }

  /** Speaks the turn's reply as it comes; `turn.heard` tells how much of it was. */
  async reply(turn: Turn, language: Language, onFirstAudio: () => void, signal: AbortSignal): Promise<ReplySpoken> {
    const { sink, mouth, notices, sentencesAtOnce } = this.parts;
    // Whoever reads can skip; whoever listens can not.
    const cut = sink === undefined ? undefined : { sentences: sentencesAtOnce, offer: notices.more(language).offer };
    const speaking = mouth.speak({
      sentences: turn.reply.sentences(signal, cut),
      language,
      signal,
      onSentence: (text) => {
        turn.mark('synthesizeStart');
        this.log.sentence(turn, text);
      },
      onFirstSound: () => turn.mark('firstSound'),
      onFirstAudio: () => {
        turn.mark('firstAudio');
        if (sink !== undefined) this.log.firstAudio(turn);
        onFirstAudio();
      },
    });
    turn.heard = speaking.then(
      (spoken) => spoken.heard,
      () => '',
    );
    const spoken = await this.aloud(() => speaking);
    if (spoken.heard === '' && !spoken.interrupted) this.earcon('done');
    return { endsInQuestion: spoken.endsInQuestion, offersMore: turn.reply.leftOver !== undefined };
  }

  /** `language`: of the person, where the announcement has none of its own. */
  async announce(announcement: Announcement, language: Language, signal: AbortSignal): Promise<void> {
    if ('error' in announcement && isAborted(announcement.error)) return;
    const text = 'text' in announcement ? announcement.text : this.parts.notices.forError(announcement.error, language);
    const spokenIn = 'language' in announcement ? announcement.language : language;
    if (text === '') return;
    await this.aloud(async () => {
      await this.parts.mouth.speak({ sentences: once(text), language: spokenIn, signal });
    });
  }

  /** Meanwhile the ear knows that the device itself can be heard, and listens for stop words. */
  async aloud<T>(sound: () => Promise<T>): Promise<T> {
    this.parts.ear?.deviceSpeaks(true);
    try {
      return await sound();
    } finally {
      this.parts.ear?.deviceSpeaks(false);
    }
  }

  earcon(name: Earcon): void {
    const { sink, earcons } = this.parts;
    if (sink === undefined || !earcons()) return;
    this.earconsPlaying += 1;
    sink
      .play([earcon(name)], { signal: new AbortController().signal })
      .catch((error: unknown) => this.log.error(undefined, error))
      .finally(() => {
        this.earconsPlaying -= 1;
      });
  }
}
