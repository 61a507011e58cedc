import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { codeOf, UsageError } from '../errors.js';
import { KeptEngines } from '../scenario/keptEngines.js';
import { keptNames } from '../scenario/keptNames.js';
import { loadScenarios } from '../scenario/load.js';
import { reportOf, reportText, type ScenarioReport, summaryText } from '../scenario/report.js';
import { runScenario } from '../scenario/run.js';
import { logToStderr } from './log.js';
import { stopOnSignals } from './signals.js';

interface Flags {
  readonly json?: true;
  readonly keep?: string;
}

export function register(program: Command): void {
  program
    .command('scenario')
    .description('play conversations from YAML files on a whole device, and say what was not as they say')
    .argument('<files...>', 'scenario files, or folders of them; test/scenarios/README.md explains how to write one')
    .option('--json', 'one object with all that happened, instead of a line each')
    .option('--keep <dir>', 'keep what was heard and played (WAV) and what happened (JSONL), three files a scenario')
    .addHelpText('after', '\nExit code: 0 all went as they say, 1 one did not, 2 a file is missing or has mistakes.')
    .action(scenario);
}

async function scenario(paths: readonly string[], { json, keep }: Flags): Promise<void> {
  const scenarios = await loadScenarios(paths);
  if (keep !== undefined) makeFolder(keep);
  const names = keptNames(scenarios.map(({ file }) => file));
  const stopping = stopOnSignals();
  // What a scenario brings about on purpose is no news.
  const log = process.argv.includes('--verbose') ? logToStderr() : logToStderr(() => {});
  const engines = new KeptEngines();
  const reports: ScenarioReport[] = [];
  try {
    for (const [index, loaded] of scenarios.entries()) {
      const erase = progress(`${index + 1} of ${scenarios.length}: ${loaded.scenario.name}`);
      const start = performance.now();
      const result = await runScenario(loaded, {
        log,
        engines,
        signal: stopping.signal,
        ...(keep === undefined ? {} : { keep: join(keep, names[index] ?? '') }),
      }).finally(erase);
      const report = reportOf(loaded, result, performance.now() - start);
      reports.push(report);
      if (json !== true) process.stdout.write(`${reportText(report)}\n`);
    }
  } finally {
    stopping.dispose();
    await engines.close();
  }
  const failed = reports.filter(({ ok }) => !ok).length;
  if (json === true)
    process.stdout.write(`${JSON.stringify({ scenarios: reports, passed: reports.length - failed, failed }, undefined, 2)}\n`);
  else process.stdout.write(`${summaryText(reports)}\n`);
  if (failed > 0) process.exitCode = 1;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError(
      code === 'EEXIST' ? `${path} is a file.` : `The folder ${path} can't be made (${code}).`,
      'Give --keep a folder that is there, or that may be made.',
    );
  }
}

/** On a terminal the scenario that runs; returns what takes the line away. */
function progress(text: string): () => void {
  const { stderr } = process;
  if (!stderr.isTTY) return () => {};
  stderr.write(text.slice(0, stderr.columns - 1));
  return () => stderr.write('\r\u001b[K');
}
