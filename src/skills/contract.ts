import type { Language } from '../speech-to-text/contract.js';

/** Things the device does itself, without a model. One folder a skill; `create.ts` finds the folders. */

export interface SkillRequest {
  /** What was said, as transcribed. */
  readonly text: string;
  readonly language: Language;
  /** Wall clock, for tests to set; one `Date` a request, however often it is looked at. */
  readonly now: Date;
  /** Takes back what the request right before this one did: "cancel that". Given by the set of skills. */
  readonly undo?: Undo;
  /** The request right before this one was for this skill: "make it ten" goes on from it. Given by the set of skills. */
  readonly goesOn?: boolean;
  /** A timer or an alarm rings or has just been stopped. Given by the set of skills. */
  readonly rang?: boolean;
}

export type Undo = (context: SkillContext) => Promise<SkillReply>;

/** What a skill may do to the device. Grows with the skills; the device supplies it. */
export interface SkillContext {
  readonly signal: AbortSignal;
  /** What all skills can do, a short spoken phrase each. */
  offers(language: Language): readonly string[];
  /** Ends whatever runs: speech, a ringing timer, a hand-off. */
  stopEverything(): void;
  /** The last answer that was spoken, for "repeat that". */
  lastAnswer(): string | undefined;
  volume(): number;
  setVolume(percent: number): void;
  setMuted(muted: boolean): void;
}

export interface SkillReply {
  /** Empty: nothing to say (an earcon confirms). */
  readonly text: string;
  /** Default true; false ends the conversation without a follow-up window ("never mind"). */
  readonly followUp?: boolean;
  /** Where "cancel that", said right after it, must take back what was done, and say so. */
  readonly undo?: Undo;
}

/** A recognised request, ready to run. */
export interface SkillMatch {
  readonly skill: string;
  readonly intent: string;
  /** How many timers or alarms it will set. */
  readonly sets?: number;
  run(context: SkillContext): Promise<SkillReply>;
}

export interface Skill {
  readonly name: string;
  /** A short phrase for "what can you do", by language: "tell the time and date". */
  readonly offer: Readonly<Record<Language, string>>;
  /** Undefined where the request is not for this skill; must never take a question that is not its own. */
  match(request: SkillRequest): SkillMatch | undefined;
  close(): Promise<void>;
}

/** A skill speaking up by itself: a timer that is due. Rings until the skill is told to stop or the device's limit ends it. */
export interface Alert {
  readonly id: string;
  /** What to say between the rings, "Your tea timer is done." */
  readonly text: string;
  readonly language: Language;
  /** Default `ring`. `notice`: said once without ringing, for what was missed while the device was off. */
  readonly kind?: 'ring' | 'notice';
}

/** The time that skills wait by; tests give their own. */
export interface SkillClock {
  now(): Date;
  /** The time that passed since some moment, ms: goes on evenly where somebody sets the clock. */
  passedMs(): number;
  /** Runs once after `ms`, unless the function that it returns is called before. */
  after(ms: number, run: () => void): () => void;
}

export interface SkillHome {
  /** Where the skill may keep its files. */
  readonly dataFolder: string;
  readonly languages: readonly Language[];
  /** Rings; resolves when it was stopped or gave up. */
  ring(alert: Alert): Promise<void>;
  /** Default: the machine's clock. */
  readonly clock?: SkillClock;
  /** What went wrong while nobody waits for an answer: a file that can't be written. */
  readonly onTrouble?: (error: unknown) => void;
}

/** Every skill folder's `skill.ts` exports this as `load`. `dataFolder`: where the skill may keep its files. */
export type LoadSkill = (home: SkillHome) => Promise<Skill>;
