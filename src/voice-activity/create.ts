import type { VoiceActivityEngine } from './contract.js';
import type { VoiceActivityOptions } from './options.js';

/** The engine that the profile's `voiceActivity:` names. Throws `TandemError` where its model cannot be loaded. */
export async function createVoiceActivity(options: VoiceActivityOptions): Promise<VoiceActivityEngine> {
  switch (options.engine) {
    case 'silero': {
      const { Silero } = await import('./silero.js');
      return await Silero.load();
    }
  }
}
