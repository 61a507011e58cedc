import type { Command } from 'commander';
import { registerRoute } from './evaluate/route.js';
import { registerSkills } from './evaluate/skills.js';
import { registerSpeech } from './evaluate/speech.js';
import { registerWake } from './evaluate/wake.js';

/** `tandem evaluate …`: how well a stage does on recordings or texts of one's own. */
export function register(program: Command): void {
  const evaluate = program
    .command('evaluate')
    .description('measure wake word, speech-to-text, routing and skills on your own recordings and texts');
  registerWake(evaluate);
  registerSpeech(evaluate);
  registerRoute(evaluate);
  registerSkills(evaluate);
}
