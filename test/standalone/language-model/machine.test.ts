import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { physicalCores, usableCores } from '../../../src/language-model/llama/cores.js';
import { chooseMmap, memoryNeeded, requireMemory } from '../../../src/language-model/llama/memory.js';
import { quickestThreads } from '../../../src/language-model/llama/threads.js';

const processor = (core: number, socket: number) => `processor\t: 0\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`;

describe('cores', () => {
  it('counts threads of one core once, and the same core number of two sockets twice', () => {
    expect(physicalCores([processor(0, 0), processor(1, 0), processor(0, 0), processor(1, 0)].join('\n'), 4)).toBe(2);
    expect(physicalCores([processor(0, 0), processor(0, 1)].join('\n'), 2)).toBe(2);
  });

  it('takes each processor for a core where the system says nothing of cores, as on a Raspberry Pi', () => {
    expect(physicalCores('processor\t: 0\nBogoMIPS\t: 108.00\n\nprocessor\t: 1\n', 4)).toBe(4);
    expect(physicalCores('', 0)).toBe(1);
  });

  it('never uses more than this process may', () => {
    expect(usableCores()).toBeGreaterThanOrEqual(1);
    expect(usableCores()).toBeLessThanOrEqual(availableParallelism());
  });
});

describe('threads', () => {
  const choose = async (msByThreads: Record<number, number>, most: number) => {
    const tried: number[] = [];
    const threads = await quickestThreads(most, (count) => {
      tried.push(count);
      return Promise.resolve(msByThreads[count] ?? 1000);
    });
    return { threads, tried };
  };

  it('are as many as are quickest', async () => {
    expect(await choose({ 1: 100, 2: 55, 3: 40, 4: 30 }, 4)).toEqual({ threads: 4, tried: [1, 2, 3, 4] });
    expect((await choose({ 1: 1, 2: 4 }, 2)).threads).toBe(1);
  });

  it('are fewer where more bring next to nothing', async () => {
    expect((await choose({ 1: 100, 2: 55, 3: 53, 4: 52 }, 4)).threads).toBe(2);
  });

  it('are never more than there are cores, and large machines are not measured at every number', async () => {
    const { tried } = await choose({}, 18);
    expect(tried).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 18]);
  });
});

describe('memory', () => {
  const facts = { bytes: 1.5e9, contextBytesPerToken: 76_800 };
  const plan = { contextTokens: 4096, kvCache: 'f16', useMmap: false } as const;

  it('is needed for weights, context and some scratch space; a mapped file is there twice', () => {
    expect(memoryNeeded(facts, plan)).toBeCloseTo(1.5e9 + 4096 * 76_800 + 160e6, -3);
    expect(memoryNeeded(facts, { ...plan, useMmap: true }) - memoryNeeded(facts, plan)).toBe(1.5e9);
    expect(memoryNeeded(facts, { ...plan, kvCache: 'q8_0' })).toBeLessThan(memoryNeeded(facts, plan));
  });

  it('that is not there is said before it is used up', () => {
    expect(() => requireMemory(2e9, 1e9)).toThrow(
      expect.objectContaining({
        code: 'not-enough-memory',
        message: expect.stringMatching(/2\.0 GB .*1\.0 GB/),
        remedy: expect.stringContaining('contextTokens'),
      }),
    );
    requireMemory(1e9, 2e9);
  });

  it('decides whether the file is mapped: on a processor never by itself, with a GPU where both copies fit', () => {
    expect(chooseMmap('auto', facts, { ...plan, onGpu: false }, 64e9)).toBe(false);
    expect(chooseMmap('auto', facts, { ...plan, onGpu: true }, 64e9)).toBe(true);
    expect(chooseMmap('auto', facts, { ...plan, onGpu: true }, 2e9)).toBe(false);
    expect(chooseMmap(true, facts, { ...plan, onGpu: false }, 0)).toBe(true);
  });
});
