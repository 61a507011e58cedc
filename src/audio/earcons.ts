import { msToSamples, type PcmChunk, SAMPLE_RATE } from './contract.js';

/**
 * Short sounds that say what the device does: `listening` (go ahead), `heard` (understood that you finished), `done` (going back to
 * sleep), `error`, `thinking` (still at it; may be repeated), `ring` (an alarm; may be looped), `muted` (microphone off).
 */
export type EarconName = 'listening' | 'heard' | 'done' | 'error' | 'thinking' | 'ring' | 'muted';

/** One tone that swells and dies away. */
interface Note {
  /** Hz. */
  readonly pitch: number;
  readonly startMs: number;
  readonly lengthMs: number;
  /** Share of the loudest level that an earcon may have. */
  readonly level: number;
}

/** -12 dB below full scale, and a little under it. */
const LOUDEST = 0.245 * 32_767;
const ATTACK_MS = 8;
/** An octave above each tone, softly: bell-like instead of a test tone. */
const OVERTONE = 0.22;

const C5 = 523.25;
const D5 = 587.33;
const E5 = 659.26;
const G5 = 783.99;
const A5 = 880;
const C6 = 1046.5;
const A3 = 220;
const G3 = 196;

const notes: Readonly<Record<EarconName, readonly Note[]>> = {
  listening: [
    { pitch: E5, startMs: 0, lengthMs: 110, level: 0.6 },
    { pitch: A5, startMs: 70, lengthMs: 160, level: 0.7 },
  ],
  heard: [{ pitch: G5, startMs: 0, lengthMs: 110, level: 0.5 }],
  done: [
    { pitch: G5, startMs: 0, lengthMs: 110, level: 0.5 },
    { pitch: C5, startMs: 80, lengthMs: 170, level: 0.5 },
  ],
  error: [
    { pitch: A3, startMs: 0, lengthMs: 100, level: 0.9 },
    { pitch: G3, startMs: 110, lengthMs: 140, level: 0.9 },
  ],
  thinking: [{ pitch: D5, startMs: 0, lengthMs: 200, level: 0.25 }],
  ring: [0, 600, 1200].flatMap((startMs) => [
    { pitch: G5, startMs, lengthMs: 180, level: 0.6 },
    { pitch: C6, startMs: startMs + 130, lengthMs: 180, level: 0.7 },
    { pitch: E5 * 2, startMs: startMs + 260, lengthMs: 300, level: 0.6 },
  ]),
  muted: [
    { pitch: E5, startMs: 0, lengthMs: 90, level: 0.5 },
    { pitch: E5 / 2, startMs: 80, lengthMs: 150, level: 0.8 },
  ],
};

/** A pause after the last note, so that what is looped has a rhythm. */
const tailMs: Readonly<Partial<Record<EarconName, number>>> = { ring: 240 };

/** The sound itself, 16 kHz; starts and ends with silence, so it never clicks. */
export function earcon(name: EarconName): PcmChunk {
  const played = notes[name];
  const lengthMs = Math.max(...played.map((note) => note.startMs + note.lengthMs)) + (tailMs[name] ?? 0);
  const mix = new Float32Array(msToSamples(lengthMs));
  for (const note of played) addNote(mix, note);
  const samples = new Int16Array(mix.length);
  for (let at = 0; at < mix.length; at++) samples[at] = Math.round(limited(mix[at] ?? 0) * LOUDEST);
  return { sampleRate: SAMPLE_RATE, samples };
}

function addNote(mix: Float32Array, note: Note): void {
  const start = msToSamples(note.startMs);
  const length = Math.min(msToSamples(note.lengthMs), mix.length - start);
  const attack = msToSamples(ATTACK_MS);
  for (let at = 0; at < length; at++) {
    const turn = (2 * Math.PI * note.pitch * at) / SAMPLE_RATE;
    const tone = (Math.sin(turn) + OVERTONE * Math.sin(2 * turn)) / (1 + OVERTONE);
    const swell = at < attack ? 0.5 - 0.5 * Math.cos((Math.PI * at) / attack) : 1;
    // Falls like a struck bell, and reaches zero where the note ends.
    const left = (length - 1 - at) / length;
    mix[start + at] = (mix[start + at] ?? 0) + note.level * tone * swell * left * left;
  }
}

/** Overlapping notes stay below the loudest level without being cut off. */
function limited(value: number): number {
  return Math.tanh(value);
}
