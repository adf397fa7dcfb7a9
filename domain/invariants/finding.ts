// What an invariant says when it does not hold: which one, about what, why, with the evidence. The sentences stand in sentences.ts.
import type { Subject } from '../audit/chain.js';

export const invariants = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10'] as const;
export type Invariant = (typeof invariants)[number];

/** Every breach there is a name for, under the invariant it breaks. */
export const breaches = {
  decisionNotRecorded: 'I1',
  decisionRecordedTwice: 'I1',
  decisionWithoutHistory: 'I1',
  decisionDiffers: 'I1',
  decisionNotProjected: 'I1',
  acknowledgedLost: 'I1',
  refusedYetApplied: 'I2',
  keyWithOtherContent: 'I2',
  attemptMissing: 'I2',
  postingMissing: 'I3',
  postingUnexplained: 'I3',
  accountBelowFloor: 'I3',
  balanceDiffers: 'I3',
  awardDoesNotAddUp: 'I3',
  awardOverReservation: 'I3',
  twoLiveInstructions: 'I4',
  instructionWithoutDecision: 'I4',
  instructionMissing: 'I4',
  instructionDiffers: 'I4',
  noSignedAgreement: 'I4',
  conditionNotMet: 'I4',
  noQuorum: 'I4',
  notTwoPeople: 'I4',
  paidTwice: 'I5',
  paidWithoutApproval: 'I5',
  paidAmountDiffers: 'I5',
  settledUnpaid: 'I5',
  unknownSentAgain: 'I5',
  inTwoBatches: 'I5',
  bankWordUnheard: 'I5',
  chainBroken: 'I6',
  stateDiffers: 'I7',
  workflowDiffers: 'I7',
  fieldDiffers: 'I7',
  tasksDiffer: 'I7',
  recordMissing: 'I7',
  dutiesCombined: 'I8',
  neverDecidingActed: 'I8',
  roleNotHeld: 'I8',
  workflowMissing: 'I9',
  workflowEnded: 'I9',
  nobodyNext: 'I9',
  dueTimePassed: 'I9',
  recordingStopped: 'I9',
  taskFailing: 'I9',
  notWholePiastres: 'I10',
} as const satisfies Record<string, Invariant>;
export type Breach = keyof typeof breaches;

export type About = Subject | { readonly kind: 'instruction' | 'operation' | 'workflow' | 'bank'; readonly id: string };
export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

export type Finding = {
  readonly invariant: Invariant;
  readonly breach: Breach;
  readonly subject: About;
  readonly evidence: Evidence;
};

export const found = (breach: Breach, subject: About, evidence: Evidence): Finding => ({
  invariant: breaches[breach],
  breach,
  subject,
  evidence,
});

/** JSON with its names in order, so that equal content is equal text whatever wrote it down. */
export const jsonText = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'undefined';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const sorted = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value) || value instanceof Date) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
};

/** The first paths at which two JSON values part; what stands there goes into the evidence, not the whole of both. */
export const firstDifference = (one: unknown, other: unknown, path = ''): string | null => {
  if (jsonText(one) === jsonText(other)) return null;
  if (!isObject(one) || !isObject(other)) return path;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  const first = names.find((name) => jsonText(one[name]) !== jsonText(other[name]));
  // What they hold is the same, so they are of two kinds: a list, and an object with its members.
  if (first === undefined) return path;
  return firstDifference(one[first], other[first], path === '' ? first : `${path}.${first}`);
};

export const at = (value: unknown, path: string): string =>
  jsonText(
    path === ''
      ? value
      : path.split('.').reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value),
  ).slice(0, 200);
