// One request as its reader may see it. The NGO sees no scores by name, no votes, no internal notes; a sealed score or an open
// vote is hidden from peers too.
import { z } from 'zod';
import { findingSeverities } from '../../domain/command.js';
import type { Actor } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import { keptScores } from '../../domain/review/scoring.js';
import type { AuthorityCase, Tranche } from '../../domain/grant-request.js';
import { appealableOutcomes, outcomes, phases, stageNames } from '../../domain/lifecycle.js';
import type { Status } from '../../domain/lifecycle.js';
import type { Plan } from '../../domain/plan.js';
import { plannedMinor } from '../../domain/money/tranche-results.js';
import { releaseOf } from '../../domain/money/tranche.js';
import { spreadAlarm } from '../../domain/review/spread.js';
import type { OrganisationName } from '../../persistence/organisation.repository.js';
import type { RequestRecord, RequestRow } from '../../persistence/request.reads.js';
import type { TaskRow } from '../../persistence/task.reads.js';
import type { Audience } from '../access.js';
import { amountInWords } from '../printed/written-amount.js';
import { registryFactsView, registryFactsViewOf } from './registry.view.js';
import type { HolidayNames } from './due.view.js';
import { dueBecause, dueBecauseOf } from './due.view.js';
import { egp, id, instant, money, sha256, version } from '../schemas/text.schema.js';
import type { ReviewSight } from './sealed-review.js';
import { isSealedTask, reviewCounts, reviewSight } from './sealed-review.js';
import { ballotOf, ballotView } from './ballot.view.js';
import { recoveryOf, recoveryView, writeOffOf, writeOffView } from './recovery.view.js';

const statusNames: readonly Status[] = [...stageNames, ...outcomes, 'suspended'];
const text = z.string();
const point = z.object({ section: text, note: text, item: text.optional(), field: text.optional() });

export const requestSummary = z
  .object({
    id,
    reference: text.nullable(),
    titleAr: text.nullable(),
    titleEn: text.nullable(),
    version,
    status: z.enum(statusNames),
    phase: z.enum(phases),
    stage: z.enum(stageNames),
    lateness: z.enum(['late', 'escalated']).nullable(),
    suspended: z.boolean(),
    outcome: z.enum(outcomes).nullable(),
    organisationId: id,
    programmeCode: text,
    callId: text,
    governorates: z.array(text),
    requested: money,
    award: money.nullable(),
    nextDueAt: instant.nullable(),
    submittedAt: instant,
    enteredStageAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'RequestSummary' });

const awaited = z
  .object({
    name: text,
    command: text,
    role: z.enum(roles),
    personId: id.nullable().meta({ description: 'When one person alone is waited for; not shown to the NGO' }),
    governorate: text.nullable(),
    level: text.nullable(),
    number: z.int().nullable(),
    dueAt: instant.nullable(),
    dueBecause: dueBecause.nullable(),
    stoppedBy: text
      .nullable()
      .meta({ description: 'The term of the source of money that stopped the last award; not shown to the NGO' }),
    sinceVersion: version.meta({ description: 'The version one must at least have seen to answer it' }),
  })
  .meta({ id: 'AwaitedTask' });

const scoreView = z.object({ personId: id, scores: z.record(text, z.number()), total: z.number() });

/** What only the Fund's people see. */
const internalView = z.object({
  opinions: z.record(text, text),
  checklist: z.array(z.object({ item: text, answer: text, note: text.optional() })),
  voidedItems: z.array(text).meta({ description: 'Items whose answer a correction voided' }),
  registry: registryFactsView.nullable().meta({ description: 'As recorded with the last screening or the submission' }),
  assigned: z.array(z.object({ personId: id, name: text })),
  declared: z.array(id),
  scores: z.array(scoreView),
  standingScores: z
    .record(text, z.number())
    .meta({ description: "The caller's own scores that a correction left standing" }),
  scoreSpread: z
    .object({ spread: z.int(), threshold: z.int(), widened: z.boolean(), scoresDisagree: z.boolean() })
    .nullable()
    .meta({ description: 'How far the scores lie apart, in hundredths; null while that is sealed for the reader' }),
  conflicted: z.array(id),
  ballot: ballotView.nullable(),
  authority: z
    .object({
      row: text.nullable(),
      levels: z.array(z.object({ level: text, people: z.int() })),
      approvals: z.array(z.object({ personId: id, level: text, onBehalfOf: id.optional() })),
      basis: money.nullable().meta({ description: 'The sum that chose the row: awards within twelve months together' }),
      rule: text.nullable().meta({ description: 'Why the matrix names nobody' }),
    })
    .nullable(),
  writeOff: writeOffView.nullable().meta({ description: 'A proposal to write off what is still owed' }),
  planHash: sha256,
});

export const requestView = requestSummary
  .extend({
    organisation: z.object({ id, nameAr: text, nameEn: text }).nullable(),
    requestedInWordsAr: text,
    submission: z.object({ id: text, sha256, sections: z.record(text, text) }).nullable(),
    correction: z.object({ rounds: z.int(), returnTo: text.nullable(), points: z.array(point) }),
    review: z.object({ wanted: z.int(), received: z.int() }),
    awardDetails: z.object({ amount: money, conditions: z.array(text), funds: text }).nullable(),
    agreement: z.object({ documentSha256: sha256, countersigned: z.boolean() }).nullable(),
    tranches: z.array(
      z.object({
        number: z.int(),
        purpose: z.enum(['tranche', 'retention']),
        amount: money,
        planned: money.meta({ description: 'As divided from the award; results may earn less of it' }),
        state: text,
        changedVersion: version,
        release: z
          .object({
            needed: z.int().meta({ description: 'How many people have to release it' }),
            given: z.int(),
            firstPayment: z.boolean().meta({ description: 'Nothing was paid to this account before' }),
            sharedAccount: z.boolean().meta({ description: 'Another organisation is paid on the same account' }),
          })
          .nullable()
          .meta({ description: "Null for the organisation's own people" }),
      }),
    ),
    reports: z.array(
      z.object({ number: z.int(), kind: text, state: text, dueAt: instant, spent: money, changedVersion: version }),
    ),
    visits: z.array(
      z.object({
        ...{ number: z.int(), visitedOn: text, verdict: z.enum(['passed', 'failed']), changedVersion: version },
        findings: z.array(z.object({ severity: z.enum(findingSeverities), note: text })),
      }),
    ),
    appeal: z
      .object({
        standing: z.enum(appealableOutcomes).meta({ description: 'The outcome, unless the panel sends it back' }),
        verdict: z.enum(['uphold', 'send-back']).nullable(),
        judged: z.int(),
      })
      .nullable(),
    suspension: z.object({ ground: text }).nullable(),
    closure: z.object({ signed: z.array(text), unspent: money }).nullable(),
    recovery: recoveryView.nullable(),
    refunded: money.meta({ description: 'Given back while the project went on' }),
    awaited: z.array(awaited).meta({ description: 'Who has it now, and until when' }),
    internal: internalView.nullable(),
  })
  .meta({ id: 'Request' });

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const isoOf = (atMs: number): string => new Date(atMs).toISOString();

export const summaryOf = (row: RequestRow): z.output<typeof requestSummary> => ({
  id: row._id,
  reference: row.reference ?? null,
  titleAr: row.titleAr ?? null,
  titleEn: row.titleEn ?? null,
  version: row.version,
  status: row.status,
  phase: row.phase,
  stage: row.stage,
  lateness: row.lateness,
  suspended: row.suspended,
  outcome: row.outcome,
  organisationId: row.organisationId,
  programmeCode: row.programmeCode,
  callId: row.callId,
  governorates: [...row.governorates],
  requested: egp(row.requestedMinor),
  award: row.awardMinor === null ? null : egp(row.awardMinor),
  nextDueAt: iso(row.nextDueAt),
  submittedAt: row.submittedAt.toISOString(),
  enteredStageAt: row.enteredStageAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** `masked`: without the person who is waited for, also not by the name of the task. */
export const awaitedOf = (task: TaskRow, masked: boolean, names: HolidayNames): z.output<typeof awaited> => ({
  name: masked ? task.command : task.name,
  command: task.command,
  role: task.role,
  personId: masked ? null : (task.personId ?? null),
  governorate: task.governorate ?? null,
  level: task.level ?? null,
  number: task.number ?? null,
  dueAt: iso(task.dueAt),
  dueBecause: task.dueBecause ? dueBecauseOf(task.dueBecause, names) : null,
  stoppedBy: masked ? null : (task.stoppedBy ?? null),
  sinceVersion: task.sinceVersion,
});

const authorityOf = ({ row, levels, approvals, basisMinor, rule }: AuthorityCase) => ({
  row,
  levels: [...levels],
  approvals: [...approvals],
  basis: basisMinor === undefined ? null : egp(basisMinor),
  rule: rule ?? null,
});

type Sealing = { readonly caller: Actor; readonly plan: Plan; readonly sight: ReviewSight };

const reviewOf = ({ state }: RequestRecord, { caller, plan, sight }: Sealing) => {
  const shown = (personId: string): boolean => sight.names || personId === caller.personId;
  return {
    assigned: state.review.assigned.filter(({ personId }) => shown(personId)),
    declared: state.review.declared.filter(shown),
    conflicted: state.conflicted.filter(shown),
    scores: state.review.scores
      .filter(({ personId }) => sight.scores || personId === caller.personId)
      .map((score) => ({ ...score, scores: { ...score.scores } })),
    // Whoever sees the names but not the scores is the secretary, who is asked for one more reviewer and sees why.
    scoreSpread: sight.scores || (sight.names && state.review.widened) ? spreadAlarm(state, plan) : null,
  };
};

const internalOf = (record: RequestRecord, sealing: Sealing): z.output<typeof internalView> => {
  const { state, planHash } = record;
  const { caller } = sealing;
  return {
    opinions: { ...state.opinions },
    checklist: [...(state.screening?.checklist ?? [])],
    voidedItems: [...(state.screening?.voided ?? [])],
    registry: state.registry ? registryFactsViewOf(state.registry) : null,
    ...reviewOf(record, sealing),
    standingScores: { ...keptScores(state, caller.personId) },
    ballot: state.ballot ? ballotOf(state.ballot, caller) : null,
    authority: state.authority ? authorityOf(state.authority) : null,
    writeOff: state.recovery ? writeOffOf(state.recovery) : null,
    planHash,
  };
};

const releaseShown = (tranche: Tranche, plan: Plan) => ({
  needed: releaseOf(tranche, plan).people,
  given: tranche.releasedBy.length,
  firstPayment: tranche.firstPayment === true,
  sharedAccount: tranche.sharedAccount === true,
});

const trancheOf = (tranche: Tranche, audience: Audience, plan: Plan) => ({
  number: tranche.number,
  purpose: tranche.purpose,
  amount: egp(tranche.amountMinor),
  planned: egp(plannedMinor(tranche)),
  state: tranche.state,
  changedVersion: tranche.changedVersion,
  release: audience === 'ngo' ? null : releaseShown(tranche, plan),
});

type Surroundings = {
  readonly organisation: OrganisationName | null;
  readonly tasks: readonly TaskRow[];
  readonly audience: Audience;
  readonly caller: Actor;
  readonly plan: Plan;
  readonly holidayNames: HolidayNames;
};

export const requestViewOf = (
  record: RequestRecord,
  { organisation, tasks, audience, caller, plan, holidayNames }: Surroundings,
): z.output<typeof requestView> => {
  const { state } = record;
  const sight = reviewSight(state, { audience, caller, plan });
  const { award, agreement, appeal, closure, recovery, suspension, file } = state;
  return {
    ...summaryOf(record),
    organisation: organisation
      ? { id: organisation._id, nameAr: organisation.nameAr, nameEn: organisation.nameEn }
      : null,
    requestedInWordsAr: amountInWords(record.requestedMinor, 'ar'),
    submission: file ? { ...file.snapshot, sections: { ...file.sections } } : null,
    correction: { ...state.correction, points: [...state.correction.points] },
    review: reviewCounts(state, plan, sight),
    awardDetails: award
      ? { amount: egp(award.amountMinor), conditions: [...award.conditions], funds: award.funds }
      : null,
    agreement,
    tranches: state.tranches.map((tranche) => trancheOf(tranche, audience, plan)),
    reports: state.reports.map(({ number, kind, state: now, dueAtMs, spentMinor, changedVersion }) => ({
      ...{ number, kind, state: now, changedVersion },
      dueAt: isoOf(dueAtMs),
      spent: egp(spentMinor),
    })),
    visits: (state.visits ?? []).map(({ findings, ...visit }) => ({ ...visit, findings: [...findings] })),
    appeal: appeal ? { standing: appeal.standing, verdict: appeal.verdict, judged: appeal.judgements.length } : null,
    suspension: suspension ? { ground: suspension.ground } : null,
    closure: closure ? { signed: [...closure.signed], unspent: egp(closure.unspentMinor) } : null,
    refunded: egp(state.refundedMinor ?? '0'),
    recovery: recovery ? recoveryOf(recovery) : null,
    awaited: tasks
      .filter(({ rerouted }) => !rerouted)
      .map((task) => awaitedOf(task, audience === 'ngo' || (!sight.names && isSealedTask(task, caller)), holidayNames)),
    internal: audience === 'ngo' ? null : internalOf(record, { caller, plan, sight }),
  };
};
