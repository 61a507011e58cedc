import { FRAME_SAMPLES, SAMPLE_RATE } from '../../src/audio/contract.js';
import { background, type Layer, type Scene } from './background.js';
import { exchange, lengthOf } from './exchanges.js';
import type { Clip, Material } from './material.js';
import { Random } from './random.js';

/** Where in the sound a wake word stands, samples. */
export interface WakeMark {
  readonly from: number;
  readonly to: number;
}

interface Sounding {
  /** Position of its first sample. */
  readonly at: number;
  readonly clip: Clip;
  readonly gain: number;
}

/** A part of the day: from which hour, what it sounds like, and how long it is quiet between two exchanges, seconds. */
interface DayPart {
  readonly from: number;
  readonly name: string;
  readonly scenes: Readonly<Partial<Record<Scene, number>>>;
  readonly gapS: readonly [number, number];
}

/** Beginning at seven in the morning. */
const DAY: readonly DayPart[] = [
  { from: 0, name: 'breakfast', scenes: { quiet: 3, room: 1, noise: 3, talk: 2, music: 1 }, gapS: [90, 500] },
  { from: 2, name: 'morning', scenes: { quiet: 12, room: 1, noise: 1, talk: 1, music: 1 }, gapS: [200, 1500] },
  { from: 5, name: 'midday', scenes: { quiet: 3, room: 1, noise: 3, talk: 2, music: 1 }, gapS: [120, 600] },
  { from: 7, name: 'afternoon', scenes: { quiet: 10, room: 1, talk: 1, music: 1 }, gapS: [200, 1500] },
  { from: 10, name: 'dinner', scenes: { quiet: 3, room: 1, noise: 3, talk: 3, music: 1 }, gapS: [90, 500] },
  { from: 12, name: 'evening', scenes: { quiet: 8, room: 1, talk: 3, music: 2 }, gapS: [150, 1000] },
  { from: 16, name: 'night', scenes: { quiet: 1 }, gapS: [900, 3600] },
];

export const HOUR_SAMPLES = 3_600 * SAMPLE_RATE;
/** A wake word may be recognised this much after its end. */
const LATE = SAMPLE_RATE;

export function partOfDay(hour: number): string {
  return partAt(hour).name;
}

/** A day in a household as one row of frames: the same for the same seed and material. */
export class Household {
  private readonly material: Material;
  private readonly random: Random;
  private readonly onWakeWord: (mark: WakeMark) => void;
  private position = 0;
  private layer: Layer = () => {};
  private scene = '';
  private sceneEnds = 0;
  private nextExchange = 0;
  private sounding: Sounding[] = [];
  private readonly sum = new Float64Array(FRAME_SAMPLES);

  /** `onWakeWord` is told of each wake word before it sounds. */
  constructor(material: Material, seed: number, onWakeWord: (mark: WakeMark) => void) {
    this.material = material;
    this.random = new Random(seed);
    this.onWakeWord = onWakeWord;
    this.nextExchange = 30 * SAMPLE_RATE;
  }

  frame(): Int16Array {
    if (this.position >= this.sceneEnds) this.nextScene();
    if (this.position >= this.nextExchange) this.beginExchange();
    this.sum.fill(0);
    this.layer(this.sum);
    for (const one of this.sounding) this.mix(one);
    this.position += FRAME_SAMPLES;
    this.sounding = this.sounding.filter(({ at, clip }) => at + clip.samples.length > this.position);
    const frame = new Int16Array(FRAME_SAMPLES);
    for (let at = 0; at < FRAME_SAMPLES; at++) frame[at] = Math.max(-32_768, Math.min(32_767, this.sum[at] ?? 0));
    return frame;
  }

  /** What is heard now, in words. */
  get sounds(): string {
    const names = this.sounding.filter(({ at }) => at < this.position).map(({ clip }) => `${clip.folder}/${clip.name}`);
    return [this.scene, ...names].join(' + ');
  }

  private mix({ at, clip: { samples }, gain }: Sounding): void {
    const first = Math.max(0, at - this.position);
    const last = Math.min(FRAME_SAMPLES, at + samples.length - this.position);
    for (let index = first; index < last; index++) {
      this.sum[index] = (this.sum[index] ?? 0) + (samples[this.position + index - at] ?? 0) * gain;
    }
  }

  private nextScene(): void {
    const scene = this.random.weighted<Scene>(partAt(this.position / HOUR_SAMPLES).scenes);
    this.scene = scene;
    this.layer = background(scene, this.material, this.random, (name) => {
      this.scene = `${scene} ${name}`;
    });
    this.sceneEnds = this.position + Math.floor(this.random.between(60, 600) * SAMPLE_RATE);
  }

  private beginExchange(): void {
    const placed = exchange(this.material, this.random);
    for (const { atS, clip, gain, wakeS } of placed) {
      const at = this.position + Math.round(atS * SAMPLE_RATE);
      this.sounding.push({ at, clip, gain });
      if (wakeS > 0) this.onWakeWord({ from: at, to: at + Math.round(wakeS * SAMPLE_RATE) + LATE });
    }
    // A timer that is to be stopped later leaves room for others until then.
    const soon = placed.filter(({ atS }) => atS < 30);
    const lastS = Math.max(...soon.map(({ atS, clip }) => atS + lengthOf(clip)));
    const [low, high] = partAt(this.position / HOUR_SAMPLES).gapS;
    this.nextExchange = this.position + Math.round((lastS + this.random.between(low, high)) * SAMPLE_RATE);
  }
}

function partAt(hour: number): DayPart {
  const part = DAY.findLast(({ from }) => from <= hour % 24);
  if (part === undefined) throw new RangeError('the day begins at 0');
  return part;
}
