import { z } from 'zod';
import { audioOptions } from '../audio/options.js';
import { buttonsOptions } from '../buttons/options.js';
import { handoffOptions, hostOptions, mqttOptions } from '../handoff/options.js';
import { languageModelOptions } from '../language-model/options.js';
import { muteSwitchOptions } from '../mute-switch/options.js';
import { routingOptions } from '../routing/options.js';
import { signalOptions } from '../signals/options.js';
import { speechOutputOptions } from '../speech-output/options.js';
import { speechToTextOptions } from '../speech-to-text/options.js';
import { stopWordOptions } from '../stop-word/options.js';
import { endpointingOptions, voiceActivityOptions } from '../voice-activity/options.js';
import { wakeWordOptions } from '../wake-word/options.js';
import { conversationOptions, languagesOptions, modelsOptions, privacyOptions, quietHoursOptions } from './sections.js';

/**
 * The profile: the only configuration. Each stage describes its own section in its `options.ts`; this file puts them together.
 * Objects are strict, so that a misspelt key is a mistake and not silence.
 */

const describing = {
  name: z.string().trim().min(1).max(60).describe('What the device is called, such as Kitchen.'),
  description: z.string().max(500).optional().describe('One sentence on what this profile is for.'),
  secretsFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'YAML or ENV file with PICOVOICE_ACCESS_KEY, TANDEM_MQTT_PASSWORD or TANDEM_API_KEY, relative to the profile, readable by you alone. Environment variables go before it.',
    ),
  models: modelsOptions,
};

/** The starter model, which comes with the project, so that a profile works before anything was downloaded. */
const starterModel = { engine: 'exaone', model: 'tandem-starter', contextTokens: 1024, maxAnswerTokens: 60, temperature: 0 } as const;

export const deviceProfile = z.strictObject({
  kind: z
    .literal('device')
    .default('device')
    .describe('device: a speaker that people talk to; host: a stronger machine that answers for devices.'),
  ...describing,
  languages: languagesOptions,
  audio: audioOptions.prefault({}).describe('Microphone, loudspeaker and the short sounds.'),
  wakeWord: wakeWordOptions,
  stopWord: stopWordOptions,
  voiceActivity: voiceActivityOptions,
  endpointing: endpointingOptions,
  speechToText: speechToTextOptions.prefault({ engine: 'pocketsphinx' }).describe('What turns speech into text.'),
  languageModel: languageModelOptions.prefault(starterModel).describe('What answers on the device.'),
  speechOutput: speechOutputOptions.prefault({ engine: 'espeakNg' }).describe('What speaks, and with which voice.'),
  conversation: conversationOptions,
  routing: routingOptions.prefault({}).describe('Which questions go to a host.'),
  handoff: handoffOptions.prefault({}).describe('Handing hard questions to a host over MQTT, and how long to wait for it.'),
  mqtt: mqttOptions.optional().describe('The broker; left out: no MQTT at all.'),
  signals: signalOptions,
  buttons: buttonsOptions,
  hardwareMute: muteSwitchOptions.optional(),
  privacy: privacyOptions,
  quietHours: quietHoursOptions.optional(),
});

export const hostProfile = z.strictObject({
  kind: z.literal('host').describe('device: a speaker that people talk to; host: a stronger machine that answers for devices.'),
  ...describing,
  languageModel: languageModelOptions.describe('What answers on the host.'),
  mqtt: mqttOptions.prefault({}).describe('The broker.'),
  host: hostOptions.prefault({}).describe('Whom the host serves, and how much at once.'),
});

export type DeviceProfile = z.output<typeof deviceProfile>;
export type HostProfile = z.output<typeof hostProfile>;
export type Profile = DeviceProfile | HostProfile;

/** The JSON Schema for editors: what may be written, with meaning, unit, range and default of each field. */
export function profileJsonSchema(): Record<string, unknown> {
  const { $schema, ...host } = z.toJSONSchema(hostProfile, { io: 'input' });
  const { $schema: _same, ...device } = z.toJSONSchema(deviceProfile, { io: 'input' });
  return {
    $schema,
    title: 'Tandem profile',
    description: 'Written by `tandem profile schema --write`; the sources are the options.ts files of the stages.',
    type: 'object',
    if: { type: 'object', properties: { kind: { const: 'host' } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word; the value is no function
    then: host,
    else: device,
  };
}
