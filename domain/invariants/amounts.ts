// I10: every amount anywhere is a whole number of piastres: an int64, or its decimal text. Never a float.
import { isAmountMinor } from '../amount.js';
import type { BatchEvidence, EnvelopeEvidence, RequestEvidence } from './evidence.js';
import type { About, Finding } from './finding.js';
import { found } from './finding.js';

type Place = { readonly path: string; readonly value: unknown };

/** By the glossary an amount's name ends with `Minor`, wherever it stands. */
const isAmountName = (name: string): boolean => /Minor$/.test(name);

const amountsIn = (value: unknown, path: string): Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const there = path === '' ? name : `${path}.${name}`;
    return isAmountName(name) ? [{ path: there, value: inner }] : amountsIn(inner, there);
  });
};

const isWhole = (value: unknown): boolean => {
  if (value === null || value === undefined) return true;
  return typeof value === 'bigint' ? true : typeof value === 'string' && isAmountMinor(value);
};

const oddIn = (about: About, where: string, value: unknown): Finding[] =>
  amountsIn(value, '')
    .filter((place) => !isWhole(place.value))
    .map(({ path, value: is }) => found('notWholePiastres', about, { where, path, is: String(is), type: typeof is }));

/** In the ledger text will not do: sums are made there. */
const notInt64 = (about: About, where: string, rows: readonly (readonly [string, unknown])[]): Finding[] =>
  rows
    .filter(([, amount]) => typeof amount !== 'bigint')
    .map(([id, is]) => found('notWholePiastres', about, { where, id, is: String(is), type: typeof is }));

export const amountsAreWhole = (evidence: RequestEvidence): Finding[] => {
  const about = { kind: 'request', id: evidence.requestId } as const;
  const { chain, record, instructions, postings, reservations } = evidence;
  return [
    ...oddIn(about, 'audit_entries', chain),
    ...oddIn(about, 'requests', record),
    ...oddIn(about, 'payment_instructions', instructions),
    ...notInt64(
      about,
      'ledger_postings',
      postings.map(({ id, amountMinor }) => [id, amountMinor] as const),
    ),
    ...notInt64(
      about,
      'reservations',
      reservations.flatMap(({ decisionKey, amountMinor, releasedMinor }) => [
        [decisionKey, amountMinor] as const,
        [`${decisionKey} released`, releasedMinor] as const,
      ]),
    ),
  ];
};

export const batchAmountsAreWhole = ({ batchId, chain, record }: BatchEvidence): Finding[] => {
  const about = { kind: 'batch', id: batchId } as const;
  return [...oddIn(about, 'audit_entries', chain), ...oddIn(about, 'payment_batches', record)];
};

export const envelopeAmountsAreWhole = ({ envelopeId, balance, odd }: EnvelopeEvidence): Finding[] => {
  const about = { kind: 'envelope', id: envelopeId } as const;
  return [
    ...notInt64(about, 'balances', Object.entries(balance ?? {})),
    ...odd.map((id) => found('notWholePiastres', about, { where: 'ledger_postings', id })),
  ];
};
