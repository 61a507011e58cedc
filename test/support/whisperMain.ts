import { createSpeechToText } from '../../src/speech-to-text/create.js';
import { speechToTextOptions } from '../../src/speech-to-text/options.js';
import { KeptLog } from './keptLog.js';

/** A device that has loaded a Whisper engine and waits to be killed. Arguments: engine, model's file. */
const [engine, model = ''] = process.argv.slice(2);
await createSpeechToText(speechToTextOptions.parse({ engine, model }), {
  log: new KeptLog(),
  modelFile: (file) => Promise.resolve(file),
  secret: () => Promise.resolve(undefined),
  cacheFolder: '',
});
process.stdout.write('ready\n');
setInterval(() => {}, 60_000);
