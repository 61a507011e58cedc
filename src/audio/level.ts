/** How loud samples are: root mean square, of 32768. */
export function levelOf(samples: Int16Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return Math.sqrt(squares / Math.max(1, samples.length));
}

/** The level of each whole frame; what is left at the end is not looked at. `frame` in samples. */
export function frameLevels(samples: Int16Array, frame: number): Float64Array {
  return Float64Array.from({ length: Math.floor(samples.length / frame) }, (_, at) =>
    levelOf(samples.subarray(at * frame, (at + 1) * frame)),
  );
}
