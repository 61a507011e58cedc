import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { openTalk, type TalkOptions } from '../device/open.js';
import { UsageError } from '../errors.js';
import { EventFile } from '../events/eventFile.js';
import { EventLog, withoutSpeech } from '../events/eventLog.js';
import { loadDeviceProfile } from '../profile/load.js';
import { mistakeText } from '../profile/mistake.js';
import { logToStderr } from './log.js';
import { stopOnSignals } from './signals.js';
import { answerLines, KEYS, watchKeys } from './talkInput.js';
import { TalkScreen } from './talkScreen.js';

interface Flags extends TalkOptions {
  readonly profile: string;
  readonly in: string;
  readonly events?: string;
}

export function register(program: Command): void {
  program
    .command('talk')
    .description('listen for the wake word, answer questions')
    .option('--profile <name|file>', 'device profile', 'starter')
    .option('--in <where>', 'mic, a WAV file, or - for a WAV file from standard input', 'mic')
    .option('--out <where>', 'speaker, or a WAV file for what the speaker would have played', 'speaker')
    .option('--fast', 'a file as fast as it can be instead of at its own pace; needs --in FILE and --out FILE')
    .option('--text', 'no sound: questions from standard input, a line each; answers to standard output')
    .option('--mqtt <url>', "the broker, instead of the profile's")
    .option('--events <file.jsonl>', 'write what happens to a file, with what was said')
    .action(talk);
}

async function talk(flags: Flags): Promise<void> {
  checkFlags(flags);
  const loaded = await loadDeviceProfile(flags.profile);
  for (const warning of loaded.warnings) process.stderr.write(`tandem: ${mistakeText(warning)}\n`);
  const events = new EventLog();
  const stopping = stopOnSignals();
  const screen = new TalkScreen(flags.text === true);
  // On a terminal the person sees what was understood; anywhere else standard error may be a journal, which is a log.
  events.listen((event) => screen.show(process.stderr.isTTY || loaded.profile.privacy.logSpeech ? event : withoutSpeech(event)));
  const file =
    flags.events === undefined
      ? undefined
      : await EventFile.open(flags.events, events, (error) => {
          screen.problem(`${error.message} ${error.remedy ?? ''}`);
          process.exitCode = 1;
        });
  try {
    const running = await openTalk(loaded, flags, events, logToStderr());
    const giveKeysBack = flags.text !== true && flags.in === 'mic' ? watchKeys(running.device, stopping.stop) : () => {};
    try {
      if (flags.text === true) await answerLines(running.device, loaded.profile.languages, stopping.signal);
      else {
        if (flags.in === 'mic' && process.stdin.isTTY) screen.hint(KEYS);
        await running.listen(stopping.signal);
      }
    } finally {
      giveKeysBack();
      await running.close();
    }
  } finally {
    stopping.dispose();
    await file?.close();
  }
  if (flags.out !== 'speaker') screen.hint(`wrote ${flags.out}`);
}

function checkFlags(flags: Flags): void {
  const withSound = flags.in !== 'mic' || flags.out !== 'speaker' || flags.fast === true;
  if (flags.text === true && withSound) {
    throw new UsageError('--text uses no sound: it goes with neither --in, --out nor --fast.');
  }
  if (flags.fast === true && (flags.in === 'mic' || flags.out === 'speaker')) {
    throw new UsageError('--fast replays a file into a file.', 'Give --in FILE.wav and --out FILE.wav with it.');
  }
  if (isSameFile(flags.in, flags.out)) throw new UsageError('--in and --out are the same file: what is heard would be overwritten.');
  if (flags.events !== undefined && (isSameFile(flags.events, flags.in) || isSameFile(flags.events, flags.out))) {
    throw new UsageError('--events is the same file as --in or --out.');
  }
}

function isSameFile(a: string, b: string): boolean {
  return realPath(a) === realPath(b);
}

/** Also where it is not there yet. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}
