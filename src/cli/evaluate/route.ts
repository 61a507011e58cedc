import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { UsageError } from '../../errors.js';
import type { HostsAvailable } from '../../routing/contract.js';
import { createRouter } from '../../routing/create.js';
import { routingOptions } from '../../routing/options.js';
import { type GapRecovered, gapRecovered } from '../../routing/performanceGap.js';
import { Scorer } from '../../routing/score.js';
import { table } from '../table.js';
import { reportCalibration } from './routeCalibration.js';

const language = z.enum(['en', 'ko']).default('en');
const wanted = z.object({ text: z.string().min(1), language, want: z.enum(['local', 'host']) });
const graded = z.object({ prompt: z.string().min(1), weakRight: z.boolean(), strongRight: z.boolean() });
type Wanted = z.infer<typeof wanted>;
type Graded = z.infer<typeof graded>;

const EXAMPLES =
  'Write {"text": "what time is it", "want": "local"} or {"prompt": "…", "weakRight": false, "strongRight": true} on each line.';
const defaultThreshold = routingOptions.parse({}).threshold;

/** One host that waits for work, so that the question alone decides. */
const FREE_HOST: HostsAvailable = { count: 1, queue: 0, tokensPerSecond: undefined };

/** `tandem evaluate route`: whether everyday speech stays on the device, and whether hard questions go first. */
export function registerRoute(evaluate: Command): void {
  evaluate
    .command('route')
    .description('how well the router keeps everyday questions on the device and hands hard ones off; no model is asked')
    .argument(
      '<file.jsonl>',
      'a line each, all of one kind: {"text", "language"?: "en"|"ko", "want": "local"|"host"} or {"prompt", "weakRight", "strongRight"}; ' +
        'with --calibrate an event log of tandem talk',
    )
    .option('--threshold <score>', 'score from 0 to 1 from which a question goes to the host', toThreshold, defaultThreshold)
    .option('--calibrate', 'from what was asked at home: the threshold for each share that is to go to the host; the file is an event log')
    .option('--wrong', 'list every question that went the wrong way')
    .option(
      '--json',
      'print {items, localKept, hostSent}: shares (0 to 1) of "local" kept and of "host" sent, null without such lines; ' +
        'or {items, points: [{share, accuracy}], areaAboveRandom}; with --calibrate {questions, points: [{share, threshold, handedOff}]}',
    )
    .action(run);
}

interface Flags {
  readonly threshold: number;
  readonly calibrate?: true;
  readonly wrong?: true;
  readonly json?: true;
}

async function run(file: string, flags: Flags): Promise<void> {
  const values = await readLines(file);
  if (flags.calibrate === true) {
    reportCalibration(
      values.map(({ value }) => value),
      file,
      flags,
    );
    return;
  }
  const items = itemsOf(values);
  if (items.kind === 'wanted') reportWanted(items.lines, flags);
  else reportGraded(items.lines, flags);
}

function reportWanted(lines: readonly Wanted[], { threshold, wrong, json }: Flags): void {
  const router = createRouter(routingOptions.parse({ threshold }));
  const judged = lines.map((line) => ({ ...line, route: router.decide(line, [], FREE_HOST) }));
  if (wrong === true)
    for (const { text, want, route } of judged) {
      if ((want === 'host') !== (route.to === 'host'))
        console.error(`${want === 'local' ? 'sent' : 'kept'}  ${(route.score ?? 0).toFixed(2)}  ${route.reason}  ${text}`);
    }
  const local = judged.filter(({ want }) => want === 'local');
  const host = judged.filter(({ want }) => want === 'host');
  const localKept = share(local, ({ route }) => route.to !== 'host');
  const hostSent = share(host, ({ route }) => route.to === 'host');
  if (json === true) console.log(JSON.stringify({ items: lines.length, localKept, hostSent }));
  else
    console.log(
      table(
        ['wanted', 'lines', 'went there', 'share'],
        [
          ['local', String(local.length), String(Math.round((localKept ?? 0) * local.length)), percent(localKept)],
          ['host', String(host.length), String(Math.round((hostSent ?? 0) * host.length)), percent(hostSent)],
        ],
      ),
    );
}

function reportGraded(lines: readonly Graded[], { json }: Flags): void {
  const scorer = Scorer.load();
  const result = gapRecovered(lines.map((line) => ({ ...line, score: scorer.score(line.prompt).score })));
  const { points, areaAboveRandom } = result;
  if (json === true) console.log(JSON.stringify({ items: lines.length, points, areaAboveRandom: areaAboveRandom ?? null }));
  else console.log(curveTable(lines.length, result));
}

function curveTable(items: number, { points, areaAboveRandom }: GapRecovered): string {
  const [first, last] = [points[0]?.accuracy ?? 0, points.at(-1)?.accuracy ?? 0];
  const rows = points.map(({ share, accuracy }) => [
    percent(share),
    percent(accuracy),
    percent(first + share * (last - first)),
    areaAboveRandom === undefined ? '' : ((accuracy - first) / (last - first)).toFixed(2),
  ]);
  const area =
    areaAboveRandom === undefined
      ? 'both models are right equally often: no gap to recover'
      : `average performance gap recovered ${(0.5 + areaAboveRandom).toFixed(3)}, ${areaAboveRandom.toFixed(3)} above chance`;
  return `${table(['handed off', 'right', 'right by chance', 'gap recovered'], rows)}\n${items} prompts; ${area}`;
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(holds).length / items.length;
}

function percent(value: number | null): string {
  return value === null ? '' : `${(100 * value).toFixed(1)} %`;
}

function toThreshold(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new UsageError(`The threshold must be a number from 0 to 1, not "${text}".`, 'Try --threshold 0.5.');
  return value;
}

type Items =
  | { readonly kind: 'wanted'; readonly lines: readonly Wanted[] }
  | { readonly kind: 'graded'; readonly lines: readonly Graded[] };

interface Line {
  readonly where: string;
  readonly value: unknown;
}

/** At least one. */
async function readLines(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} can't be read.`, 'Give a file with a JSON object a line.');
  });
  const values: Line[] = [];
  for (const [index, source] of text.split('\n').entries()) {
    const where = `${file}:${index + 1}`;
    if (source.trim() !== '') values.push({ where, value: readJson(source, where) });
  }
  if (values.length === 0) throw new UsageError(`${file} has no lines.`, 'Give a file with a JSON object a line.');
  return values;
}

function itemsOf(values: readonly Line[]): Items {
  const first = values[0]?.value;
  const isGraded = typeof first === 'object' && first !== null && 'prompt' in first;
  if (isGraded) return { kind: 'graded', lines: values.map(({ where, value }) => check(graded, value, where)) };
  return { kind: 'wanted', lines: values.map(({ where, value }) => check(wanted, value, where)) };
}

function readJson(source: string, where: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new UsageError(`${where} is not JSON.`, EXAMPLES);
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new UsageError(`${where}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`, EXAMPLES);
  return parsed.data;
}
