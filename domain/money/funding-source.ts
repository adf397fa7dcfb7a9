// Where the Fund's money comes from, and what it may be used for: the terms of a source bind every envelope filled from it.
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

export type FundingSource = {
  readonly code: string;
  readonly nameAr: string;
  readonly nameEn: string;
  /** Whose money it is, where it is somebody's in particular. */
  readonly donor?: string;
  /** Absent: no restriction of this kind. */
  readonly programmes?: readonly string[];
  readonly sectors?: readonly string[];
  readonly governorates?: readonly string[];
  readonly fromMs?: number;
  readonly untilMs?: number;
};

export type Use = {
  readonly programmeCode: string;
  readonly sector?: string | undefined;
  readonly governorates: readonly string[];
  readonly atMs: number;
};

const outside = (allowed: readonly string[] | undefined, wanted: readonly (string | undefined)[]): boolean =>
  allowed !== undefined && wanted.some((one) => one === undefined || !allowed.includes(one));

/** An envelope is filled only for what its source may be used for, wherever the money comes from. */
export const fillingFault = (
  { code, programmes, sectors }: FundingSource,
  { programmeCode, sector }: Pick<Use, 'programmeCode' | 'sector'>,
): { readonly refusal: Refusal } | null => {
  if (outside(programmes, [programmeCode])) return refuse('conditionsNotMet', 'source-programmes', code);
  return outside(sectors, [sector]) ? refuse('conditionsNotMet', 'source-sectors', code) : null;
};

/** The first term of the source that this use would break. */
export const sourceFault = (source: FundingSource, use: Use): { readonly refusal: Refusal } | null => {
  const { governorates, fromMs = -Infinity, untilMs = Infinity } = source;
  const filling = fillingFault(source, use);
  if (filling) return filling;
  if (outside(governorates, use.governorates)) return refuse('conditionsNotMet', 'source-governorates', source.code);
  return use.atMs < fromMs || untilMs <= use.atMs ? refuse('conditionsNotMet', 'source-period', source.code) : null;
};

/** Money that somebody gave for something stays with what it was given for: it never changes its source. */
export const transferFault = (from: FundingSource, to: FundingSource): { readonly refusal: Refusal } | null => {
  const bound = [from, to].find(({ donor }) => donor !== undefined);
  return from.code === to.code || bound === undefined
    ? null
    : refuse('conditionsNotMet', 'source-of-donor', bound.code);
};
