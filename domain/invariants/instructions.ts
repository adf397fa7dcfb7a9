// I4: one live instruction per tranche and purpose, each behind a signed agreement, met conditions, a quorum and two people.
import { awardStage } from '../plan.js';
import type { RequestEvent } from '../event.js';
import { unmetConditionsOf } from '../money/tranche-conditions.js';
import { trancheNumbered } from '../money/tranche-state.js';
import { releaseOf } from '../money/tranche.js';
import { countedVotes, quorumOf } from '../approval/quorum.js';
import type { RequestEvidence, StoredInstruction } from './evidence.js';
import type { Evidence, Finding } from './finding.js';
import { found } from './finding.js';
import type { Told } from './story.js';
import { planOf } from './story.js';

type Instructed = { readonly event: RequestEvent<'paymentInstructed'>; readonly told: Told };
const instructedIn = (story: readonly Told[]): Instructed[] =>
  story.flatMap((told) =>
    told.entry.events.flatMap((event) => (event.kind === 'paymentInstructed' ? [{ event, told }] : [])),
  );

const about = (id: string) => ({ kind: 'instruction', id }) as const;
const happenedTo = (story: readonly Told[], kind: 'paymentSettled' | 'paymentRejected', id: string): boolean =>
  story.some(({ entry }) => entry.events.some((event) => event.kind === kind && event.instructionId === id));

const documentFindings = (
  story: readonly Told[],
  { event, told }: Instructed,
  stored: StoredInstruction,
): Finding[] => {
  const id = event.instructionId;
  const rejected = happenedTo(story, 'paymentRejected', id);
  const settled = happenedTo(story, 'paymentSettled', id);
  const should: Evidence = {
    number: event.number,
    purpose: event.purpose,
    amountMinor: event.amountMinor,
    accountId: event.accountId,
    preparedBy: trancheNumbered(told.after, event.number)?.preparedBy ?? null,
    live: !rejected,
    replaces: event.replaces,
    settled,
  };
  const is: Readonly<Record<string, unknown>> = { ...stored, settled: stored.state === 'settled' };
  return Object.keys(should)
    .filter((name) => is[name] !== should[name])
    .map((field) =>
      found('instructionDiffers', about(id), { field, is: String(is[field]), should: should[field] ?? null }),
    );
};

const existenceFindings = (evidence: RequestEvidence, story: readonly Told[]): Finding[] => {
  const instructed = instructedIn(story);
  const ids = instructed.map(({ event }) => event.instructionId);
  const strangers = evidence.instructions.filter(({ id }) => !ids.includes(id));
  return [
    ...strangers.map(({ id, amountMinor }) =>
      found('instructionWithoutDecision', about(id), { request: evidence.requestId, amountMinor: String(amountMinor) }),
    ),
    ...instructed.flatMap((one) => {
      const stored = evidence.instructions.find(({ id }) => id === one.event.instructionId);
      return stored === undefined
        ? [found('instructionMissing', about(one.event.instructionId), { request: evidence.requestId })]
        : documentFindings(story, one, stored);
    }),
  ];
};

const liveFindings = ({ requestId, instructions }: RequestEvidence): Finding[] => {
  const live = instructions.filter((one) => one.live);
  return live
    .filter(
      (one, index) => live.findIndex((other) => other.number === one.number && other.purpose === one.purpose) !== index,
    )
    .map(({ id, number, purpose }) => found('twoLiveInstructions', about(id), { request: requestId, number, purpose }));
};

/** A tranche is asked for what the plan said when it became ready: a migration later does not take it back. */
const readiness = (story: readonly Told[], { event, told }: Instructed): Told | undefined =>
  story.findLast(
    ({ entry }) =>
      entry.seq <= told.entry.seq &&
      entry.events.some((other) => other.kind === 'trancheReady' && other.number === event.number),
  );

const conditionFindings = (evidence: RequestEvidence, story: readonly Told[], one: Instructed): Finding[] => {
  const { event, told } = one;
  const ready = readiness(story, one);
  // Money paid later counts in a share of what was spent; what counts is how things stood when it became ready.
  const request = ready?.after ?? told.after;
  const tranche = trancheNumbered(request, event.number);
  const plan = planOf(evidence, ready?.entry.planHash);
  if (tranche === undefined || ready === undefined)
    return [found('conditionNotMet', about(event.instructionId), { condition: 'tranche-ready', seq: told.entry.seq })];
  if (plan === null) return [];
  return unmetConditionsOf(request, tranche, { plan, nowMs: told.entry.atMs }).map((condition) =>
    found('conditionNotMet', about(event.instructionId), {
      condition: condition.kind,
      number: 'number' in condition ? condition.number : null,
    }),
  );
};

const peopleFindings = (evidence: RequestEvidence, { event, told }: Instructed): Finding[] => {
  const plan = planOf(evidence, told.entry.planHash);
  const tranche = trancheNumbered(told.after, event.number);
  // Where the plan instructs by itself, the batch has its builder and its releaser.
  if (plan === null || tranche === undefined || plan.tranches.preparation === 'automatic') return [];
  const releasers = [...new Set(tranche.releasedBy)];
  const behind = [...releasers, ...(tranche.releasedFor ?? [])];
  const sound =
    tranche.preparedBy !== null &&
    !behind.includes(tranche.preparedBy) &&
    releasers.length >= releaseOf(tranche, plan).people;
  const seen = { preparedBy: tranche.preparedBy, releasedBy: behind.join(' ') };
  return sound ? [] : [found('notTwoPeople', about(event.instructionId), seen)];
};

const agreementFindings = (evidence: RequestEvidence, { event, told }: Instructed): Finding[] => {
  const plan = planOf(evidence, told.entry.planHash);
  if (plan === null) return [];
  const { agreement, award } = told.after;
  const signed = agreement !== null && (agreement.countersigned || !plan.agreement.countersigned);
  const sound = plan.route.includes('agreement') ? signed : award?.funds === 'committed';
  return sound ? [] : [found('noSignedAgreement', about(event.instructionId), { seq: told.entry.seq })];
};

const quorumFindings = (evidence: RequestEvidence, story: readonly Told[], { event, told }: Instructed): Finding[] => {
  const approved = story.findLast(
    ({ entry }) =>
      entry.seq < told.entry.seq &&
      entry.events.some((other) => other.kind === 'itemClosed' && other.verdict === 'approve'),
  );
  const plan = planOf(evidence, (approved ?? told).entry.planHash);
  if (plan === null || awardStage(plan) !== 'committee' || !plan.route.includes('committee')) return [];
  const ballot = approved?.after.ballot;
  const votes = ballot ? countedVotes(ballot).length : 0;
  const seated = ballot != null && (plan.committee.opening === 'standing' || quorumOf(ballot, plan).stands);
  return seated && votes >= plan.committee.quorum
    ? []
    : [found('noQuorum', about(event.instructionId), { votes, quorum: plan.committee.quorum })];
};

export const instructionsAreDecided = (evidence: RequestEvidence, story: readonly Told[]): Finding[] => [
  ...existenceFindings(evidence, story),
  ...liveFindings(evidence),
  ...instructedIn(story).flatMap((one) => [
    ...conditionFindings(evidence, story, one),
    ...peopleFindings(evidence, one),
    ...agreementFindings(evidence, one),
    ...quorumFindings(evidence, story, one),
  ]),
];
