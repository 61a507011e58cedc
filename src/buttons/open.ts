import type { EventLog } from '../events/eventLog.js';
import { isActiveEdge, Libgpiod } from '../gpio/libgpiod.js';
import { KeptProgram } from '../programs/keptProgram.js';
import type { ButtonOptions } from './options.js';
import { PressFilter } from './pressFilter.js';

export type ButtonAction = 'talk' | 'stop' | 'mute' | 'unmute' | 'toggle-mute';

interface ButtonParts {
  readonly events: EventLog;
  /** Of the profile. */
  readonly folder: string;
  readonly onPress: (action: ButtonAction) => void;
}

/** What a program may print. */
const WORDS: readonly ButtonAction[] = ['talk', 'stop', 'mute', 'unmute'];

/** The buttons of a profile; they work until `close`. One that doesn't is worth one line and is tried again and again. */
export async function openButtons(
  options: readonly ButtonOptions[],
  { events, folder, onPress }: ButtonParts,
): Promise<{ close(): Promise<void> }> {
  const libgpiod = options.some((button) => 'gpio' in button) ? await Libgpiod.find() : undefined;
  const programs: KeptProgram[] = [];
  for (const button of options) {
    let warned = false;
    const onEnd = (why: string): void => {
      if (warned) return;
      warned = true;
      events.emit({ event: 'notice', code: 'button-failed', message: `The button ${nameOf(button)} does not work (${why}).` });
    };
    if ('watch' in button) {
      const onLine = (line: string): void => {
        const action = WORDS.find((word) => word === line);
        if (action !== undefined) onPress(action);
      };
      programs.push(new KeptProgram(button.watch, { folder, onLine, onEnd }));
    } else if (libgpiod === undefined) onEnd('gpiomon is not installed: sudo apt install gpiod');
    else {
      const { does } = button;
      const presses = new PressFilter(() => onPress(does === 'mute' ? 'toggle-mute' : does));
      programs.push(new KeptProgram(libgpiod.watch(button.gpio), { onLine: (line) => presses.edge(isActiveEdge(line)), onEnd }));
    }
  }
  return {
    close: async () => {
      await Promise.all(programs.map((program) => program.close()));
    },
  };
}

function nameOf(button: ButtonOptions): string {
  return 'watch' in button ? (button.watch[0] ?? '') : `${button.gpio.chip} line ${button.gpio.line}`;
}
