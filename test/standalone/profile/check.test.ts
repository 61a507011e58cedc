import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/models/catalogue.js';
import { type Checked, checkProfile } from '../../../src/profile/check.js';
import { mistakeText } from '../../../src/profile/mistake.js';

function check(text: string): Promise<Checked> {
  return checkProfile(text, 'kitchen.yaml', '/nowhere', catalogue());
}

async function lines(text: string): Promise<string[]> {
  return (await check(text)).mistakes.map(mistakeText);
}

describe('a profile with many mistakes', () => {
  const text = `nam: Kitchen
audio:
  volume: 300
  input: puls
wakeWord:
  engine: openWakeWrod
speechToText:
  engine: whisperServer
  model: whisper-huge
  threads: 0
languageModel:
  engine: exaone
  model: tandem-startr
  contextTokens: many
  systemMesage: {}
speechOutput: espeakNg
conversation:
  limits: { listeningMs: 5 }
handoff: { enabled: true }
signals: [{ on: [sleeping], run: [echo] }]
host: {}
`;

  test('has all of them reported at once, in the order of the file, each at its place', async () => {
    const { mistakes } = await check(text);
    expect(mistakes.map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([
      '1:1 name',
      '1:1 nam',
      '3:11 audio.volume',
      '4:10 audio.input',
      '6:11 wakeWord.engine',
      '9:10 speechToText.model',
      '10:12 speechToText.threads',
      '13:10 languageModel.model',
      '14:18 languageModel.contextTokens',
      '15:3 languageModel.systemMesage',
      '16:15 speechOutput',
      '18:26 conversation.limits.listeningMs',
      '19:21 handoff.enabled',
      '20:18 signals[0].on[0]',
      '21:1 host',
    ]);
  });

  test.each([
    ['kitchen.yaml:1:1: nam: is not known. Did you mean name?'],
    ['kitchen.yaml:3:11: audio.volume: must be at most 100, not 300. Write a number from 0 to 100.'],
    ['kitchen.yaml:4:10: audio.input: must be auto, alsa, pulse or pipewire, not "puls". Did you mean pulse?'],
    ['kitchen.yaml:6:11: wakeWord.engine: must be openWakeWord, porcupine or none, not "openWakeWrod". Did you mean openWakeWord?'],
    ['kitchen.yaml:10:12: speechToText.threads: must be at least 1, not 0. Write auto or a whole number from 1 to 256.'],
    ['kitchen.yaml:14:18: languageModel.contextTokens: must be a whole number from 256 to 32768, not "many".'],
    ['kitchen.yaml:15:3: languageModel.systemMesage: is not known for the engine exaone. Did you mean languageModel.systemMessage?'],
    ['kitchen.yaml:16:15: speechOutput: must be a section with "engine: espeakNg, say or sherpa", not "espeakNg".'],
    ['kitchen.yaml:21:1: host: belongs to profiles of kind host. Remove it, or write "kind: host".'],
  ])('says %s', async (line) => {
    expect(await lines(text)).toContain(line);
  });

  test('has no profile to use', async () => {
    expect((await check(text)).profile).toBeUndefined();
  });
});

describe('rules between fields', () => {
  test.each([
    [
      'a threshold that falls while speaking',
      'wakeWord: { engine: openWakeWord, threshold: 0.9, thresholdWhileSpeaking: 0.2 }',
      'wakeWord.thresholdWhileSpeaking',
    ],
    [
      'the same in the second choice',
      'wakeWord: { engine: porcupine, secondChoice: { engine: openWakeWord, threshold: 0.8 } }',
      'wakeWord.secondChoice.thresholdWhileSpeaking',
    ],
    ['a wake word twice', 'wakeWord: { engine: openWakeWord, words: [alexa, alexa] }', 'wakeWord.words'],
    ['a sentence longer than listening', 'endpointing: { maxMs: 30000 }', 'endpointing.maxMs'],
    ['Korean for an English engine', 'languages: [en, ko]', 'speechToText.engine'],
    [
      'Korean for an English model file',
      'languages: [ko]\nspeechToText: { engine: whisperServer, model: ./ggml-base.en.bin }',
      'speechToText.model',
    ],
    [
      'an answer as long as the context',
      'languageModel: { engine: exaone, model: tandem-starter, contextTokens: 512, maxAnswerTokens: 512 }',
      'languageModel.maxAnswerTokens',
    ],
    ['a model of another kind', 'languageModel: { engine: exaone, model: alexa }', 'languageModel.model'],
    ['an unknown voice', 'speechOutput: { engine: sherpa, model: piper-nobody }', 'speechOutput.model'],
    ['handing off without a broker', 'handoff: { enabled: true }', 'handoff.enabled'],
    ['a message without a broker', 'signals: [{ on: [asleep], mqtt: { topic: lamp } }]', 'signals[0].mqtt'],
    ['half a client certificate', 'mqtt: { certFile: device.pem }', 'mqtt.certFile'],
    ['quiet hours of no length', 'quietHours: { from: "22:00", to: "22:00" }', 'quietHours.to'],
  ])('%s is one mistake', async (_what, text, path) => {
    const { mistakes } = await check(`name: Kitchen\n${text}\n`);
    expect(mistakes.map((mistake) => mistake.path)).toEqual([path]);
    expect(mistakes[0]?.remedy ?? mistakes[0]?.message).toBeTruthy();
  });

  test('are looked at although another field of the section is wrong', async () => {
    const found = await check(
      'name: Kitchen\nwakeWord: { engine: openWakeWord, voiceGate: 7, threshold: 0.9, thresholdWhileSpeaking: 0.1 }\n',
    );
    expect(found.mistakes.map((mistake) => mistake.path)).toEqual(['wakeWord.voiceGate', 'wakeWord.thresholdWhileSpeaking']);
  });

  test('files that are not there yet are warnings', async () => {
    const { profile, warnings } = await check('name: Kitchen\nsecretsFile: secrets.yaml\n');
    expect(profile).toBeDefined();
    expect(warnings.map(({ path, line }) => [path, line])).toEqual([['secretsFile', 2]]);
  });
});

describe('a text that is no profile', () => {
  test.each([
    ['nothing at all', '', 'the profile is empty'],
    ['only a comment', '# nothing\n', 'the profile is empty'],
    ['a list', '- 1\n', 'a profile is a list of keys and values'],
    ['a tab', 'audio:\n\tvolume: 1\n', 'a tab is used to indent'],
    ['a key twice', 'name: a\nname: b\n', 'the same key is written twice'],
    ['two documents', 'name: a\n---\nname: b\n', 'there is more than one document (---)'],
    ['an unknown alias', 'name: *other\n', 'uses anchors (&) and aliases (*) in a way that cannot be read'],
  ])('%s', async (_what, text, message) => {
    const { mistakes, profile } = await check(text);
    expect(profile).toBeUndefined();
    expect(mistakes.map((mistake) => mistake.message)).toContain(message);
  });

  test('aliases that multiply are refused before they fill the memory', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, n) =>
        `a${n}: &a${n} [${Array(9)
          .fill(n === 0 ? 'x' : `*a${n - 1}`)
          .join(',')}]`,
    );
    const { mistakes } = await check(rows.join('\n'));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]?.message).toContain('aliases');
  });

  test('a hundred thousand brackets end in a few mistakes', async () => {
    const { mistakes } = await check(`name: ${'['.repeat(100_000)}`);
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes.length).toBeLessThanOrEqual(20);
  });

  test('keys that JavaScript treats specially are unknown keys', async () => {
    const { mistakes } = await check('name: Kitchen\n__proto__: { kind: host }\nconstructor: 1\n');
    expect(mistakes.map((mistake) => mistake.path)).toEqual(['__proto__', 'constructor']);
  });
});

test('a password in an address is refused and never shown', async () => {
  const text = (await lines('name: Kitchen\nmqtt: { url: "mqtt://me:hunter2@broker" }\n')).join();
  expect(text).toContain('mqtt.url');
  expect(text).not.toContain('hunter2');
});

test('a name is enough', async () => {
  const { profile, mistakes, warnings } = await check('name: Kitchen\n');
  expect(mistakes).toEqual([]);
  expect(warnings).toEqual([]);
  expect(profile).toMatchObject({
    kind: 'device',
    languages: ['en'],
    speechToText: { engine: 'pocketsphinx' },
    languageModel: { model: 'tandem-starter' },
  });
});

test('a host needs a model, and has no microphone', async () => {
  const good = await check('kind: host\nname: Attic\nlanguageModel: { engine: exaone, model: tandem-starter }\n');
  expect(good.profile).toMatchObject({ kind: 'host', host: { pool: 'home' }, mqtt: { url: 'mqtt://127.0.0.1:1883' } });
  expect(await lines('kind: host\nname: Attic\nwakeWord: { engine: none }\n')).toEqual([
    expect.stringContaining('languageModel: is missing'),
    expect.stringContaining('wakeWord: belongs to profiles of kind device'),
  ]);
});

describe('signals and buttons', () => {
  const profile = (section: string) => `name: Kitchen\nlanguageModel: { engine: exaone, model: exaone-3.5-2.4b-q4_k_m }\n${section}\n`;

  test.each([
    ['signals: [{ on: [listening] }]', 'signals[0]: lacks one of these: run, gpio or mqtt.'],
    ['signals: [{ on: [], run: [echo] }]', 'signals[0].on: must not be empty. Write a list.'],
    ['signals: [{ on: [asleep], run: ./lamp.sh }]', 'signals[0].run: must be a list, not "./lamp.sh". Write it in brackets: [./lamp.sh].'],
    [
      'signals: [{ on: [speaking], gpio: { line: 17 } }, { on: [listening], gpio: { line: 17 } }]',
      'signals[1].gpio.line: gpiochip0 line 17 belongs to signals[0] already. Name all its states in signals[0].on.',
    ],
    [
      'buttons: [{ gpio: { line: 5 }, does: talk }, { gpio: { chip: gpiochip1, line: 5 }, does: stop }]\nhardwareMute: { gpio: { line: 5 } }',
      'buttons[0].gpio.line: gpiochip0 line 5 belongs to hardwareMute already. Write another line.',
    ],
  ])('%s', async (section, mistake) => {
    const found = (await lines(profile(section))).filter((line) => /signals|buttons/.test(line));
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([mistake]);
  });
});
