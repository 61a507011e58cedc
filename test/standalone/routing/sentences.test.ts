import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createRouter } from '../../../src/routing/create.js';
import { routingOptions } from '../../../src/routing/options.js';
import type { Language } from '../../../src/speech-to-text/contract.js';

type Sides = Readonly<Record<'local' | 'host', readonly string[]>>;
const sentences = parse(readFileSync(new URL('./sentences.yaml', import.meta.url), 'utf8')) as Readonly<Record<Language, Sides>>;
const fitted = readFileSync(new URL('../../../scripts/evaluation/routeSentences.yaml', import.meta.url), 'utf8');
const router = createRouter(routingOptions.parse({}));
const freeHost = { count: 1, queue: 0, tokensPerSecond: undefined };

function wrong(language: Language, want: 'local' | 'host'): readonly string[] {
  return sentences[language][want].filter((text) => (router.decide({ text, language }, [], freeHost).to === 'host') !== (want === 'host'));
}

describe.each(['en', 'ko'] as const)('sentences that the weights were not fitted on, %s', (language) => {
  it('are at least 60 a side and none of those fitted', () => {
    const { local, host } = sentences[language];
    expect(Math.min(local.length, host.length)).toBeGreaterThanOrEqual(60);
    const known = new Set(fitted.split('\n').map((line) => line.replace(/^\s*- /, '')));
    expect([...local, ...host].filter((text) => known.has(text))).toEqual([]);
  });

  it('everyday ones stay on the device: at least 97 %', () => {
    const sent = wrong(language, 'local');
    expect(sent.length / sentences[language].local.length, sent.join('\n')).toBeLessThanOrEqual(0.03);
  });

  it('hard ones go to the host: at least 85 %', () => {
    const kept = wrong(language, 'host');
    expect(kept.length / sentences[language].host.length, kept.join('\n')).toBeLessThanOrEqual(0.15);
  });
});
