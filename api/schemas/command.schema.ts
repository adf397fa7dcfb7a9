// What people send with each command: the shared envelope beside the flat fields of the domain's body.
import { z } from 'zod';
import type { CorrectionPoint, IndicatorActual, PersonBodies } from '../../domain/command.js';
import { findingSeverities } from '../../domain/command.js';
import { riskClasses } from '../../domain/plan.js';
import { routeOrder } from '../../domain/lifecycle.js';
import { amountMinor, evidence, governorate, id, instant, mapOf, sha256, text, version } from './text.schema.js';

const most = {
  reason: 1_000,
  note: 1_000,
  remarks: 2_000,
  points: 50,
  evidence: 50,
  people: 60,
  indicators: 100,
  instalments: 60,
} as const;

const envelope = {
  expectedVersion: version.meta({
    description: 'The version you saw of what you act on; an older one is refused as stale',
  }),
  reason: text(most.reason).exactOptional(),
  evidence: z.array(evidence).max(most.evidence).exactOptional(),
} as const;

/** Every command body has the envelope; unknown fields are refused. */
export const commandBody = <S extends z.ZodRawShape>(fields: S) => z.strictObject({ ...envelope, ...fields });

const code = text(64);
const note = text(most.note);
/** A field of a section, as its path in the form. */
const field = text(200);
const point = z.strictObject({
  section: code,
  note,
  item: code.exactOptional(),
  field: field.exactOptional(),
}) satisfies z.ZodType<CorrectionPoint>;
const points = z.array(point).max(most.points);
export const people = z.array(id).max(most.people);
const indicator = z.strictObject({
  code,
  total: z.int().min(0),
  parts: mapOf(z.string().regex(/^[a-z0-9-]{1,64}$/), z.int().min(0), 40),
}) satisfies z.ZodType<IndicatorActual>;

type Body<K extends keyof PersonBodies> = z.ZodType<PersonBodies[K]>;

export const submission = z.strictObject({
  expectedVersion: version.meta({ description: "The draft's version you saw, as in its ETag" }),
  reason: envelope.reason,
  evidence: envelope.evidence,
});
export const screening = commandBody({
  verdict: z.enum(['eligible', 'incomplete', 'ineligible']),
  checklist: z
    .array(
      z.strictObject({ item: code, answer: z.enum(['met', 'not-met', 'not-applicable']), note: note.exactOptional() }),
    )
    .max(100),
  points: points.default([]),
  reasonCodes: z.array(code).max(20).default([]),
  risk: z.enum(riskClasses).exactOptional(),
}) satisfies Body<'recordScreening'>;
export const resubmission = commandBody({ answers: points.default([]) });
export const opinion = commandBody({
  governorate,
  verdict: z.enum(['support', 'support-with-remarks', 'object']),
  reason: text(most.remarks).exactOptional().meta({ description: 'Remarks or objection of the directorate' }),
}) satisfies Body<'recordOpinion'>;
export const assignment = commandBody({ reviewers: people.min(1) });
export const interest = commandBody({
  interest: z.enum(['none', 'conflict']),
  nature: note.exactOptional(),
}) satisfies Body<'declareInterest'>;
export const score = commandBody({
  scores: mapOf(z.string().regex(/^[a-z0-9-]{1,64}$/), z.int().min(0).max(1_000), 40),
}) satisfies Body<'recordScore'>;
export const opening = commandBody({
  sessionId: id,
  present: people.exactOptional().meta({
    description: 'Only for plans that keep no sessions; otherwise the attendance of the session says who is present',
  }),
  recused: people.default([]),
});
export const vote = commandBody({ vote: z.enum(['approve', 'reject', 'abstain']) }) satisfies Body<'castVote'>;
export const closing = commandBody({
  verdict: z.enum(['approve', 'defer', 'return', 'reject', 'ratify', 'recover']).meta({
    description: 'After a provisional payment `ratify` or `recover`, in every other item one of the others',
  }),
  amountMinor: amountMinor.exactOptional(),
  conditions: z.array(text(500)).max(20).default([]),
  castingVote: z.boolean().default(false),
  answersToObjections: mapOf(z.string().regex(/^EG-[A-Z]{1,3}$/), note, 27).default({}),
  points: points.default([]),
  deferUntil: instant.exactOptional().meta({ description: 'With defer: the item does not come up again before this' }),
});
export const approval = commandBody({
  verdict: z.enum(['approve', 'return', 'reject']),
}) satisfies Body<'recordApproval'>;
export const signature = commandBody({
  documentSha256: sha256.meta({ description: 'Hash of the agreement as read from GET …/agreement' }),
}) satisfies Body<'signAgreement'> & Body<'countersignAgreement'>;
export const appealJudgement = commandBody({
  verdict: z.enum(['uphold', 'send-back']),
  toStage: z.enum(routeOrder).exactOptional().meta({ description: 'Where it is sent back to; only with `send-back`' }),
}) satisfies Body<'decideAppeal'>;
export const bare = commandBody({});
export const report = commandBody({
  spentMinor: amountMinor,
  indicators: z.array(indicator).max(most.indicators).default([]),
  documentSha256: sha256,
}) satisfies z.ZodType<Omit<PersonBodies['submitReport'], 'number'>>;
export const reportReview = commandBody({
  verdict: z.enum(['accepted', 'returned']),
  points: points.default([]),
}) satisfies z.ZodType<Omit<PersonBodies['recordReportReview'], 'number'>>;
export const visit = commandBody({
  visitedOn: z.iso.date().meta({ description: 'The local day of the visit; today or earlier' }),
  verdict: z.enum(['passed', 'failed']),
  findings: z
    .array(z.strictObject({ severity: z.enum(findingSeverities), note: text(most.remarks) }))
    .max(50)
    .default([])
    .meta({ description: 'What has to be put right; with a severe one the visit cannot have passed' }),
}) satisfies Body<'recordVisit'>;
export const suspension = commandBody({
  ground: z.enum(['registry-finding', 'flagged-visit', 'fraud-alarm', 'overdue-report']),
}) satisfies Body<'suspend'>;
export const closure = commandBody({
  verdict: z.enum(['settled', 'not-settled']),
  unspentMinor: amountMinor,
  returnedMinor: amountMinor,
}) satisfies Body<'closeRequest'>;
export const recoveryPlan = commandBody({
  instalments: z
    .array(z.strictObject({ amountMinor, dueAt: instant }))
    .min(1)
    .max(most.instalments),
});
export const recovery = commandBody({
  kind: z.enum(['received', 'written-off', 'write-off-refused']).meta({
    description:
      'The finance officer proposes `written-off` with a reason, approvers of the levels asked for answer with it or with `write-off-refused`',
  }),
  amountMinor: amountMinor.meta({ description: 'To write off or to refuse that: all that is still owed' }),
}) satisfies Body<'recordRecovery'>;
export const refund = commandBody({ amountMinor }) satisfies Body<'recordRefund'>;
export const planMigration = commandBody({
  planHash: sha256.meta({ description: 'Hash of the published plan that the request goes on under' }),
  reason: text(most.reason),
});

export const reassignment = commandBody({
  task: text(128),
  personId: id.nullable().meta({ description: 'Who has the task from now on; null for everybody with its role' }),
});

export const batchBuilding = z.strictObject({ limit: z.int().min(1).max(50).default(50) });
export const batchRelease = z.strictObject({
  expectedVersion: version,
  reason: envelope.reason,
  count: z.int().min(0).meta({ description: 'How many payments the batch had when you saw it' }),
  controlSumMinor: amountMinor,
});
export const batchWithdrawal = z.strictObject({ expectedVersion: version, reason: envelope.reason });
export const unknownResolution = z.strictObject({
  expectedVersion: version,
  reason: text(most.reason),
  instructionId: id,
  status: z.enum(['settled', 'rejected']),
});

/** What every command of a request has in its body. */
export type CommandInput = Pick<z.output<typeof bare>, 'expectedVersion' | 'reason' | 'evidence'>;
