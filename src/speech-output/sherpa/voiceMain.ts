/** The process of a voice: loads it, and makes one clause after the other. It ends with the device. */
import { createRequire } from 'node:module';
import { toInt16 } from '../../audio/pcm.js';
import type { FromVoice, ToVoice, VoiceSettings } from './messages.js';

/** The part of sherpa-onnx-node that is used; the package has no types of its own. */
interface OfflineTts {
  readonly sampleRate: number;
  readonly numSpeakers: number;
  generateAsync(request: { text: string; sid: number; speed: number }): Promise<{ readonly samples: Float32Array }>;
}
interface SherpaOnnx {
  readonly OfflineTts: { createAsync(config: object): Promise<OfflineTts> };
}

let voice: { readonly tts: OfflineTts; readonly settings: VoiceSettings } | undefined;
let last: Promise<void> = Promise.resolve();

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToVoice) => {
  last = last.then(() => (message.kind === 'load' ? load(message.settings) : speak(message.id, message.text)));
});

async function load(settings: VoiceSettings): Promise<void> {
  const { kind, ...files } = settings.files;
  const model = { [kind]: files, numThreads: settings.threads, provider: 'cpu', debug: false };
  try {
    const { OfflineTts } = createRequire(import.meta.url)('sherpa-onnx-node') as SherpaOnnx;
    const tts = await OfflineTts.createAsync({ model, maxNumSentences: 1 });
    voice = { tts, settings };
    send({ kind: 'loaded', sampleRate: tts.sampleRate, speakers: tts.numSpeakers });
  } catch (error) {
    send({ kind: 'not-loaded', reason: error instanceof Error ? error.message : String(error) });
  }
}

async function speak(id: number, text: string): Promise<void> {
  try {
    if (voice === undefined) throw new Error('no voice is loaded');
    const { speaker, speed } = voice.settings;
    const { samples } = await voice.tts.generateAsync({ text, sid: speaker, speed });
    send({ kind: 'sound', id, samples: toInt16(samples) });
  } catch {
    send({ kind: 'no-sound', id });
  }
}

function send(message: FromVoice): void {
  process.send?.(message);
}
