import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { GpioLine } from '../gpio/options.js';
import type { Catalogue, ModelKind } from '../models/catalogue.js';
import { looksLikePath } from '../models/resolve.js';
import { nearest } from '../nearest.js';
import type { Explanation } from './explain.js';
import { type Path, pathText } from './mistake.js';
import type { DeviceProfile, HostProfile } from './schema.js';
import { isOpenToOthers } from './secrets.js';

/** Rules between fields, and between a profile and what exists. They look at whatever could be read. */

/** What could be read of a profile: sections with mistakes lack what was wrong, or are missing. */
export interface PartialProfiles {
  readonly device?: Partial<DeviceProfile>;
  readonly host?: Partial<HostProfile>;
}

export interface Surroundings {
  readonly folder: string;
  readonly catalogue: Catalogue;
}

interface Findings {
  readonly mistakes: Explanation[];
  readonly warnings: Explanation[];
}

export async function crossRules(profiles: PartialProfiles, around: Surroundings): Promise<Findings> {
  const findings: Findings = { mistakes: [], warnings: [] };
  const { device, host } = profiles;
  if (device !== undefined) {
    wakeWordRules(device, findings);
    timeRules(device, findings);
    languageRules(device, around, findings);
    messagingRules(device, findings);
    lineRules(device, findings);
    speechModelRules(device, around, findings);
  }
  const either = device ?? host;
  if (either !== undefined) {
    answerRules(either, around, findings);
    brokerRules(either, findings);
    await fileRules(either, around, findings);
  }
  return findings;
}

type Device = NonNullable<PartialProfiles['device']>;
type Either = Pick<Device, 'languageModel' | 'mqtt' | 'secretsFile'>;

function wrong(path: Path, message: string, remedy: string): Explanation {
  return { path, at: 'value', message, remedy };
}

function wakeWordRules(device: Device, { mistakes }: Findings): void {
  const openWakeWord = (options: Device['wakeWord'], path: Path) => {
    if (options?.engine !== 'openWakeWord' || options.thresholdWhileSpeaking >= options.threshold) return;
    const message = `must not be below the threshold (${options.threshold}), or the device wakes itself more easily while it speaks`;
    mistakes.push(wrong([...path, 'thresholdWhileSpeaking'], message, `Write a number from ${options.threshold} to 1.`));
  };
  const options = device.wakeWord;
  openWakeWord(options, ['wakeWord']);
  if (options?.engine === 'porcupine') openWakeWord(options.secondChoice, ['wakeWord', 'secondChoice']);
}

function timeRules(device: Device, { mistakes }: Findings): void {
  const { endpointing, conversation, quietHours, handoff } = device;
  if (endpointing !== undefined && conversation !== undefined) {
    const limit = conversation.limits.listeningMs;
    for (const field of ['maxMs', 'nothingSaidMs'] as const) {
      if (endpointing[field] < limit) continue;
      const message = `must be shorter than conversation.limits.listeningMs (${limit}), which would end listening first`;
      mistakes.push(wrong(['endpointing', field], message, `Write less than ${limit}, or raise that limit.`));
    }
    const { silenceMs, longerAfterMs } = endpointing;
    if (silenceMs !== undefined && longerAfterMs !== undefined && longerAfterMs < silenceMs) {
      mistakes.push(
        wrong(['endpointing', 'longerAfterMs'], `must not be shorter than silenceMs (${silenceMs})`, `Write at least ${silenceMs}.`),
      );
    }
  }
  if (quietHours !== undefined && quietHours.from === quietHours.to) {
    mistakes.push(
      wrong(['quietHours', 'to'], 'is the same time as from, so there are no quiet hours', 'Write another time, or leave quietHours out.'),
    );
  }
  if (handoff !== undefined && handoff.firstTextTimeoutMs >= handoff.deadlineMs) {
    const message = `must be shorter than deadlineMs (${handoff.deadlineMs})`;
    mistakes.push(wrong(['handoff', 'firstTextTimeoutMs'], message, `Write less than ${handoff.deadlineMs}.`));
  }
}

function languageRules(device: Device, { catalogue }: Surroundings, { mistakes }: Findings): void {
  const { languages, speechToText } = device;
  if (languages === undefined || speechToText === undefined || !languages.includes('ko')) return;
  const korean = 'Use whisperServer with a multilingual model, such as whisper-base, or remove ko from languages.';
  if (speechToText.engine === 'pocketsphinx') {
    mistakes.push(wrong(['speechToText', 'engine'], 'pocketsphinx understands English only, but languages has ko', korean));
  } else if (catalogue.find(speechToText.model)?.languages.includes('ko') === false || /\.en\b/.test(speechToText.model)) {
    mistakes.push(wrong(['speechToText', 'model'], `${speechToText.model} understands English only, but languages has ko`, korean));
  }
}

function messagingRules(device: Device, { mistakes }: Findings): void {
  if (device.mqtt !== undefined) return;
  const remedy = 'Add a section "mqtt:" with the url of the broker, such as mqtt://127.0.0.1:1883.';
  if (device.handoff?.enabled === true)
    mistakes.push(wrong(['handoff', 'enabled'], 'handing off needs a broker, but there is no mqtt section', remedy));
  device.signals?.forEach((signal, index) => {
    if ('mqtt' in signal) mistakes.push(wrong(['signals', index, 'mqtt'], 'needs a broker, but there is no mqtt section', remedy));
  });
}

/** A pin belongs to one program at a time: whoever comes second would find it busy. */
function lineRules({ signals, buttons, hardwareMute }: Device, { mistakes }: Findings): void {
  const users: readonly (readonly [Path, object])[] = [
    ...(hardwareMute === undefined ? [] : [[['hardwareMute'], hardwareMute] as const]),
    ...(signals ?? []).map((signal, index) => [['signals', index], signal] as const),
    ...(buttons ?? []).map((button, index) => [['buttons', index], button] as const),
  ];
  const used = new Map<string, Path>();
  for (const [path, user] of users) {
    const gpio = (user as { readonly gpio?: GpioLine }).gpio;
    if (gpio === undefined) continue;
    const pin = `${gpio.chip} line ${gpio.line}`;
    const first = used.get(pin);
    if (first === undefined) used.set(pin, path);
    else {
      const together = first[0] === 'signals' && path[0] === 'signals';
      const remedy = together ? `Name all its states in ${pathText(first)}.on.` : 'Write another line.';
      mistakes.push(wrong([...path, 'gpio', 'line'], `${pin} belongs to ${pathText(first)} already`, remedy));
    }
  }
}

function brokerRules({ mqtt }: Either, { mistakes, warnings }: Findings): void {
  if (mqtt === undefined) return;
  if ((mqtt.certFile === undefined) !== (mqtt.keyFile === undefined)) {
    const has = mqtt.certFile === undefined ? 'keyFile' : 'certFile';
    const lacks = mqtt.certFile === undefined ? 'certFile' : 'keyFile';
    mistakes.push(wrong(['mqtt', has], `needs ${lacks} beside it`, 'A client certificate is two files: certFile and keyFile.'));
  }
  if (mqtt.reconnectMaxMs < mqtt.reconnectMinMs) {
    mistakes.push(
      wrong(
        ['mqtt', 'reconnectMaxMs'],
        `must not be below reconnectMinMs (${mqtt.reconnectMinMs})`,
        `Write at least ${mqtt.reconnectMinMs}.`,
      ),
    );
  }
  if (mqtt.caFile !== undefined && mqtt.url.startsWith('mqtt:')) {
    warnings.push(
      wrong(['mqtt', 'caFile'], 'is not used, because the url begins with mqtt:// and so has no TLS', 'Write mqtts:// in mqtt.url.'),
    );
  }
}

function answerRules({ languageModel: model }: Either, { catalogue }: Surroundings, { mistakes }: Findings): void {
  if (model === undefined) return;
  if (model.maxAnswerTokens >= model.contextTokens) {
    const message = `must leave room for the question within contextTokens (${model.contextTokens})`;
    mistakes.push(wrong(['languageModel', 'maxAnswerTokens'], message, `Write less than ${model.contextTokens}.`));
  }
  if (model.engine !== 'exaone') return;
  modelName(catalogue, 'language-model', model.model, ['languageModel', 'model'], mistakes);
  if (model.draftModel !== undefined) modelName(catalogue, 'language-model', model.draftModel, ['languageModel', 'draftModel'], mistakes);
}

function speechModelRules(device: Device, { catalogue }: Surroundings, { mistakes }: Findings): void {
  const { speechToText: heard, speechOutput: spoken } = device;
  if (heard !== undefined && 'model' in heard) modelName(catalogue, 'speech-to-text', heard.model, ['speechToText', 'model'], mistakes);
  if (spoken?.engine === 'sherpa') modelName(catalogue, 'voice', spoken.model, ['speechOutput', 'model'], mistakes);
  if (spoken?.otherLanguage?.engine === 'sherpa') {
    modelName(catalogue, 'voice', spoken.otherLanguage.model, ['speechOutput', 'otherLanguage', 'model'], mistakes);
  }
}

function modelName(catalogue: Catalogue, kind: ModelKind, name: string, path: Path, mistakes: Explanation[]): void {
  if (looksLikePath(name)) return;
  const entry = catalogue.find(name);
  if (entry?.kind === kind) return;
  const known = catalogue.ofKind(kind).map((model) => model.name);
  const meant = nearest(name, known);
  const message =
    entry === undefined ? `no model is called ${JSON.stringify(name)}` : `${name} is a ${entry.kind} model, not a ${kind} model`;
  const names = known.length <= 8 ? `Known: ${known.join(', ')}` : '`tandem models list` shows the names';
  mistakes.push(
    wrong(path, message, `${meant === undefined ? '' : `Did you mean ${meant}? `}${names}; a path of your own has a slash in it.`),
  );
}

async function fileRules(profile: Either, { folder }: Surroundings, { warnings }: Findings): Promise<void> {
  const named: readonly (readonly [Path, string | undefined, 'secret' | 'public'])[] = [
    [['secretsFile'], profile.secretsFile, 'secret'],
    [['mqtt', 'passwordFile'], profile.mqtt?.passwordFile, 'secret'],
    [['mqtt', 'keyFile'], profile.mqtt?.keyFile, 'secret'],
    [['mqtt', 'certFile'], profile.mqtt?.certFile, 'public'],
    [['mqtt', 'caFile'], profile.mqtt?.caFile, 'public'],
  ];
  for (const [path, name, secrecy] of named) {
    if (name === undefined) continue;
    const file = resolve(folder, name);
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (!there)
      warnings.push(
        wrong(path, `the file ${file} is not there or can't be read`, 'Create it, or correct the path (relative to the profile).'),
      );
    else if (secrecy === 'secret' && (await isOpenToOthers(file))) {
      warnings.push(wrong(path, `${file} can be read by other users of this machine`, `Run: chmod 600 ${file}`));
    }
  }
}
