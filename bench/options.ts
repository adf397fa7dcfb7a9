// The benchmark's command line.
import { Command, InvalidArgumentError } from 'commander';
import type { Size } from './bench.js';
import { shortSize, usualSize } from './bench.js';
import type { MeasureId } from './gates.js';
import { measureIds } from './gates.js';

/** Cheap enough for every change (`--short` without `--only`). */
const everyChange: readonly MeasureId[] = ['P3', 'P4', 'P5', 'P9'];

const isMeasure = (name: string): name is MeasureId => measureIds.some((id) => id === name);

const measures = (text: string): MeasureId[] => {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isMeasure(name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`There is no ${unknown.join(', ')}; there are ${measureIds.join(', ')}.`);
  return measureIds.filter((id) => names.includes(id));
};
const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('A whole number from 1 on.');
  return number;
};
const setting = (text: string, before: Record<string, unknown>): Record<string, unknown> => {
  const [name = '', ...rest] = text.split('=');
  if (rest.length === 0) throw new InvalidArgumentError('As in name=value, the value in JSON.');
  return { ...before, [name]: JSON.parse(rest.join('=')) as unknown };
};

export type Options = {
  readonly measures: readonly MeasureId[];
  readonly size: Size;
  readonly json: boolean;
  readonly resume: boolean;
  readonly serverConfig: Readonly<Record<string, unknown>>;
  /** CPU profiles of the measured processes go to `bench/out/profiles`; such a run judges no rate. */
  readonly profile: boolean;
  /** Results of different scales are never mixed. */
  readonly scale: string;
};

type Given = {
  readonly only?: MeasureId[];
  readonly pairs?: number;
  readonly short: boolean;
  readonly json: boolean;
  readonly resume: boolean;
  readonly profile: boolean;
  readonly serverConfig: Record<string, unknown>;
};

export const readOptions = (argv: readonly string[]): Options => {
  const program = new Command('bench')
    .description('Measures the engine against its own denominators in the same run (docs: quality figures P1 to P9).')
    .option('--only <measures>', `some of ${measureIds.join(',')}`, measures)
    .option('--pairs <n>', 'interleaved pairs of legs', count)
    .option('--short', 'small legs and two pairs; without --only the measures for every change', false)
    .option('--json', 'print one JSON object per figure instead of a table', false)
    .option('--resume', 'keep what was measured before on the same sources in the same way', false)
    .option('--profile', 'write CPU profiles of the processes to bench/out/profiles', false)
    .option(
      '--server-config <name=value>',
      'dynamic config of the Temporal server, for trials (repeatable)',
      setting,
      {},
    );
  const given = program.parse([...argv], { from: 'user' }).opts<Given>();
  const base = given.short ? shortSize : usualSize;
  const size = { ...base, pairs: given.pairs ?? base.pairs };
  const { json, resume, profile, serverConfig } = given;
  return {
    measures: given.only ?? (given.short ? everyChange : measureIds),
    size,
    json,
    resume,
    profile,
    serverConfig,
    scale: JSON.stringify({ ...size, ...serverConfig, ...(profile ? { profile } : {}) }),
  };
};
