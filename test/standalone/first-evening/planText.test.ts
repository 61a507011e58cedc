import { expect, test } from 'vitest';
import { planText, questionText } from '../../../src/first-evening/planText.js';
import { languagesOf, type Proposal } from '../../../src/first-evening/proposal.js';
import { known } from '../../../src/models/resolve.js';
import { STANDARD_ANSWERS } from '../../../src/profile/recommend/answers.js';
import type { Machine } from '../../../src/profile/recommend/machine.js';
import { recommend } from '../../../src/profile/recommend/recommend.js';

const PI5: Machine = {
  board: 'Raspberry Pi 5 Model B Rev 1.0',
  processor: 'Cortex-A76',
  architecture: 'arm64',
  cores: 4,
  features: ['asimd', 'asimddp'],
  memory: 8.3e9,
  bandwidth: 14e9,
  microphone: true,
  installed: ['espeak-ng'],
  diskFree: 20e9,
};

function proposalFor(machine: Machine): Proposal {
  const recommendation = recommend(machine, STANDARD_ANSWERS, { kind: 'device' });
  return { recommendation, profile: '', models: recommendation.models.map(known) };
}

test('names each file with its size and licence, each choice with its reason, and what it will be like', () => {
  const text = planText(proposalFor(PI5), 2e6);
  expect(text).toContain('languageModel.model: exaone-3.5-2.4b-q4_k_m\n      ');
  expect(text).toMatch(/^ {2}exaone-3\.5-2\.4b-q4_k_m +1\.64 GB {2}EXAONE AI Model License Agreement 1\.1 - NC$/m);
  expect(text).toMatch(/^ {2}whisper-base\.en +148 MB {2}MIT$/m);
  expect(text).toMatch(/^ {2}piper-en-us-ljspeech +~?\d+ MB {2}public domain recordings, model MIT$/m);
  expect(text).toMatch(/^ {2}EXAONE AI Model License Agreement 1\.1 - NC: not for commercial use.*https:\/\/\S+LICENSE\)$/m);
  expect(text).toMatch(/^Expected: about \S+ tokens a second, \d+ MB of memory for the language model\.$/m);
  expect(text).toMatch(/^To download: 1\.\d\d GB, about 1\d min \d\d s at the speed measured just now$/m);
});

test('without a measured speed names no time', () => {
  expect(planText(proposalFor(PI5), undefined)).toMatch(/^To download: 1\.\d\d GB$/m);
});

test('the question says which licences a yes accepts, and no is what an empty line means', () => {
  const question = questionText(proposalFor(PI5));
  expect(question).toContain('Yes accepts: EXAONE AI Model License Agreement 1.1 - NC.');
  expect(question).toMatch(/\[y\/N\] $/);
});

test.each([
  [{ LANG: 'ko_KR.UTF-8' }, 'ko,en'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'ko_KR.UTF-8' }, 'ko,en'],
  [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'ko_KR.UTF-8', LC_ALL: '' }, 'ko,en'],
  [{}, 'en'],
])('the languages of %j', (environment, languages) => {
  expect(languagesOf(environment)).toBe(languages);
});
