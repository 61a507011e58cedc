import type { AudioSink, PcmChunk, Played } from '../../audio/contract.js';
import type { PcmSpeechOutput, SelfPlayingSpeechOutput, SpeechOutput } from '../../speech-output/contract.js';
import { SpeakableStream } from '../../speech-output/speakable/speakableStream.js';
import { unlessStopped } from '../../waiting.js';
import type { OwnVoice } from '../hearing/ownVoice.js';
import type { Pace } from '../pace.js';
import { isQuestion, type Mouth, type SpeakRequest, type Spoken } from './mouth.js';

interface SpokenSentence {
  readonly text: string;
  readonly startMs: number;
  endMs: number;
}

/** Speaks sentence by sentence through the loudspeaker; the next one is made while one is heard. */
export class Voice implements Mouth {
  private readonly output: SpeechOutput;
  private readonly sink: AudioSink;
  private readonly pace: Pace;
  private readonly own: OwnVoice | undefined;

  /** `own` is told of all that is said. */
  constructor(output: SpeechOutput, sink: AudioSink, pace: Pace, own?: OwnVoice) {
    this.output = output;
    this.sink = sink;
    this.pace = pace;
    this.own = own;
  }

  async speak(request: SpeakRequest): Promise<Spoken> {
    this.own?.begin();
    try {
      const { output } = this;
      return output.kind === 'pcm' ? await this.playSound(output, request) : await this.letItPlay(output, request);
    } finally {
      this.own?.end();
    }
  }

  async close(): Promise<void> {
    await this.output.close();
  }

  private async playSound(output: PcmSpeechOutput, request: SpeakRequest): Promise<Spoken> {
    const spoken: SpokenSentence[] = [];
    const sound = heldWhileWaiting(this.synthesize(output, request, spoken), this.pace);
    const onStart = (heardMs: () => number) => {
      this.own?.plays(heardMs);
      request.onFirstAudio?.();
    };
    let played: Played;
    try {
      // Until there is something to play, the loudspeaker is free for the sound that says: still thinking.
      const first = await unlessStopped(sound.next(), request.signal);
      const pieces = first === undefined || first.done === true ? [] : startingWith(first.value, sound);
      played = await this.sink.play(pieces, { signal: request.signal, onStart });
    } finally {
      // It may be busy for a while yet, which nobody waits for.
      sound.return(undefined).catch(() => {});
    }
    const heard = played.interrupted ? heardUntil(spoken, played.playedMs) : spoken.map((sentence) => sentence.text).join(' ');
    return { heard, interrupted: played.interrupted, endsInQuestion: isQuestion(spoken.at(-1)?.text) };
  }

  private async *synthesize(output: PcmSpeechOutput, request: SpeakRequest, spoken: SpokenSentence[]): AsyncGenerator<PcmChunk> {
    const speakable = new SpeakableStream(request.language);
    let positionMs = 0;
    for await (const text of request.sentences) {
      request.onSentence?.(text);
      const words = speakable.sentence(text);
      const sentence: SpokenSentence = { text, startMs: positionMs, endMs: positionMs };
      spoken.push(sentence);
      this.own?.sentence(words, positionMs);
      if (words === '') continue;
      for await (const chunk of output.synthesize(words, { language: request.language, signal: request.signal })) {
        request.onFirstSound?.();
        this.own?.sound(chunk, positionMs);
        positionMs += (chunk.samples.length * 1000) / chunk.sampleRate;
        sentence.endMs = positionMs;
        yield chunk;
      }
    }
  }

  /** For packages that play by themselves: a sentence counts as heard when it has begun. */
  private async letItPlay(output: SelfPlayingSpeechOutput, request: SpeakRequest): Promise<Spoken> {
    const speakable = new SpeakableStream(request.language);
    const heard: string[] = [];
    let begun = false;
    for await (const text of request.sentences) {
      request.onSentence?.(text);
      heard.push(text);
      const words = speakable.sentence(text);
      if (words === '') continue;
      if (!begun) {
        begun = true;
        request.onFirstSound?.();
        request.onFirstAudio?.();
        this.own?.plays();
      }
      this.own?.sentence(words);
      await output.speak(words, { language: request.language, signal: request.signal });
      if (request.signal.aborted) break;
    }
    return { heard: heard.join(' '), interrupted: request.signal.aborted, endsInQuestion: isQuestion(heard.at(-1)) };
  }
}

/** The words that had been heard after `ms`: whole sentences, and of the last one its share of words. */
function heardUntil(spoken: readonly SpokenSentence[], ms: number): string {
  const heard: string[] = [];
  for (const { text, startMs, endMs } of spoken) {
    if (startMs >= ms) break;
    if (endMs <= ms) heard.push(text);
    else {
      const words = text.split(/\s+/);
      heard.push(words.slice(0, Math.floor((words.length * (ms - startMs)) / (endMs - startMs))).join(' '));
    }
  }
  return heard.filter((text) => text !== '').join(' ');
}

async function* startingWith<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** In a replay, the input waits while the loudspeaker waits for the next piece of sound. */
async function* heldWhileWaiting<T>(items: AsyncGenerator<T>, pace: Pace): AsyncGenerator<T> {
  try {
    for (;;) {
      const release = pace.hold();
      const next = await items.next().finally(release);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await items.return(undefined);
  }
}
