import { readFile } from 'node:fs/promises';
import { SAMPLE_RATE } from '../audio/contract.js';
import { concatenate, toInt16 } from '../audio/pcm.js';
import { Resampler } from '../audio/resampler.js';
import { TandemError } from '../errors.js';

const END_OF_STREAM = 4;
const LARGEST_BYTES = 512 * 1024 * 1024;

/**
 * All of a FLAC file as 16 kHz mono, by libFLAC compiled to JavaScript: Debian's own (1.4.2) does not read some loud recordings that
 * older encoders wrote. Throws `TandemError` `flac-unreadable`.
 */
export async function readFlac(path: string): Promise<Int16Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(`${path} can't be read.`, error);
  });
  if (bytes.length > LARGEST_BYTES) throw unreadable(`${path} is larger than 512 MB.`);
  const { rate, blocks } = await decode(new Uint8Array(bytes), path);
  const resampler = await Resampler.load();
  try {
    resampler.start(rate, SAMPLE_RATE);
    const pieces = blocks.map((block) => toInt16(resampler.process(block)));
    return concatenate([...pieces, toInt16(resampler.finish())]);
  } finally {
    resampler.close();
  }
}

interface Decoded {
  /** Hz. */
  readonly rate: number;
  /** Mono fractions: the mean of the channels. */
  readonly blocks: readonly Float32Array[];
}

async function decode(bytes: Uint8Array<ArrayBuffer>, path: string): Promise<Decoded> {
  const { default: flac } = await import('libflacjs/dist/libflac.js');
  if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', () => resolve()));
  const decoder = flac.create_libflac_decoder(true);
  const blocks: Float32Array[] = [];
  let rate = 0;
  /** Samples of a channel that the header speaks of; 0 where it leaves that open. */
  let promised = 0;
  let at = 0;
  let damage: string | undefined;
  const read = (count: number) => {
    const buffer = bytes.subarray(at, at + count);
    at += buffer.length;
    return { buffer, readDataLength: buffer.length, error: false };
  };
  const fault = (_code: number, name: unknown) => {
    damage ??= String(name);
  };
  flac.init_decoder_stream(
    decoder,
    read,
    (channels, block) => {
      rate = block.sampleRate;
      blocks.push(monoOf(channels, block.bitsPerSample));
    },
    fault,
    (metadata) => {
      promised = metadata?.total_samples ?? promised;
    },
    false,
  );
  try {
    while (damage === undefined && flac.FLAC__stream_decoder_process_single(decoder)) {
      if (flac.FLAC__stream_decoder_get_state(decoder) === END_OF_STREAM) break;
    }
  } finally {
    flac.FLAC__stream_decoder_finish(decoder);
    flac.FLAC__stream_decoder_delete(decoder);
  }
  if (damage !== undefined) throw unreadable(`${path} is not a FLAC file, or is damaged.`);
  if (blocks.reduce((sum, block) => sum + block.length, 0) < promised) throw unreadable(`${path} is cut off.`);
  if (blocks.length === 0 || rate === 0) throw unreadable(`${path} has no sound in it.`);
  return { rate, blocks };
}

/** libflacjs gives each channel as little-endian integers: 2 bytes up to 16 bits, 4 above. */
function monoOf(channels: readonly Uint8Array[], bits: number): Float32Array {
  const bytesPerSample = bits <= 16 ? 2 : 4;
  const views = channels.map((channel) => new DataView(channel.buffer, channel.byteOffset, channel.byteLength));
  const mono = new Float32Array(Math.floor((channels[0]?.byteLength ?? 0) / bytesPerSample));
  const scale = 2 ** (bits - 1) * channels.length;
  for (const view of views) {
    for (let at = 0; at < mono.length; at++) {
      const sample = bytesPerSample === 2 ? view.getInt16(at * 2, true) : view.getInt32(at * 4, true);
      mono[at] = (mono[at] ?? 0) + sample / scale;
    }
  }
  return mono;
}

function unreadable(message: string, cause?: unknown): TandemError {
  return new TandemError({
    code: 'flac-unreadable',
    stage: 'audio',
    message,
    remedy: 'Copy it again, or convert it to WAV.',
    recoverable: false,
    cause,
  });
}
