import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registerRoute } from '../../../src/cli/evaluate/route.js';
import { UsageError } from '../../../src/errors.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

async function evaluate(lines: readonly string[], ...flags: readonly string[]): Promise<string> {
  const file = join(temporaryFolder(), 'questions.jsonl');
  await writeFile(file, lines.join('\n'));
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const program = new Command();
  registerRoute(program);
  await program.parseAsync(['route', file, ...flags], { from: 'user' });
  const printed = log.mock.calls.flat().join('\n');
  log.mockClear();
  return printed;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('tandem evaluate route', () => {
  const wanted = [
    '{"text": "turn on the light", "want": "local"}',
    '',
    '{"text": "explain why the roman empire fell", "want": "host"}',
    '{"text": "이 문장 번역해 줘", "language": "ko", "want": "host"}',
    '{"text": "stop", "want": "host"}',
  ];

  it('prints the shares that went where they should', async () => {
    expect(JSON.parse(await evaluate(wanted, '--json'))).toEqual({ items: 4, localKept: 1, hostSent: 2 / 3 });
    expect(await evaluate(wanted)).toMatch(/local +1 +1 +100\.0 %\nhost +3 +2 +66\.7 %/);
  });

  it('takes another threshold; explicit wishes still go', async () => {
    expect(JSON.parse(await evaluate(wanted, '--json', '--threshold', '0'))).toMatchObject({ localKept: 0, hostSent: 1 });
    expect(JSON.parse(await evaluate(wanted, '--json', '--threshold', '1'))).toMatchObject({ localKept: 1, hostSent: 1 / 3 });
  });

  it('says null of a side without lines', async () => {
    expect(JSON.parse(await evaluate(wanted.slice(0, 1), '--json'))).toEqual({ items: 1, localKept: 1, hostSent: null });
  });

  it('prints the curve of accuracy over the share handed off', async () => {
    const graded = [
      '{"prompt": "write a python function that sorts a list and explain its complexity", "weakRight": false, "strongRight": true}',
      '{"prompt": "what time is it", "weakRight": true, "strongRight": true}',
    ];
    const result = JSON.parse(await evaluate(graded, '--json'));
    expect(result).toMatchObject({ items: 2, areaAboveRandom: 0.25 });
    expect(result.points).toHaveLength(21);
    expect(result.points[10]).toEqual({ share: 0.5, accuracy: 1 });
    expect(await evaluate(graded)).toContain('2 prompts; average performance gap recovered 0.750, 0.250 above chance');
  });

  const logged = [
    ...Array.from({ length: 10 }, (_, at) => `{"event": "route", "to": "device", "reason": "everyday", "score": ${at / 10}, "at": 1}`),
    '{"event": "route", "to": "host", "reason": "asked-for-host", "score": 1}',
    '{"event": "route", "to": "host", "reason": "translation", "score": 1}',
    '{"event": "route", "to": "skill", "reason": "clock:time"}',
    '{"event": "sentence", "text": "It is noon."}',
  ];

  it('finds thresholds in an event log: what skills and wishes took does not count', async () => {
    const { questions, points } = JSON.parse(await evaluate(logged, '--calibrate', '--json'));
    expect(questions).toBe(10);
    expect(points[0]).toEqual({ share: 0.1, threshold: 0.9, handedOff: 1 });
    expect(points[4]).toEqual({ share: 0.5, threshold: 0.5, handedOff: 5 });
    expect(points[8]).toEqual({ share: 0.9, threshold: 0.1, handedOff: 9 });
    expect(await evaluate(logged, '--calibrate')).toMatch(/wanted +routing\.threshold +of 10 questions\n10 % +0\.900 +1 \(10\.0 %\)/);
  });

  it('refuses a log without scores, and one that is none', async () => {
    await expect(evaluate(logged.slice(10), '--calibrate')).rejects.toThrow(/no question that a router has scored/);
    await expect(evaluate(['what is this'], '--calibrate')).rejects.toThrow(UsageError);
  });

  it.each([
    ['no lines', []],
    ['no JSON', ['{']],
    ['no want', ['{"text": "hello"}']],
    ['lines of two kinds', ['{"text": "hello", "want": "local"}', '{"prompt": "x", "weakRight": true, "strongRight": true}']],
  ])('refuses a file with %s', async (_what, lines) => {
    await expect(evaluate(lines)).rejects.toThrow(UsageError);
  });

  it('refuses a threshold that is no score', async () => {
    await expect(evaluate(wanted, '--threshold', '2')).rejects.toThrow(UsageError);
  });
});
