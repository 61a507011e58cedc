import { describeMoment } from './describe.js';
import type { LoadedScenario } from './load.js';
import type { ScenarioResult } from './run.js';
import { lengthText } from './units.js';

/** What came of a scenario, for people and for programs. */

export interface ScenarioReport {
  readonly file: string;
  readonly name: string;
  readonly ok: boolean;
  readonly differences: ScenarioResult['differences'];
  /** Sound that the device heard, ms. */
  readonly heardMs: number;
  /** What the run took, ms. */
  readonly tookMs: number;
  readonly happened: readonly string[];
}

export function reportOf({ file, scenario }: LoadedScenario, result: ScenarioResult, tookMs: number): ScenarioReport {
  return {
    file,
    name: scenario.name,
    ok: result.differences.length === 0,
    differences: result.differences,
    heardMs: Math.round(result.heardMs),
    tookMs: Math.round(tookMs),
    happened: result.moments.map((moment) => `${(moment.time / 1000).toFixed(2)} ${describeMoment(moment)}`),
  };
}

/** One line where all is well; else what was expected, what happened instead, and all that happened. */
export function reportText({ file, name, ok, differences, heardMs, tookMs, happened }: ScenarioReport): string {
  const line = `${ok ? 'ok    ' : 'FAILED'} ${name}  (${file}, ${lengthText(heardMs)} in ${lengthText(tookMs)})`;
  if (ok) return line;
  return [
    line,
    ...differences.map(({ expected, instead }) => `       expected ${expected}; ${instead}`),
    '       what happened, in seconds:',
    ...happened.map((moment) => `         ${moment}`),
  ].join('\n');
}

export function summaryText(reports: readonly ScenarioReport[]): string {
  const failed = reports.filter(({ ok }) => !ok).length;
  const took = lengthText(reports.reduce((sum, { tookMs }) => sum + tookMs, 0));
  const count = `${reports.length} scenario${reports.length === 1 ? '' : 's'} in ${took}`;
  return failed === 0 ? `${count}: all as they say.` : `${count}: ${failed} not as ${failed === 1 ? 'it says' : 'they say'}.`;
}
