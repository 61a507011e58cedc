import fc from 'fast-check';
import { expect } from 'vitest';

/** An engine that scores a stream of 16 kHz samples. */
interface Scoring<Score> {
  process(samples: Int16Array): Promise<readonly Score[]>;
  reset(): void;
}

/** The scores of a sound do not depend on how it is cut into pieces. */
export async function expectSameAtAnyChunkSize<Score>(engine: Scoring<Score>, sound: Int16Array): Promise<void> {
  engine.reset();
  const whole = await engine.process(sound);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 8 }), async (cuts) => {
      engine.reset();
      const inPieces: Score[] = [];
      for (let at = 0, cut = 0; at < sound.length; cut++) {
        const count = cuts[cut % cuts.length] ?? 1;
        inPieces.push(...(await engine.process(sound.subarray(at, at + count))));
        at += count;
      }
      expect(inPieces).toEqual(whole);
    }),
    { numRuns: 5 },
  );
}
