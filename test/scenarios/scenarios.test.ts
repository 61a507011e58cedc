import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { KeptEngines } from '../../src/scenario/keptEngines.js';
import { loadScenarios } from '../../src/scenario/load.js';
import { reportOf, reportText } from '../../src/scenario/report.js';
import { runScenario } from '../../src/scenario/run.js';
import { KeptLog } from '../support/keptLog.js';

/** Every scenario below this folder, as `tandem scenario test/scenarios` plays them. */

const scenarios = await loadScenarios([dirname(fileURLToPath(import.meta.url))]);
const engines = new KeptEngines();

afterAll(() => engines.close());

it.each(scenarios.map((loaded) => [loaded.scenario.name, loaded] as const))(
  '%s',
  async (_name, loaded) => {
    const result = await runScenario(loaded, { log: new KeptLog(), engines, signal: new AbortController().signal });
    expect(result.differences, reportText(reportOf(loaded, result, 0))).toEqual([]);
  },
  300_000,
);
