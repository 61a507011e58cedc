import { obey, press } from '../device/commands.js';
import { languageOf } from '../device/hearing/languageOf.js';
import type { RunningDevice } from '../device/open.js';
import type { Pace } from '../device/pace.js';
import type { Language } from '../speech-to-text/contract.js';
import { type Home, seen } from './home.js';
import type { ScenarioTurn } from './schema.js';
import type { Stage } from './stage.js';
import type { Timeline } from './timeline.js';

export interface Scene {
  readonly running: RunningDevice;
  readonly languages: readonly Language[];
  readonly stage: Stage;
  readonly pace: Pace;
  readonly timeline: Timeline;
  readonly home: Home | undefined;
}

const volumeCommand = (percent: number) => ({ v: 1, command: 'volume', percent }) as const;

/** Does what a turn says. `recording`: what it lets the microphone hear. Resolves when it is done; what goes on in the room goes on. */
export async function act(turn: ScenarioTurn, index: number, recording: Int16Array | undefined, scene: Scene): Promise<void> {
  const { languages, stage, timeline, home } = scene;
  const { device } = scene.running;
  if (recording !== undefined) {
    timeline.beginTurn(index, 'hear');
    stage.play(recording);
  } else if (turn.ask !== undefined) {
    timeline.beginTurn(index, 'ask');
    device.send({ type: 'ASK', question: { text: turn.ask, language: languageOf(turn.ask, languages) } });
  } else if (turn.press !== undefined) {
    timeline.beginTurn(index, 'press', { button: turn.press });
    press(turn.press, device);
  } else if (turn.say !== undefined) {
    timeline.beginTurn(index, 'say');
    obey({ v: 1, command: 'say', text: turn.say }, device, languages, scene.running.setVolume);
  } else if (turn.command !== undefined) {
    timeline.beginTurn(index, 'command');
    const command = typeof turn.command === 'string' ? ({ v: 1, command: turn.command } as const) : volumeCommand(turn.command.volume);
    obey(command, device, languages, scene.running.setVolume);
  } else if (turn.unplug !== undefined) {
    timeline.beginTurn(index, 'unplug');
    stage.unplug(turn.unplug);
  } else if (home !== undefined) await atHome(turn, index, home, scene);
}

/** The room waits meanwhile, as it does for an engine: what takes time here takes it by the clock on the wall. */
async function atHome(turn: ScenarioTurn, index: number, home: Home, { running, pace, timeline }: Scene): Promise<void> {
  const release = pace.hold();
  try {
    if (turn.broker !== undefined) {
      timeline.beginTurn(index, 'broker', { does: turn.broker });
      if (turn.broker === 'stops') await home.stopBroker();
      else await home.startBroker();
    } else if (turn.host !== undefined) {
      timeline.beginTurn(index, 'host', { does: turn.host });
      if (turn.host === 'stops') await home.stopHost();
      else await home.startHost();
    } else if (turn.otherDevice !== undefined) {
      timeline.beginTurn(index, 'other-device', { word: turn.otherDevice });
      await home.otherHears(turn.otherDevice);
    }
    if (home.hostIsThere) await seen('the host is there', () => running.hosts() > 0);
    else await seen('the host is gone', () => running.hosts() === 0);
  } finally {
    release();
  }
}
