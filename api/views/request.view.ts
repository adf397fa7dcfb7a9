// One request as its reader may see it. The NGO sees no scores by name, no votes, no internal notes; a sealed score or an open
// vote is hidden from peers too.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import type { GrantRequest, Tranche } from '../../domain/grant-request.js';
import { outcomes, phases, stageNames } from '../../domain/lifecycle.js';
import type { Status } from '../../domain/lifecycle.js';
import type { OrganisationName } from '../../persistence/organisation.repository.js';
import type { RequestRecord, RequestRow } from '../../persistence/request.reads.js';
import type { TaskRow } from '../../persistence/task.reads.js';
import type { Audience } from '../access.js';
import { egp, id, instant, money, sha256, version } from '../schemas/text.schema.js';
import { ballotOf, ballotView } from './ballot.view.js';

const statusNames: readonly Status[] = [...stageNames, ...outcomes, 'suspended'];
const text = z.string();
const point = z.object({ section: text, note: text });

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
    sinceVersion: version.meta({ description: 'The version one must at least have seen to answer it' }),
  })
  .meta({ id: 'AwaitedTask' });

const scoreView = z.object({ personId: id, scores: z.record(text, z.number()), total: z.number() });

/** What only the Fund's people see. */
const internalView = z.object({
  opinions: z.record(text, text),
  checklist: z.array(z.object({ item: text, answer: text, note: text.optional() })),
  assigned: z.array(z.object({ personId: id, name: text })),
  declared: z.array(id),
  scores: z.array(scoreView),
  conflicted: z.array(id),
  ballot: ballotView.nullable(),
  authority: z
    .object({
      row: text.nullable(),
      levels: z.array(z.object({ level: text, people: z.int() })),
      approvals: z.array(z.object({ personId: id, level: text })),
    })
    .nullable(),
  planHash: sha256,
});

export const requestView = requestSummary
  .extend({
    organisation: z.object({ id, nameAr: text, nameEn: text }).nullable(),
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
        state: text,
        changedVersion: version,
      }),
    ),
    reports: z.array(
      z.object({ number: z.int(), kind: text, state: text, dueAt: instant, spent: money, changedVersion: version }),
    ),
    suspension: z.object({ ground: text }).nullable(),
    closure: z.object({ signed: z.array(text), unspent: money }).nullable(),
    recovery: z
      .object({ due: money, received: money, instalments: z.array(z.object({ amount: money, dueAt: instant })) })
      .nullable(),
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

export const awaitedOf = (task: TaskRow, audience: Audience): z.output<typeof awaited> => ({
  name: audience === 'ngo' ? task.command : task.name,
  command: task.command,
  role: task.role,
  personId: audience === 'ngo' ? null : (task.personId ?? null),
  governorate: task.governorate ?? null,
  level: task.level ?? null,
  number: task.number ?? null,
  dueAt: iso(task.dueAt),
  sinceVersion: task.sinceVersion,
});

/** An assigned reviewer judges alone: no peer's score is shown before the own one is given. */
export const mayReadScores = ({ review }: GrantRequest, { personId }: Actor): boolean =>
  !review.assigned.some((reviewer) => reviewer.personId === personId) ||
  review.scores.some((score) => score.personId === personId);

const internalOf = ({ state, planHash }: RequestRecord, caller: Actor): z.output<typeof internalView> => ({
  opinions: { ...state.opinions },
  checklist: [...(state.screening?.checklist ?? [])],
  assigned: [...state.review.assigned],
  declared: [...state.review.declared],
  scores: state.review.scores
    .filter(({ personId }) => personId === caller.personId || mayReadScores(state, caller))
    .map((score) => ({ ...score, scores: { ...score.scores } })),
  conflicted: [...state.conflicted],
  ballot: state.ballot ? ballotOf(state.ballot, caller) : null,
  authority: state.authority
    ? { row: state.authority.row, levels: [...state.authority.levels], approvals: [...state.authority.approvals] }
    : null,
  planHash,
});

const trancheOf = ({ number, purpose, amountMinor, state, changedVersion }: Tranche) => ({
  number,
  purpose,
  amount: egp(amountMinor),
  state,
  changedVersion,
});

type Surroundings = {
  readonly organisation: OrganisationName | null;
  readonly tasks: readonly TaskRow[];
  readonly audience: Audience;
  readonly caller: Actor;
};

export const requestViewOf = (
  record: RequestRecord,
  { organisation, tasks, audience, caller }: Surroundings,
): z.output<typeof requestView> => {
  const { state } = record;
  const { award, agreement, closure, recovery, suspension, file } = state;
  return {
    ...summaryOf(record),
    organisation: organisation
      ? { id: organisation._id, nameAr: organisation.nameAr, nameEn: organisation.nameEn }
      : null,
    submission: file ? { ...file.snapshot, sections: { ...file.sections } } : null,
    correction: { ...state.correction, points: [...state.correction.points] },
    review: { wanted: state.review.wanted, received: state.review.scores.length },
    awardDetails: award
      ? { amount: egp(award.amountMinor), conditions: [...award.conditions], funds: award.funds }
      : null,
    agreement,
    tranches: state.tranches.map(trancheOf),
    reports: state.reports.map(({ number, kind, state: now, dueAtMs, spentMinor, changedVersion }) => ({
      ...{ number, kind, state: now, changedVersion },
      dueAt: isoOf(dueAtMs),
      spent: egp(spentMinor),
    })),
    suspension: suspension ? { ground: suspension.ground } : null,
    closure: closure ? { signed: [...closure.signed], unspent: egp(closure.unspentMinor) } : null,
    recovery: recovery
      ? {
          due: egp(recovery.dueMinor),
          received: egp(recovery.receivedMinor),
          instalments: recovery.instalments.map(({ amountMinor, dueAtMs }) => ({
            amount: egp(amountMinor),
            dueAt: isoOf(dueAtMs),
          })),
        }
      : null,
    awaited: tasks.map((task) => awaitedOf(task, audience)),
    internal: audience === 'ngo' ? null : internalOf(record, caller),
  };
};
