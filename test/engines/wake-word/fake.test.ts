import { FakeWakeWord } from '../../../src/wake-word/testing/fakeWakeWord.js';
import { conformsToWakeWord } from './conformance.js';

const sound = new Int16Array(48_000).fill(1_000, 16_000, 24_000);
/** Quieter than its word. */
const other = new Int16Array(48_000).fill(10);

conformsToWakeWord('the fake', {
  load: async () => new FakeWakeWord({ score: (_word, _end, step) => (step.some((sample) => sample > 100) ? 1 : 0) }),
  sound,
  word: 'alexa',
  wordEndSample: 24_000,
  other,
});
