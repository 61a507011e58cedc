import { startHelper } from '../programs/helperProgram.js';
import type { GpioLine, InputLine } from './options.js';

/**
 * The command lines of libgpiod's programs. Versions 1 (Debian 12) and 2 (Debian 13, Raspberry Pi OS of 2025) take other options for
 * the same thing; `gpioset --version` says which are installed.
 */
export class Libgpiod {
  private readonly version: 1 | 2;

  private constructor(version: 1 | 2) {
    this.version = version;
  }

  /** Undefined where the programs are not installed. */
  static async find(): Promise<Libgpiod | undefined> {
    const text = await printed(['gpioset', '--version']);
    const major = /v?(\d+)\.\d+/.exec(text)?.[1];
    return major === undefined ? undefined : new Libgpiod(Number(major) >= 2 ? 2 : 1);
  }

  /** Drives the line active and holds it so until the program is ended: a line that nobody holds may fall back. */
  hold(line: GpioLine): readonly string[] {
    return this.version === 1
      ? ['gpioset', '--mode=signal', ...polarity(line), line.chip, `${line.line}=1`]
      : ['gpioset', ...polarity(line), '--chip', line.chip, `${line.line}=1`];
  }

  /** Drives the line inactive and ends at once. */
  clear(line: GpioLine): readonly string[] {
    return this.version === 1
      ? ['gpioset', '--mode=exit', ...polarity(line), line.chip, `${line.line}=0`]
      : ['gpioset', '--toggle', '0', ...polarity(line), '--chip', line.chip, `${line.line}=0`];
  }

  /** Prints a line at each change, until it is ended; see `isActiveEdge`. */
  watch(line: InputLine): readonly string[] {
    const common = [...input(line), '--format=%e'];
    return this.version === 1
      ? ['gpiomon', '--line-buffered', ...common, line.chip, String(line.line)]
      : ['gpiomon', '--edges=both', ...common, '--chip', line.chip, String(line.line)];
  }

  /** Whether the line is active now; undefined where it can't be read. */
  async isActive(line: InputLine): Promise<boolean | undefined> {
    const command =
      this.version === 1
        ? ['gpioget', ...input(line), line.chip, String(line.line)]
        : ['gpioget', '--numeric', ...input(line), '--chip', line.chip, String(line.line)];
    const text = (await printed(command)).trim();
    return text === '1' ? true : text === '0' ? false : undefined;
  }
}

/** Whether a line of `watch` says that the pin became active. Version 1 prints 0 for the other edge, version 2 prints 2. */
export function isActiveEdge(printedLine: string): boolean {
  return printedLine === '1';
}

function polarity({ activeLow }: GpioLine): readonly string[] {
  return activeLow ? ['--active-low'] : [];
}

function input(line: InputLine): readonly string[] {
  return [...polarity(line), ...(line.bias === 'as-is' ? [] : [`--bias=${line.bias}`])];
}

/** A program that only prints something is quick; longer than this it hangs, ms. */
const PRINTED_LIMIT_MS = 3_000;

async function printed(command: readonly string[]): Promise<string> {
  const program = startHelper(command);
  let text = '';
  program.output.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(0, 2_000);
  });
  const limit = setTimeout(() => void program.stop(0), PRINTED_LIMIT_MS);
  const drained = new Promise<void>((resolve) => program.output.once('close', resolve));
  await program.ended;
  clearTimeout(limit);
  await drained;
  return text;
}
