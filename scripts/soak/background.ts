import { SAMPLE_RATE } from '../../src/audio/contract.js';
import type { Clip, Material } from './material.js';
import type { Random } from './random.js';

/** What a room sounds like for some minutes. */
export type Scene = 'quiet' | 'room' | 'noise' | 'talk' | 'music';

/** Adds its sound to each frame; never ends. */
export type Layer = (frame: Float64Array) => void;

/** `onClip` is told what is heard from now on, by name. */
export function background(scene: Scene, material: Material, random: Random, onClip: (name: string) => void): Layer {
  switch (scene) {
    case 'quiet':
      return hiss(random, 12);
    case 'room':
      return hiss(random, random.between(20, 120));
    case 'noise':
      return material.noise.length === 0 ? rumble(random) : looped(random.pick(material.noise), random);
    case 'talk':
      return talking(material, random, onClip);
    case 'music':
      return music(random);
  }
}

/** White, at most this loud: ten seconds of it, from another place for each frame. */
function hiss(random: Random, peak: number): Layer {
  const noise = Float32Array.from({ length: 10 * SAMPLE_RATE }, () => (random.next() * 2 - 1) * peak);
  return (frame) => {
    const from = Math.floor(random.between(0, noise.length - frame.length));
    for (let at = 0; at < frame.length; at++) frame[at] = (frame[at] ?? 0) + (noise[from + at] ?? 0);
  };
}

/** Deep noise that swells and falls, and now and then a clatter: a kitchen, where there is no recording of one. */
function rumble(random: Random): Layer {
  const loud = random.between(300, 2_500);
  let deep = 0;
  let clatter = 0;
  return (frame) => {
    if (random.chance(0.02)) clatter = random.between(0.5, 4);
    for (let at = 0; at < frame.length; at++) {
      const white = random.next() * 2 - 1;
      deep = 0.97 * deep + 0.03 * white;
      clatter *= 0.9995;
      frame[at] = (frame[at] ?? 0) + loud * (deep * 4 + white * (0.1 + clatter));
    }
  };
}

function looped({ samples }: Clip, random: Random): Layer {
  const gain = random.gain(-15, 3);
  let from = Math.floor(random.between(0, samples.length));
  return (frame) => {
    for (let at = 0; at < frame.length; at++) {
      frame[at] = (frame[at] ?? 0) + (samples[from] ?? 0) * gain;
      from = (from + 1) % samples.length;
    }
  };
}

/** One sentence after the other, of people or a television; near misses of the wake word among them. */
function talking(material: Material, random: Random, onClip: (name: string) => void): Layer {
  const gain = random.gain(-18, 0);
  let samples: Int16Array = new Int16Array();
  let from = 0;
  let pause = 0;
  return (frame) => {
    for (let at = 0; at < frame.length; at++) {
      if (from >= samples.length && pause-- <= 0) {
        const near = material.nearMisses.length > 0 && random.chance(0.1);
        const clip = random.pick(near ? material.nearMisses : material.talk);
        onClip(`${clip.folder}/${clip.name}`);
        ({ samples } = clip);
        from = 0;
        pause = random.between(0.2, 4) * SAMPLE_RATE;
      }
      if (from < samples.length) frame[at] = (frame[at] ?? 0) + (samples[from++] ?? 0) * gain;
    }
  };
}

/** Chords of bell-like tones with a beat. */
function music(random: Random): Layer {
  const loud = random.between(300, 4_000);
  const beat = Math.floor(random.between(0.25, 0.7) * SAMPLE_RATE);
  let pitches: readonly number[] = [];
  let position = 0;
  return (frame) => {
    for (let at = 0; at < frame.length; at++, position++) {
      const inBeat = position % beat;
      if (inBeat === 0) pitches = Array.from({ length: 3 }, () => 110 * 2 ** (Math.floor(random.between(0, 36)) / 12));
      const fading = Math.exp((-3 * inBeat) / beat) * Math.min(1, inBeat / 80);
      let sum = 0;
      for (const pitch of pitches) sum += Math.sin((2 * Math.PI * pitch * inBeat) / SAMPLE_RATE);
      frame[at] = (frame[at] ?? 0) + (sum / 3) * fading * loud;
    }
  };
}
