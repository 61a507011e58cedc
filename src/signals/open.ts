import type { EventLog } from '../events/eventLog.js';
import { Libgpiod } from '../gpio/libgpiod.js';
import { GpioSignal } from './gpioSignal.js';
import { MessageSignal, type SignalBroker } from './messageSignal.js';
import type { SignalOptions } from './options.js';
import { ProgramSignal } from './programSignal.js';
import { ShownState } from './shownState.js';
import type { OnFailure, Signal } from './signal.js';

interface SignalParts {
  readonly events: EventLog;
  /** Of the profile. */
  readonly folder: string;
  /** Undefined where the profile names no broker. */
  readonly broker: SignalBroker | undefined;
}

/** The lamps, programs and messages of a profile, which follow the event log until `close`. */
export async function openSignals(
  options: readonly SignalOptions[],
  { events, folder, broker }: SignalParts,
): Promise<{ close(): Promise<void> }> {
  const libgpiod = options.some((signal) => 'gpio' in signal) ? await Libgpiod.find() : undefined;
  const signals: Signal[] = [];
  for (const signal of options) {
    const onFailure = warnOnce(events, nameOf(signal));
    if ('run' in signal) signals.push(new ProgramSignal(signal, folder, onFailure));
    else if ('mqtt' in signal) {
      if (broker !== undefined) signals.push(new MessageSignal(signal, broker));
    } else if (libgpiod === undefined) onFailure('gpioset is not installed: sudo apt install gpiod');
    else signals.push(new GpioSignal(signal, libgpiod, onFailure));
  }
  const shown = new ShownState((state) => {
    for (const signal of signals) signal.show(state);
  });
  const stopListening = events.listen((event) => shown.take(event));
  return {
    close: async () => {
      stopListening();
      shown.close();
      await Promise.all(signals.map((signal) => signal.close()));
    },
  };
}

function nameOf(signal: SignalOptions): string {
  if ('run' in signal) return signal.run[0] ?? '';
  if ('gpio' in signal) return `${signal.gpio.chip} line ${signal.gpio.line}`;
  return signal.mqtt.topic;
}

/** A lamp that does not work is no reason to stop, and is worth one line. */
function warnOnce(events: EventLog, name: string): OnFailure {
  let warned = false;
  return (why) => {
    if (warned) return;
    warned = true;
    events.emit({ event: 'notice', code: 'signal-failed', message: `The signal ${name} does not work (${why}).` });
  };
}
