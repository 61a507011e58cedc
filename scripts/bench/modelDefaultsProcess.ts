/** Started by modelDefaults.ts: generates with node-llama-cpp as it comes, and prints when each token came. */
import { getLlama, LlamaChatSession } from 'node-llama-cpp';
import { QUESTION } from './modelEngine.js';

const [file = '', maxTokens = '16'] = process.argv.slice(2);
const llama = await getLlama();
const model = await llama.loadModel({ modelPath: file });
const context = await model.createContext();
const session = new LlamaChatSession({ contextSequence: context.getSequence() });
await session.prompt(QUESTION, {
  maxTokens: Number(maxTokens),
  onToken: () => void process.stdout.write(`${performance.now().toFixed(1)}\n`),
});
process.exit(0);
