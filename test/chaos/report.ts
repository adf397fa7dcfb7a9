// What a campaign found, for people and as one JSON object, and whether the run was worth anything: an empty one proves nothing.
import type { CampaignResult } from './campaign.js';
import { complaintsIn } from './checks.js';
import type { BugResult } from './bugs/run-bugs.js';
import { faultsPerKind } from './schedule.js';
import type { FaultKind, Part } from './vocabulary.js';
import { parts, steps } from './vocabulary.js';

type Threshold = { readonly what: string; readonly least: number; readonly seen: number };

export type ChaosReport = {
  readonly seed: string;
  readonly commit: string;
  readonly replay: string;
  readonly lifecycles: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly acknowledged: number;
  readonly legalCalls: { readonly made: number; readonly acknowledged: number; readonly share: number };
  readonly repeats: number;
  readonly faults: {
    readonly scheduled: number;
    readonly done: number;
    readonly byKind: Readonly<Record<string, number>>;
    readonly byPlace: Readonly<Record<string, number>>;
    readonly betweenEffectAndAcknowledgement: Readonly<Record<string, number>>;
  };
  readonly recoveryMs: readonly {
    readonly part: Part;
    readonly count: number;
    readonly p50: number;
    readonly most: number;
  }[];
  readonly lostDecisions: number;
  readonly doublePayments: number;
  readonly unapprovedPayments: number;
  /** Calls sent again under their key and answered otherwise; provoked refusals missing in the audit; broken audit chains. */
  readonly answeredOtherwise: number;
  readonly refusalsNotNoted: number;
  readonly brokenChains: number;
  readonly imbalanceMinor: string;
  readonly stuckRequests: number;
  /** Null where this build has no `sanad verify`. */
  readonly verifyFindings: number | null;
  readonly details: readonly string[];
  readonly thresholds: readonly (Threshold & { readonly met: boolean })[];
  readonly hindrances: number;
  readonly bugs: readonly BugResult[] | null;
  readonly passed: boolean;
};

const counted = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const hundredths = (value: number): number => Math.round(value * 100) / 100;
const leastShare = 0.9;
/** From this size on a run must have hit every kind of fault and every step, not only some. */
const wholeRun = 100;

const thresholdsOf = (
  { lives, faults, hasBank }: CampaignResult,
  { kinds, share }: { readonly kinds: readonly FaultKind[]; readonly share: number },
): Threshold[] => {
  const lifecycles = lives.length;
  const able = kinds.filter((kind) => kind !== 'bank' || hasBank);
  const each = faultsPerKind({ lifecycles, kinds: able });
  const between = faults.filter((one) => one.between);
  const answersLost = kinds.includes('lost-reply');
  return [
    { what: 'share of legal calls acknowledged', least: leastShare, seen: share },
    ...able.map((kind) => ({
      what: `faults of kind ${kind}`,
      least: Math.max(1, Math.floor(each * 0.5)),
      seen: faults.filter((one) => one.kind === kind).length,
    })),
    ...(answersLost
      ? [
          {
            what: 'faults between effect and acknowledgement',
            least: Math.max(1, Math.floor(each / 3)),
            seen: between.length,
          },
        ]
      : []),
    ...(answersLost && lifecycles >= wholeRun
      ? steps.map((step) => ({
          what: `of these at step ${step}`,
          least: 1,
          seen: between.filter((one) => one.step === step).length,
        }))
      : []),
  ];
};

const recoveryOf = ({ recoveries }: CampaignResult): ChaosReport['recoveryMs'] =>
  parts.flatMap((part) => {
    const times = recoveries.filter((one) => one.part === part).map(({ ms }) => Math.round(ms));
    times.sort((one, other) => one - other);
    const most = times.at(-1);
    return most === undefined
      ? []
      : [{ part, count: times.length, p50: times[Math.floor(times.length / 2)] ?? most, most }];
  });

const detailsOf = ({ found, lives }: CampaignResult): string[] => [
  ...complaintsIn(found),
  ...lives
    .filter(({ outcome }) => outcome === null)
    .map(({ requestId, kind, hindrances }) => {
      const last = hindrances.at(-1);
      return `stuck: ${kind} ${requestId ?? 'not begun'}: ${last?.step ?? '?'}: expected ${last?.expected ?? '?'}, got ${last?.got ?? '?'}`;
    }),
];

export type Asked = {
  readonly seed: string;
  readonly commit: string;
  readonly kinds: readonly FaultKind[];
  readonly lifecycles: number;
  readonly concurrency: number;
};

export const chaosReportOf = (
  result: CampaignResult,
  { seed, commit, kinds, lifecycles, concurrency }: Asked,
  bugs: readonly BugResult[] | null,
): ChaosReport => {
  const { lives, scheduled, faults, calls, found } = result;
  const made = calls.accepted + calls.unanswered + Math.max(0, calls.refused - calls.refusedOnPurpose);
  const share = hundredths(calls.accepted / Math.max(1, made));
  const between = faults.filter((one) => one.between);
  const thresholds = thresholdsOf(result, { kinds, share }).map((one) => ({ ...one, met: one.seen >= one.least }));
  const stuckRequests = lives.filter(({ outcome }) => outcome === null).length;
  const clean = complaintsIn(found).length === 0 && stuckRequests === 0;
  return {
    ...{ seed, commit, lifecycles: lives.length },
    replay: `npm run chaos -- --lifecycles ${lifecycles} --seed ${seed} --faults ${kinds.join(',')} --concurrency ${concurrency}`,
    outcomes: counted(lives.map(({ outcome }) => outcome ?? 'unfinished')),
    seconds: hundredths(result.seconds),
    acknowledged: result.acknowledged,
    legalCalls: { made, acknowledged: calls.accepted, share },
    repeats: calls.repeats,
    faults: {
      scheduled: scheduled.length,
      done: faults.length,
      byKind: counted(faults.map(({ kind }) => kind)),
      byPlace: counted(faults.map(({ kind, where }) => `${kind} ${where}`)),
      betweenEffectAndAcknowledgement: Object.fromEntries(
        steps.map((step) => [step, between.filter((one) => one.step === step).length]),
      ),
    },
    recoveryMs: recoveryOf(result),
    lostDecisions: found.lost.length,
    doublePayments: found.paidTwice.length,
    unapprovedPayments: found.unapproved.length,
    answeredOtherwise: found.answeredOtherwise.length,
    refusalsNotNoted: found.unnoted.length,
    brokenChains: found.trail.length,
    imbalanceMinor: found.imbalanceMinor,
    stuckRequests,
    verifyFindings: found.verify?.length ?? null,
    details: detailsOf(result),
    thresholds,
    hindrances: lives.reduce((sum, { hindrances }) => sum + hindrances.length, 0),
    bugs,
    passed: clean && thresholds.every(({ met }) => met) && (bugs ?? []).every(({ caughtBy }) => caughtBy !== null),
  };
};
