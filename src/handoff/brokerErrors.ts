import { ErrorWithReasonCode } from 'mqtt';
import { codeOf, TandemError } from '../errors.js';

interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

function brokerError(explanation: Explanation, cause: unknown): TandemError {
  return new TandemError({ ...explanation, stage: 'handoff', cause });
}

/** The account or the certificate is wrong: trying again with the same changes nothing. */
export function isHopeless(error: TandemError): boolean {
  return ['broker-unauthorised', 'broker-certificate', 'broker-file', 'broker-version'].includes(error.code);
}

const unauthorised = new Set([4, 5, 0x86, 0x87, 0x8a]);
/** MQTT 5 alone says so; a 3.1.1 broker just hangs up. */
const takenOver = 0x8e;
const otherVersion = new Set([1, 0x84]);

/** True where the broker may speak 3.1.1 and not 5: it says so, or it hangs up at the first packet. */
export function speaksAnotherVersion(error: TandemError): boolean {
  return error.code === 'broker-version' || error.code === 'broker-closed';
}

/**
 * What went wrong on the way to the broker, as one sentence and what to do; `at`: its address without account or password. Codes:
 * `broker-refused` (nothing listens there), `broker-unreachable` (no answer), `broker-unknown` (no such name), `broker-unauthorised`,
 * `broker-certificate`, `broker-version` (speaks another MQTT), `broker-closed` (hung up), `broker-name-taken`.
 */
export function explainBrokerError(error: unknown, at: string): TandemError {
  if (error instanceof TandemError) return error;
  return brokerError(explanationOf(error, at), error);
}

function explanationOf(error: unknown, at: string): Explanation {
  const code = codeOf(error);
  if (error instanceof ErrorWithReasonCode) {
    if (unauthorised.has(error.code)) {
      return {
        code: 'broker-unauthorised',
        message: `The broker at ${at} does not accept the account.`,
        remedy: 'Check mqtt.username and the password (mqtt.passwordFile or TANDEM_MQTT_PASSWORD), or the client certificate.',
      };
    }
    if (error.code === takenOver) {
      return {
        code: 'broker-name-taken',
        message: `Another program has connected to ${at} under the same name.`,
        remedy: 'Give each device and each host a name of its own: handoff.device, host.name or mqtt.username.',
      };
    }
    if (otherVersion.has(error.code)) {
      return {
        code: 'broker-version',
        message: `The broker at ${at} speaks another version of MQTT.`,
        remedy: 'Set mqtt.protocol to auto, 5 or 3.1.1, whichever it knows.',
      };
    }
  }
  if (code === 'ECONNREFUSED') {
    return {
      code: 'broker-refused',
      message: `Nothing listens at ${at}.`,
      remedy: 'Start the broker there, correct mqtt.url, or try "tandem host --broker", which brings its own.',
    };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      code: 'broker-unknown',
      message: `The name of the broker at ${at} is not known in this network.`,
      remedy: 'Check the spelling in mqtt.url, or use the address in numbers.',
    };
  }
  if (isCertificateProblem(code)) {
    return {
      code: 'broker-certificate',
      message: `The TLS certificate of the broker at ${at} does not fit (${code}).`,
      remedy: 'Set mqtt.caFile to the certificate of the CA that signed it, and use the name that the certificate was made for.',
    };
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code === 'ECONNRESET' || code === 'EPIPE' || code === 'closed') {
    return {
      code: 'broker-closed',
      message: `The broker at ${at} hung up.`,
      remedy: 'Check that mqtt:// goes to a plain port (1883) and mqtts:// to a TLS port (8883), and look at the log of the broker.',
    };
  }
  return {
    code: 'broker-unreachable',
    message: `The broker at ${at} does not answer${code === '' ? '' : ` (${code})`}.`,
    remedy: 'Check that the broker runs, that this machine is in the same network, and that no firewall is between them.',
  };
}

function isCertificateProblem(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code);
}

/** The connection closed before the broker had answered, with no reason of its own. */
export function closedError(at: string): TandemError {
  return explainBrokerError(Object.assign(new Error('closed'), { code: 'closed' }), at);
}

export function silentError(at: string, waitedMs: number): TandemError {
  return brokerError(
    {
      code: 'broker-unreachable',
      message: `The broker at ${at} did not answer within ${waitedMs} ms.`,
      remedy: 'Check that the broker runs, that this machine is in the same network, and that no firewall is between them.',
    },
    undefined,
  );
}

/** `broker-file`: a certificate or password file can't be read. `what`: the field of the profile's `mqtt` section that names it. */
export function fileError(what: string, path: string, cause: unknown): TandemError {
  return brokerError(
    { code: 'broker-file', message: `The file for ${what}, ${path}, can't be read.`, remedy: `Correct mqtt.${what} or the file's rights.` },
    cause,
  );
}
