// What seeding brought about against what the sample wants: counts per stage and outcome, and every request that is elsewhere.
import { outcomes, stageNames } from '../../domain/lifecycle.js';
import type { Outcome, Stage } from '../../domain/lifecycle.js';
import { placeOf } from '../../sample/scenarios.js';
import { table } from '../output.js';
import type { Seeding } from './seed.js';
import type { Driven } from './sample-request.js';

type Place = Stage | Outcome;

export type SeedReport = {
  readonly requests: number;
  readonly decisions: number;
  readonly seconds: number;
  readonly places: readonly { readonly place: Place; readonly wanted: number; readonly found: number }[];
  readonly suspended: { readonly wanted: number; readonly found: number };
  /** Were there before and have been moved on by people since; not a fault. */
  readonly leftAlone: readonly string[];
  /** Where ledger or audit trail do not add up. */
  readonly bookFaults: readonly string[];
  readonly unexpected: readonly {
    readonly sample: number;
    readonly requestId: string | null;
    readonly expected: string;
    readonly got: string;
  }[];
};

const foundPlace = ({ seen, result }: Driven): Place | null => {
  if (result === 'failed') return null;
  return seen === null ? 'draft' : (seen.outcome ?? seen.stage);
};

/** A suspended request keeps its stage; the sample names it by the stage it stands at. */
const mismatchOf = (one: Driven): SeedReport['unexpected'] => {
  const { request, requestId, fault, result } = one;
  const at = { sample: request.index, requestId };
  if (fault !== null)
    return [{ ...at, expected: `${request.target}; ${fault.step}: ${fault.expected}`, got: fault.got }];
  const [wanted, found] = [placeOf(request.target), foundPlace(one)];
  const sound =
    result === 'left' || (wanted === found && (one.seen?.suspended ?? false) === (request.suspended ?? false));
  return sound ? [] : [{ ...at, expected: wanted, got: one.seen?.status ?? 'draft' }];
};

export const reportOf = ({ driven, decisions, bookFaults }: Seeding, seconds: number): SeedReport => {
  const names: readonly Place[] = [...stageNames, ...outcomes];
  const places = names
    .map((place) => ({
      place,
      wanted: driven.filter(({ request }) => placeOf(request.target) === place).length,
      found: driven.filter((one) => foundPlace(one) === place).length,
    }))
    .filter(({ wanted, found }) => wanted + found > 0);
  return {
    requests: driven.length,
    decisions,
    seconds: Math.round(seconds * 10) / 10,
    places,
    suspended: {
      wanted: driven.filter(({ request }) => request.suspended === true).length,
      found: driven.filter(({ seen }) => seen?.suspended === true).length,
    },
    leftAlone: driven.filter(({ result }) => result === 'left').map(({ requestId }) => requestId ?? ''),
    bookFaults,
    unexpected: driven.flatMap(mismatchOf),
  };
};

export const reportText = (report: SeedReport): string => {
  const { places, suspended, requests, decisions, seconds, leftAlone, bookFaults, unexpected } = report;
  const rows = places.map(({ place, wanted, found }) => [
    place,
    String(wanted),
    String(found),
    wanted === found ? '' : '<',
  ]);
  return [
    table(
      [
        { title: 'Stage or outcome' },
        { title: 'Wanted', align: 'end' },
        { title: 'Found', align: 'end' },
        { title: '' },
      ],
      rows,
    ),
    `Suspended where they stand: ${suspended.found} of ${suspended.wanted}.`,
    `${requests} requests, ${decisions} decisions in ${seconds} s.`,
    bookFaults.length === 0
      ? 'The ledger adds up and every audit chain is whole.'
      : `Faults in the books:\n  ${bookFaults.join('\n  ')}`,
    ...(leftAlone.length > 0 ? [`Moved on by people since, and left alone: ${leftAlone.join(', ')}`] : []),
    ...unexpected.map(
      ({ sample, requestId, expected, got }) =>
        `Unexpected: sample ${sample} (${requestId ?? 'no draft'}): wanted ${expected}, got ${got}`,
    ),
  ].join('\n');
};
