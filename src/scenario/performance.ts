import { samplesToMs } from '../audio/contract.js';
import type { WavWriter } from '../audio/wav/writer.js';
import type { RunningDevice } from '../device/open.js';
import { ReplayPace } from '../device/pace.js';
import type { HeavyEngines, Rehearsal } from '../device/rehearsal.js';
import type { EventLog } from '../events/eventLog.js';
import type { Language } from '../speech-to-text/contract.js';
import { act } from './act.js';
import type { Home } from './home.js';
import { expectedThatCame, type Outcome } from './judge.js';
import { Prompter } from './prompter.js';
import type { Recordings } from './recordings.js';
import type { Scenario, ScenarioTurn } from './schema.js';
import { SoundLevel } from './soundLevel.js';
import { Stage } from './stage.js';
import { thinkingLonger } from './thinkingLonger.js';
import { Timeline } from './timeline.js';

export interface PerformanceParts {
  readonly scenario: Scenario;
  readonly languages: readonly Language[];
  readonly recordings: Recordings;
  readonly events: EventLog;
  /** Gets what the microphone heard. */
  readonly copy: WavWriter | undefined;
  readonly home: Home | undefined;
}

/** A scenario on its way: the room around a device, people in it with their cues, and somebody who writes down what happens. */
export class Performance {
  readonly stage: Stage;
  readonly pace: ReplayPace;
  private readonly parts: PerformanceParts;
  private readonly timeline: Timeline;
  private readonly sound: SoundLevel;
  private readonly prompter: Prompter;
  private running: RunningDevice | undefined;
  private doneAt: number | undefined;
  private atTheEnd: Outcome | undefined;
  private fail: (error: unknown) => void = () => {};

  constructor(parts: PerformanceParts) {
    const { scenario, recordings, events, copy } = parts;
    this.parts = parts;
    this.pace = new ReplayPace(scenario.clock === undefined ? undefined : new Date(scenario.clock.replace(' ', 'T')).getTime());
    this.stage = new Stage({
      goesOn: (position) => this.goesOn(position),
      background: recordings.background,
      echo: scenario.echo ?? 0,
      copy,
    });
    this.timeline = new Timeline({ now: () => this.pace.now(), position: () => this.stage.position });
    this.sound = new SoundLevel((what, at) => this.timeline.add(what, {}, at));
    this.prompter = new Prompter({
      turns: scenario.turns,
      act: (turn, index) => this.act(turn, index),
      quiet: () => this.quiet,
      after: (ms, run) => this.pace.clock.setTimeout(run, ms),
    });
    events.listen((event) => this.timeline.event(event));
    this.timeline.listen((moment) => this.prompter.onMoment(moment));
  }

  /** What the device is given; `dataFolder`: where it keeps its timers. */
  rehearsal(dataFolder: string, engines: HeavyEngines): Rehearsal {
    const { thinking } = this.parts.scenario;
    return {
      engines: thinking === undefined ? engines : thinkingLonger(engines, thinking, this.pace),
      pace: this.pace,
      dataFolder,
      onPlayed: (samples) => {
        this.sound.hear(samples, this.pace.now());
        this.stage.loudspeaker(samples);
      },
      onWords: (text, language) => this.timeline.add('spoken', { text, language }),
    };
  }

  /** Resolves when the scenario is over, or has lasted as long as it may; rejects where the device lost its ears. */
  async with(running: RunningDevice, signal: AbortSignal): Promise<void> {
    this.running = running;
    const stopped = new Promise<void>((resolve, reject) => {
      this.fail = reject;
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const listening = running.listen(signal);
    listening.catch(() => {});
    // Where the time is up in the middle of something, the device would wait for an end that never comes.
    await Promise.race([listening, this.stage.ended, stopped]);
  }

  /** At the end of the scenario; what the device does when its input has ended does not count. */
  get outcome(): Outcome {
    return this.atTheEnd ?? this.outcomeNow();
  }

  private outcomeNow(): Outcome {
    return { moments: this.timeline.moments, state: this.timeline.state, turnsBegun: this.prompter.begun };
  }

  private get quiet(): boolean {
    return this.running?.device.quiet === true && !this.stage.recordingPlays;
  }

  private goesOn(position: number): boolean {
    const { expect, ends, goesOn, atMost } = this.parts.scenario;
    this.prompter.onFrame(position);
    const done =
      this.prompter.done &&
      !this.stage.recordingPlays &&
      this.timeline.state === ends &&
      (ends !== 'asleep' || this.quiet) &&
      expectedThatCame(expect, this.timeline.moments).length === expect.length;
    this.doneAt = done ? (this.doneAt ?? position) : undefined;
    const over = this.doneAt !== undefined && samplesToMs(position - this.doneAt) >= goesOn;
    if (!over && samplesToMs(position) < atMost) return true;
    this.atTheEnd = this.outcomeNow();
    return false;
  }

  private act(turn: ScenarioTurn, index: number): void {
    const { running, stage, pace, timeline } = this;
    if (running === undefined) return;
    const { languages, home, recordings } = this.parts;
    act(turn, index, recordings.turns[index], { running, languages, stage, pace, timeline, home }).catch((error: unknown) =>
      this.fail(error),
    );
  }
}
