import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { openTalk } from '../device/open.js';
import { Notices } from '../device/speaking/notices.js';
import type { TalkOptions } from '../device/talkOptions.js';
import { throwIfAborted, UsageError } from '../errors.js';
import { EventFile } from '../events/eventFile.js';
import { EventLog, withoutSpeech } from '../events/eventLog.js';
import { type Asked, type Beginning, begin, type Later, type Recommender } from '../first-evening/begin.js';
import { talkOn } from '../first-evening/changeOver.js';
import { type GetReadyOptions, getReady } from '../first-evening/getReady.js';
import { mistakeText } from '../profile/mistake.js';
import { DownloadLine } from './downloadLine.js';
import { logToStderr } from './log.js';
import { stopOnSignals } from './signals.js';
import { answerLines, KEYS, QuestionLines, watchKeys } from './talkInput.js';
import { TalkScreen } from './talkScreen.js';

interface Flags extends TalkOptions {
  readonly profile?: string;
  readonly in: string;
  readonly yes?: boolean;
  readonly events?: string;
}

/** What tests have of their own. */
export interface TalkSurroundings {
  readonly recommender?: Recommender;
  readonly preparing?: Pick<GetReadyOptions, 'pull' | 'build' | 'againAfterMs'>;
  readonly input?: NodeJS.ReadableStream;
}

export function register(program: Command): void {
  program
    .command('talk')
    .description('listen for the wake word, answer questions')
    .option('--profile <name|file>', 'device profile (standard: the recommended one if you said yes to it, else starter)')
    .option('--yes', 'say yes to the recommended profile, its downloads and their licences without being asked')
    .option('--in <where>', 'mic, a WAV file, or - for a WAV file from standard input', 'mic')
    .option('--out <where>', 'speaker, or a WAV file for what the speaker would have played', 'speaker')
    .option('--fast', 'a file as fast as it can be instead of at its own pace; needs --in FILE and --out FILE')
    .option('--text', 'no sound: questions from standard input, a line each; answers to standard output')
    .option('--mqtt <url>', "the broker, instead of the profile's; its hosts get hard questions")
    .option('--events <file.jsonl>', 'write what happens to a file, with what was said')
    .action((flags: Flags) => talk(flags));
}

export async function talk(flags: Flags, surroundings: TalkSurroundings = {}): Promise<void> {
  checkFlags(flags);
  const stopping = stopOnSignals();
  const screen = new TalkScreen(flags.text === true);
  try {
    const asked: Asked = {
      profile: flags.profile,
      live: flags.in === 'mic' && flags.out === 'speaker',
      yes: flags.yes === true,
      canAsk: process.stdin.isTTY && process.stderr.isTTY,
      signal: stopping.signal,
      say: (line) => screen.hint(line),
      trouble: (error) => screen.trouble(error),
    };
    const beginning = await begin(asked, surroundings.recommender);
    await talkFrom(beginning, flags, { screen, stopping, surroundings });
  } finally {
    stopping.dispose();
  }
  if (flags.out !== 'speaker') screen.hint(`wrote ${flags.out}`);
  // A conversation has no end of its own; a file has one, and was not heard to it.
  if (flags.in !== 'mic') throwIfAborted(stopping.signal, 'command-line');
}

interface Setting {
  readonly screen: TalkScreen;
  readonly stopping: ReturnType<typeof stopOnSignals>;
  readonly surroundings: TalkSurroundings;
}

/** Talks; where a better profile is coming, fetches it meanwhile and changes over to it. */
async function talkFrom(beginning: Beginning, flags: Flags, { screen, stopping, surroundings }: Setting): Promise<void> {
  const { profile, warnings } = beginning.loaded;
  for (const warning of warnings) screen.problem(mistakeText(warning));
  const events = new EventLog();
  // On a terminal the person sees what was understood; anywhere else standard error may be a journal, which is a log.
  events.listen((event) => screen.show(process.stderr.isTTY || profile.privacy.logSpeech ? event : withoutSpeech(event)));
  const file =
    flags.events === undefined
      ? undefined
      : await EventFile.open(flags.events, events, (error) => {
          screen.trouble(error);
          process.exitCode = 1;
        });
  const lines = flags.text === true ? new QuestionLines(surroundings.input) : undefined;
  const log = logToStderr((line) => screen.write(line));
  try {
    await talkOn(beginning, {
      open: (loaded, needsModel) => openTalk(loaded, { ...flags, needsModel, signal: stopping.signal }, events, log),
      converse: async ({ device, listen }, loaded, signal) => {
        if (lines !== undefined) return await answerLines(device, loaded.profile.languages, lines, screen, signal);
        const giveKeysBack = flags.in === 'mic' ? watchKeys(device, stopping.stop) : () => {};
        if (flags.in === 'mic' && process.stdin.isTTY) screen.hint(KEYS);
        try {
          await listen(signal);
        } finally {
          giveKeysBack();
        }
      },
      prepare: (later, signal) => prepare(later, signal, screen, { ...surroundings.preparing, withBar: lines === undefined }),
      onChanged: ({ device }, { profile }) => {
        const [language = 'en'] = profile.languages;
        const text = Notices.load().changedOver(language);
        screen.hint(`Changed over to ${profile.name} and the models that were downloaded.`);
        // With --text, standard output has the answers and nothing else.
        if (lines === undefined) void device.alerts.add({ id: 'changed-over', text, language, kind: 'notice' });
      },
      onTrouble: (error) => screen.trouble(error),
      stop: stopping.signal,
    });
  } finally {
    lines?.close();
    await file?.close();
  }
}

/** Fetches and builds what the later profile lacks, and shows how far it is. Resolves with whether it can be used. */
async function prepare(
  { loaded, needs }: Later,
  signal: AbortSignal,
  screen: TalkScreen,
  { withBar, ...own }: TalkSurroundings['preparing'] & { readonly withBar: boolean },
): Promise<boolean> {
  const line = new DownloadLine(screen, withBar && process.stderr.isTTY);
  const { mirror, parallel } = loaded.profile.models;
  if (needs.whisper) screen.hint('Building Whisper for this processor meanwhile, which takes some minutes.');
  const ready = await getReady(needs, {
    pull: { mirror, parallel },
    ...own,
    signal,
    onProgress: (progress) => line.update(progress),
    onFetched: () => line.end(),
    onTrouble: (error) => screen.trouble(error),
  });
  if (!ready && !signal.aborted) screen.hint('This stays the practice model; the next start goes on with what is missing.');
  return ready;
}

function checkFlags(flags: Flags): void {
  for (const name of ['profile', 'in', 'out', 'mqtt', 'events'] as const) {
    if (flags[name] === '') throw new UsageError(`--${name} is empty: nothing is named.`);
  }
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
