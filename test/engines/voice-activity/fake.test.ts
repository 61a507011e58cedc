import { FakeVoiceActivity } from '../../../src/voice-activity/testing/fakeVoiceActivity.js';
import { conformsToVoiceActivity } from './conformance.js';

conformsToVoiceActivity('the fake', {
  load: async () => new FakeVoiceActivity(),
  sound: new Int16Array(50_000).fill(1_000, 16_000, 32_000),
  speech: [16_000, 32_000],
});
