import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { HeavyEngines } from '../../src/device/rehearsal.js';
import { loadScenarios } from '../../src/scenario/load.js';
import { reportOf, reportText } from '../../src/scenario/report.js';
import { runScenario, type ScenarioResult } from '../../src/scenario/run.js';
import { KeptLog } from './keptLog.js';

/** As it is written in a scenario file, without its name. */
type Written = Readonly<Record<string, unknown>>;

/** The engines that the profile names; a device closes its own. */
const own: HeavyEngines = { languageModel: (_, load) => load(), speechToText: (_, load) => load() };

/**
 * Plays a scenario that needs what no file can give: engines of the test's own, or what only a program knows. Resolves with nothing where
 * all went as it says, else with the report.
 */
export async function playScenario(
  scenario: Written,
  engines: Partial<HeavyEngines> = {},
): Promise<{ readonly differences: string; readonly moments: ScenarioResult['moments'] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-played-'));
  try {
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, stringify({ name: 'A scenario of a test', why: 'See the test.', ...scenario }));
    const [loaded] = await loadScenarios([file]);
    if (loaded === undefined) throw new Error('there is no scenario');
    const result = await runScenario(loaded, {
      log: new KeptLog(),
      engines: { forProfileIn: () => ({ ...own, ...engines }) },
      signal: new AbortController().signal,
    });
    return { differences: result.differences.length === 0 ? '' : reportText(reportOf(loaded, result, 0)), moments: result.moments };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
