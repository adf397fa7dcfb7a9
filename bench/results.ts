// Results: one line of JSON per figure, kept in a file that only grows, and shown as a table.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { root } from '../scripts/settings.mjs';
import type { Estimate } from './arithmetic.js';
import type { FigureId } from './gates.js';
import { figureIds, gates, gateText, judge, targetText } from './gates.js';

export const resultsFile = join(root, 'bench', 'out', 'results.jsonl');

/** What the figure's reader may want to know; never needed to judge it. */
export type Detail = Readonly<Record<string, unknown>>;
export type Figure = { readonly id: FigureId; readonly estimate: Estimate; readonly detail: Detail };

const resultSchema = z.object({
  id: z.enum(figureIds),
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  target: z.string(),
  gate: z.string().nullable(),
  pass: z.boolean().nullable(),
  meetsTarget: z.boolean(),
  noisy: z.boolean(),
  n: z.number(),
  ci95: z.tuple([z.number(), z.number()]),
  detail: z.record(z.string(), z.unknown()),
  /** How it was measured: results are only taken for each other when this is the same. */
  scale: z.string(),
  sources: z.string(),
  versions: z.record(z.string(), z.string()),
  settings: z.array(z.string()),
  machine: z.record(z.string(), z.unknown()),
  at: z.string(),
});
export type Result = z.output<typeof resultSchema>;

export type Conditions = Pick<Result, 'scale' | 'sources' | 'versions' | 'settings' | 'machine' | 'noisy'>;

const rounded = (value: number): number => Number(value.toPrecision(4));

export const resultOf = ({ id, estimate, detail }: Figure, conditions: Conditions): Result => {
  const gate = gates[id];
  const { value, ci95, n } = estimate;
  return {
    id,
    name: gate.name,
    value: rounded(value),
    unit: gate.unit,
    target: targetText(gate),
    gate: gateText(gate),
    ...judge(gate, estimate, conditions.noisy),
    n,
    ci95: [rounded(ci95[0]), rounded(ci95[1])],
    detail,
    ...conditions,
    at: new Date().toISOString(),
  };
};

export const keep = (result: Result): void => {
  mkdirSync(dirname(resultsFile), { recursive: true });
  appendFileSync(resultsFile, `${JSON.stringify(result)}\n`);
};

/** A line that an interrupted run left half written, or an older form of line, is no result. */
const parseLine = (line: string): Result[] => {
  try {
    const parsed = resultSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
};

/** What was measured before on the same sources in the same way; what a noisy machine left unjudged is measured again. */
export const earlierResults = ({ scale, sources }: Pick<Result, 'scale' | 'sources'>): Result[] => {
  if (!existsSync(resultsFile)) return [];
  const all = readFileSync(resultsFile, 'utf8').split('\n').flatMap(parseLine);
  const fitting = all.filter((result) => result.scale === scale && result.sources === sources);
  const usable = fitting.filter((result) => !(result.noisy && gates[result.id].needsQuiet));
  return [...new Map(usable.map((result) => [result.id, result])).values()];
};

const verdictOf = ({ pass, noisy, meetsTarget, gate }: Result): string => {
  if (pass === false) return 'FAILS';
  const target = meetsTarget ? 'meets target' : 'below target';
  if (pass === null) return noisy && gate !== null ? `noisy, not judged (${target})` : target;
  return meetsTarget ? target : `passes, ${target}`;
};

export const tableOf = (results: readonly Result[]): string => {
  const head = ['id', 'value', '95 % interval', 'n', 'target', 'fails', 'verdict', 'what'];
  const rows = results.map((result) => [
    result.id,
    String(result.value),
    `${result.ci95[0]} to ${result.ci95[1]}`,
    String(result.n),
    result.target,
    result.gate ?? '',
    verdictOf(result),
    result.name,
  ]);
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(line).join('\n');
};
