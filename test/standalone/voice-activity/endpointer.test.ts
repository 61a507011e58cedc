import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { msToSamples } from '../../../src/audio/contract.js';
import type { VoiceScore } from '../../../src/voice-activity/contract.js';
import { type EndpointEvent, Endpointer, type EndpointerStart } from '../../../src/voice-activity/endpointer.js';
import { endpointingOptions } from '../../../src/voice-activity/options.js';

const STRETCH = 512;
/** Positions are known to one stretch. */
const close = (sample: number, ms: number) => expect(Math.abs(sample - msToSamples(ms))).toBeLessThanOrEqual(STRETCH);

/** Scores of sound in which `spoken` (from and to, ms) is speech of this probability. */
function scoresOf(lengthMs: number, spoken: readonly (readonly [from: number, to: number, probability?: number])[]): VoiceScore[] {
  const scores: VoiceScore[] = [];
  for (let endSample = STRETCH; endSample <= msToSamples(lengthMs); endSample += STRETCH) {
    const middle = endSample - STRETCH / 2;
    const part = spoken.find(([from, to]) => middle >= msToSamples(from) && middle < msToSamples(to));
    scores.push({ probability: part === undefined ? 0.02 : (part[2] ?? 0.98), samples: STRETCH, endSample });
  }
  return scores;
}

function endpointer(options: object = {}, start: Partial<EndpointerStart> = {}): Endpointer {
  return new Endpointer(endpointingOptions.parse(options), { threshold: 0.5, fromSample: 0, afterWakeWord: false, ...start });
}

const kinds = (events: readonly EndpointEvent[]) => events.map(({ kind }) => kind);

describe('where an utterance begins and ends', () => {
  test('speech with silence around it', () => {
    const subject = endpointer();
    const [start, end] = subject.process(scoresOf(4000, [[1000, 2000]]));
    expect(start?.kind).toBe('speech-start');
    close(start?.kind === 'speech-start' ? start.sample : 0, 1000);
    expect(end?.kind).toBe('speech-end');
    if (end?.kind !== 'speech-end') return;
    close(end.sample, 2000);
    close(end.at, 2600);
    close(subject.fromSample, 700);
    expect(subject.state).toBe('done');
  });

  test('the end keeps a little of the silence, the beginning a pre-roll but nothing from before listening began', () => {
    const early = endpointer({ preRollMs: 300 }, { fromSample: msToSamples(900) });
    early.process(scoresOf(4000, [[1000, 2000]]));
    expect(early.fromSample).toBe(msToSamples(900));
    close(early.toSample, 2200);
  });

  test.each([
    ['quick', {}, 600],
    ['patient', { style: 'patient' }, 1100],
    ['set by hand', { style: 'patient', silenceMs: 300 }, 300],
  ])('%s waits for its silence', (_, options, silenceMs) => {
    const events = endpointer(options).process(scoresOf(5000, [[1000, 2000]]));
    const end = events.at(-1);
    close(end?.kind === 'speech-end' ? end.at - end.sample : 0, silenceMs);
  });

  test('a pause inside a sentence is not its end', () => {
    const events = endpointer().process(
      scoresOf(5000, [
        [500, 1200],
        [1700, 2500],
      ]),
    );
    expect(kinds(events)).toEqual(['speech-start', 'speech-end']);
    close(events[1]?.kind === 'speech-end' ? events[1].sample : 0, 2500);
  });

  test('a click is no speech, a short word is', () => {
    const click = endpointer().process(scoresOf(4000, [[1000, 1160]]));
    expect(click).toEqual([]);
    const word = endpointer().process(scoresOf(4000, [[1000, 1256]]));
    expect(kinds(word)).toEqual(['speech-start', 'speech-end']);
  });

  test('a probability that falters a little below the threshold is still speech; one that only comes near it never was', () => {
    const falters = endpointer().process(
      scoresOf(4000, [
        [500, 1000],
        [1000, 2000, 0.4],
        [2000, 2500],
      ]),
    );
    close(falters[1]?.kind === 'speech-end' ? falters[1].sample : 0, 2500);
    expect(endpointer().process(scoresOf(4000, [[500, 2500, 0.45]]))).toEqual([]);
  });
});

describe('limits', () => {
  test('nothing said', () => {
    const subject = endpointer({ nothingSaidMs: 3000 });
    const events = subject.process(scoresOf(8000, []));
    expect(kinds(events)).toEqual(['nothing-said']);
    close(events[0]?.kind === 'nothing-said' ? events[0].at : 0, 3000);
    expect(subject.state).toBe('done');
  });

  test('speech that begins just before the limit is waited for', () => {
    const events = endpointer({ nothingSaidMs: 2000 }).process(scoresOf(5000, [[1950, 2500]]));
    expect(kinds(events)).toEqual(['speech-start', 'speech-end']);
  });

  test('60 s of talk are cut off', () => {
    const subject = endpointer({ maxMs: 15_000 });
    const events = subject.process(scoresOf(60_000, [[0, 60_000]]));
    expect(kinds(events)).toEqual(['speech-start', 'too-long']);
    close(events[1]?.kind === 'too-long' ? events[1].at : 0, 15_000);
    expect(subject.toSample - subject.fromSample).toBeLessThanOrEqual(msToSamples(15_000) + STRETCH);
  });
});

describe('after the wake word', () => {
  const afterWakeWord = (spoken: Parameters<typeof scoresOf>[1], options = {}) => {
    const subject = endpointer(options, { fromSample: msToSamples(500), afterWakeWord: true });
    return { subject, events: subject.process(scoresOf(8000, spoken)) };
  };

  test('a question in one breath begins where the wake word ended', () => {
    const { subject, events } = afterWakeWord([[0, 1500]]);
    expect(kinds(events)).toEqual(['speech-start', 'speech-end']);
    expect(subject.fromSample).toBe(msToSamples(500));
    close(events[1]?.kind === 'speech-end' ? events[1].sample : 0, 1500);
  });

  test('one short word in the same breath is a question too', () => {
    expect(kinds(afterWakeWord([[0, 850]]).events)).toEqual(['speech-start', 'speech-end']);
  });

  test('the last sound of the wake word is not', () => {
    expect(kinds(afterWakeWord([[0, 700]]).events)).toEqual(['nothing-said']);
  });

  test('a voice that is never clear is a question once it is long', () => {
    expect(kinds(afterWakeWord([[0, 1000, 0.6]]).events)).toEqual(['nothing-said']);
    expect(kinds(afterWakeWord([[0, 1600, 0.6]]).events)).toEqual(['speech-start', 'speech-end']);
  });

  test('after a pause the question is found, without the wake word', () => {
    const { subject, events } = afterWakeWord([
      [0, 700],
      [1500, 2500],
    ]);
    expect(kinds(events)).toEqual(['speech-start', 'speech-end']);
    close(subject.fromSample, 1200);
  });

  test('without a wake word, speech that is under way counts at once', () => {
    const subject = endpointer({}, { fromSample: msToSamples(500) });
    expect(kinds(subject.process(scoresOf(3000, [[0, 700]])))).toEqual(['speech-start', 'speech-end']);
  });
});

describe('a sentence that looks unfinished', () => {
  const first = scoresOf(1800, [[200, 1100]]);
  const rest = (spoken: Parameters<typeof scoresOf>[1]) => scoresOf(8000, spoken).slice(first.length);

  test('goes on when more is said', () => {
    const subject = endpointer();
    expect(kinds(subject.process(first))).toEqual(['speech-start', 'speech-end']);
    subject.extend();
    expect(subject.state).toBe('speaking');
    const events = subject.process(rest([[2200, 3000]]));
    expect(kinds(events)).toEqual(['speech-end']);
    close(events[0]?.kind === 'speech-end' ? events[0].sample : 0, 3000);
    close(events[0]?.kind === 'speech-end' ? events[0].at : 0, 3600);
    expect(subject.fromSample).toBe(0);
  });

  test('ends after the longer silence when nothing is', () => {
    const subject = endpointer();
    subject.process(first);
    subject.extend();
    const [end] = subject.process(rest([]));
    close(end?.kind === 'speech-end' ? end.at - end.sample : 0, 1500);
  });

  test('what is said while it is being looked at is not lost', () => {
    const subject = endpointer();
    subject.process(first);
    const later = rest([[1900, 2600]]);
    const between = later.slice(0, 10);
    expect(subject.process(between)).toEqual([]);
    subject.extend();
    const [end] = subject.process(later.slice(10));
    close(end?.kind === 'speech-end' ? end.sample : 0, 2600);
  });

  test('nothing said can not be continued', () => {
    const subject = endpointer({ nothingSaidMs: 500 });
    subject.process(scoresOf(1000, []));
    subject.extend();
    expect(subject.state).toBe('done');
  });
});

test('it gives the same events however the scores come in', () => {
  const score = fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), run: fc.integer({ min: 1, max: 30 }) });
  fc.assert(
    fc.property(
      fc.array(score, { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
      fc.boolean(),
      (runs, cuts, afterWakeWord) => {
        const scores = runs
          .flatMap(({ probability, run }) => Array.from({ length: run }, () => probability))
          .map((probability, index) => ({ probability, samples: STRETCH, endSample: (index + 1) * STRETCH }));
        const start = { fromSample: 4 * STRETCH, afterWakeWord };
        const options = { maxMs: 3000, nothingSaidMs: 2000 };
        const whole = endpointer(options, start);
        const all = whole.process(scores);
        const pieces = endpointer(options, start);
        const inPieces: EndpointEvent[] = [];
        for (let at = 0, cut = 0; at < scores.length; cut++) {
          const count = cuts[cut % cuts.length] ?? 1;
          inPieces.push(...pieces.process(scores.slice(at, at + count)));
          at += count;
        }
        expect(inPieces).toEqual(all);
        // Speech begins before it ends, once each, and something is decided within the limits.
        expect(kinds(all)).toEqual(kinds(all).filter((kind, index) => index === (kind === 'speech-start' ? 0 : all.length - 1)));
        expect(whole.fromSample).toBeGreaterThanOrEqual(start.fromSample);
        if (all.at(-1)?.kind === 'speech-end') expect(whole.toSample).toBeGreaterThan(whole.fromSample);
      },
    ),
  );
});
