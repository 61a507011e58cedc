import { type AudioSource, FRAME_MS, FRAME_SAMPLES } from '../audio/contract.js';
import { pause } from '../waiting.js';
import type { MuteSwitch } from './muteSwitch.js';

/**
 * A microphone behind its switch: while that is off, frames are silence from here on, whatever the rest of the device believes. Time
 * goes on, because everything is counted in samples.
 */
export class SwitchedSource implements AudioSource {
  readonly label: string;
  private readonly source: AudioSource;
  private readonly muteSwitch: Pick<MuteSwitch, 'isOff' | 'watch'>;
  private readonly live: boolean;

  /** `live`: a microphone, which is not even recorded while the switch is off; a file goes on meanwhile, unheard. */
  constructor(source: AudioSource, muteSwitch: Pick<MuteSwitch, 'isOff' | 'watch'>, live: boolean) {
    this.label = source.label;
    this.source = source;
    this.muteSwitch = muteSwitch;
    this.live = live;
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    if (this.live) yield* this.liveFrames(signal);
    else for await (const frame of this.source.frames(signal)) yield this.muteSwitch.isOff ? silence() : frame;
  }

  async close(): Promise<void> {
    await this.source.close();
  }

  /** A new recording each time: what is still on its way from an old one was said while the switch was off. */
  private async *liveFrames(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    for (;;) {
      while (this.muteSwitch.isOff) {
        await pause(FRAME_MS, signal);
        if (signal.aborted) return;
        yield silence();
      }
      const off = new AbortController();
      const unwatch = this.muteSwitch.watch((isOff) => {
        if (isOff) off.abort();
      });
      try {
        for await (const frame of this.source.frames(AbortSignal.any([signal, off.signal]))) {
          if (off.signal.aborted) break;
          yield frame;
        }
      } finally {
        unwatch();
      }
      if (!off.signal.aborted) return;
    }
  }
}

function silence(): Int16Array {
  return new Int16Array(FRAME_SAMPLES);
}
