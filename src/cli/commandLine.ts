import { Command, CommanderError } from 'commander';
import { isAborted, TandemError, UsageError } from '../errors.js';
import { programVersion } from '../version.js';

interface CommandFile {
  register(program: Command): void;
}

/** Each command is one file here. */
const COMMANDS: readonly (() => Promise<CommandFile>)[] = [
  () => import('./talk.js'),
  () => import('./host.js'),
  () => import('./profile.js'),
  () => import('./models.js'),
  () => import('./evaluate.js'),
  () => import('./doctor.js'),
  () => import('./scenario.js'),
];

/** Runs one command. Resolves with the exit code: 0 done, 1 it failed, 2 wrong usage, 130 ended by Ctrl-C. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const program = new Command('tandem')
    .description('A voice assistant that needs no cloud.')
    .version(programVersion())
    .option('--verbose', 'show the stack trace of an error')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(see --help)');
  for (const load of COMMANDS) (await load()).register(program);
  inherit(program);
  const verbose = argv.includes('--verbose');
  try {
    await program.parseAsync(argv.filter((word) => word !== '--verbose'));
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    return report(error, verbose);
  }
}

/** Sub-commands end and report as the program does. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .showHelpAfterError(`(see ${commandPath(child)} --help)`);
    inherit(child);
  }
}

function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

function report(error: unknown, verbose: boolean): number {
  // Commander has already said what was wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isAborted(error)) return 130;
  if (error instanceof TandemError) {
    process.stderr.write(`tandem: ${error.message}${error.remedy === undefined ? '' : ` ${error.remedy}`}\n`);
  } else {
    process.stderr.write(`tandem: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!verbose) process.stderr.write('This was not foreseen. --verbose shows where it happened.\n');
  }
  if (verbose && error instanceof Error) process.stderr.write(`${stackOf(error)}\n`);
  return error instanceof UsageError ? 2 : 1;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
