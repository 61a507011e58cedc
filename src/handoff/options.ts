import { z } from 'zod';

/** What may stand between two slashes of a topic: no wildcard, no slash, no control character, nothing that a broker reads specially. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const id = () => z.string().regex(idPattern, 'must be 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit');
const milliseconds = (least: number, most: number) => z.number().int().min(least).max(most);

function isBrokerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'mqtt:' || url.protocol === 'mqtts:') && url.hostname !== '';
}

function hasNoAccount(text: string): boolean {
  return !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === '');
}

const brokerUrl = z
  .string()
  .refine(isBrokerUrl, 'must look like mqtt://HOST:1883 or mqtts://HOST:8883')
  .refine(hasNoAccount, 'must not hold an account: use username, and passwordFile or TANDEM_MQTT_PASSWORD');

/** How to reach the broker; device and host alike. */
export const mqttOptions = z.strictObject({
  url: brokerUrl.default('mqtt://127.0.0.1:1883').describe('Broker: mqtt://HOST:PORT, or mqtts://HOST:PORT for TLS.'),
  username: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe("Account on the broker; with this project's access list it is the name of the device or host."),
  passwordFile: z.string().min(1).optional().describe("File that holds the account's password; TANDEM_MQTT_PASSWORD goes before it."),
  caFile: z.string().min(1).optional().describe("Certificate of the CA that signed the broker's certificate (PEM)."),
  certFile: z.string().min(1).optional().describe('Client certificate (PEM), where the broker asks for one.'),
  keyFile: z.string().min(1).optional().describe('Key of the client certificate (PEM).'),
  protocol: z.enum(['auto', '5', '3.1.1']).default('auto').describe('MQTT version; auto tries 5, then 3.1.1.'),
  keepAliveSeconds: z.number().int().min(1).max(3600).default(10).describe('A silent connection is given up after 1.5 times this, s.'),
  connectTimeoutMs: milliseconds(100, 60_000).default(5_000).describe('Longest wait for the broker to answer, ms.'),
  reconnectMinMs: milliseconds(10, 60_000).default(250).describe('First wait before connecting again; doubles with each failure, ms.'),
  reconnectMaxMs: milliseconds(10, 600_000).default(10_000).describe('Longest wait before connecting again, ms.'),
  outgoingLimit: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(256)
    .describe('Messages that the broker has not confirmed yet; more are refused.'),
});
export type MqttOptions = z.infer<typeof mqttOptions>;

/** The device's side: whom it asks, and how long it waits. */
export const handoffOptions = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe('Hard questions go to a host when one is there. False: the broker is for lamps, commands and other devices alone.'),
  device: id().optional().describe("This device's name in topics; where absent that of its account on the broker, else the machine's."),
  pool: id().default('home').describe('Which hosts to ask: those that serve this pool.'),
  acceptedTimeoutMs: milliseconds(10, 60_000).default(400).describe('Longest wait until a host has taken the question, ms.'),
  firstTextTimeoutMs: milliseconds(10, 600_000).default(8_000).describe('Longest wait from there to the first text, ms.'),
  idleTimeoutMs: milliseconds(10, 600_000).default(4_000).describe('Longest wait from one text to the next, ms.'),
  deadlineMs: milliseconds(10, 600_000).default(60_000).describe('Longest time for the whole answer, ms.'),
  gapTimeoutMs: milliseconds(10, 60_000).default(500).describe('Longest wait for a missing part before asking for it again, ms.'),
  maxTokens: z.number().int().min(1).max(8_192).default(512).describe('Longest answer, tokens.'),
  attempts: z.number().int().min(1).max(16).default(3).describe('Hosts that are asked before the device answers itself.'),
  staleAfterMs: milliseconds(100, 600_000).default(16_000).describe('A host not heard from for this long is not counted on, ms.'),
  claimWindowMs: milliseconds(0, 5_000)
    .default(700)
    .describe('Devices that hear the same wake word within this time heard the same person, ms.'),
  claimTimeoutMs: milliseconds(1, 5_000)
    .default(150)
    .describe('Longest wait for the broker to say who was first; none where the device is alone, ms.'),
});
export type HandoffOptions = z.infer<typeof handoffOptions>;

/** The host's side: whom it serves, and how much at once. */
export const hostOptions = z.strictObject({
  name: id().optional().describe("This host's name in topics; where absent that of its account on the broker, else the machine's."),
  pool: id().default('home').describe('The pool that it serves.'),
  queueLimit: z.number().int().min(0).max(1_000).default(16).describe('Questions that may wait.'),
  perDeviceLimit: z.number().int().min(1).max(1_000).default(3).describe('Of these, from one device (the running one counts too).'),
  maxConcurrent: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Answers generated at once; more than 1 helps only where the engine batches.'),
  maxTokens: z.number().int().min(1).max(8_192).default(1_024).describe('Longest answer, tokens.'),
  maxDeadlineMs: milliseconds(1_000, 600_000).default(120_000).describe('Longest time for one question, whatever the device allows, ms.'),
  heartbeatMs: milliseconds(50, 60_000).default(5_000).describe('How often the host says that it is there, ms.'),
  drainTimeoutMs: milliseconds(0, 600_000).default(60_000).describe('Longest wait for what still runs when it is told to end, ms.'),
  rememberRequests: z.number().int().min(1).max(10_000).default(256).describe('Finished answers kept to repeat parts that got lost.'),
  rememberMs: milliseconds(1_000, 3_600_000).default(300_000).describe('How long they are kept, ms.'),
});
export type HostOptions = z.infer<typeof hostOptions>;
