// Audit entries as a timeline. People of the Fund see who did what; the NGO sees roles instead of names where it is judged, and no
// votes or scores; the auditor also sees the hashes.
import { z } from 'zod';
import type { Actor, Role } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import type { Entry } from '../../domain/audit-entry.js';
import type { PersonCommandKind } from '../../domain/command.js';
import { isPersonKind } from '../../domain/command.js';
import type { EventKind, RequestEvent } from '../../domain/event.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { permissions } from '../../domain/permissions.js';
import type { AuditEntryDocument, HashedRequestEntry } from '../../persistence/audit-entry.model.js';
import type { TimelineRow } from '../../persistence/audit-entry.reads.js';
import type { RefusedAttemptDocument } from '../../persistence/refused-attempt.model.js';
import type { Audience } from '../access.js';
import { id, instant, sha256 } from '../schemas/text.schema.js';
import type { ReviewSight } from './sealed-review.js';
import { isHiddenEvent, isReviewersAct, sealedFields } from './sealed-review.js';

const text = z.string();
const event = z.object({ kind: text }).catchall(z.unknown());

export const timelineEntry = z
  .object({
    seq: z.int(),
    at: instant,
    kind: z.enum(['decision', 'system']),
    command: text,
    actor: z.object({
      role: z.enum(roles).nullable(),
      personId: text.nullable(),
      name: text.nullable(),
      onBehalfOf: z
        .object({ personId: text, name: text })
        .nullable()
        .meta({ description: 'The absent person in whose role it was done; both names stand on the decision' }),
    }),
    before: text,
    after: text,
    reason: text.nullable(),
    evidence: z.array(z.object({ fileId: text, sha256: text })),
    events: z.array(event),
    proof: z
      .object({
        hash: sha256,
        previousHash: sha256,
        planHash: text,
        runId: text,
        updateId: text.nullable(),
        key: text.nullable(),
        fingerprint: text.nullable(),
        writtenAt: instant,
      })
      .nullable()
      .meta({ description: 'For auditors only' }),
  })
  .meta({ id: 'TimelineEntry' });

export const attemptView = z
  .object({
    seq: z.int(),
    at: instant,
    actor: z.object({ personId: id, name: text, roles: z.array(text) }),
    command: text,
    code: text,
    rule: text.nullable(),
    accepted: text.nullable(),
    httpRequestId: text,
  })
  .meta({ id: 'RefusedAttempt' });

export type RequestTimelineRow = AuditEntryDocument<HashedRequestEntry>;
export const isRequestRow = (row: TimelineRow): row is RequestTimelineRow => row.subjectKind === 'request';

/** Where the NGO is judged: the body decides, not the person. */
const judged: readonly string[] = [
  'recordOpinion',
  'assignReviewers',
  'declareInterest',
  'recordScore',
  'openItem',
  'castVote',
  'closeItem',
  'recordApproval',
  'reassignTask',
  'resolveAuthority',
  'decideAppeal',
] satisfies readonly PersonCommandKind[];

/** Reasons that are addressed to the NGO; all others are the Fund's own notes. */
const reasonsForNgo: readonly string[] = [
  'submitRequest',
  'recordScreening',
  'resubmit',
  'closeItem',
  'recordApproval',
  'signAgreement',
  'declineAgreement',
  'fileAppeal',
  'decideAppeal',
  'confirmReceipt',
  'submitReport',
  'recordReportReview',
  'recordVisit',
  'suspend',
  'liftSuspension',
  'withdraw',
  'terminate',
  'recordRefund',
  'closeRequest',
  'agreeRecoveryPlan',
  'recordRecovery',
  'migratePlan',
] satisfies readonly PersonCommandKind[];

/** Fields of events that the NGO sees; an event that is not listed is not shown to it. */
const fieldsForNgo: Partial<Record<EventKind, readonly string[]>> = {
  stageEntered: ['stage', 'dueAtMs'],
  requestEnded: ['outcome'],
  requestSubmitted: [],
  screeningRecorded: ['verdict', 'reasonCodes'],
  correctionAsked: ['points', 'returnTo'],
  requestResubmitted: ['answers', 'changedSections', 'changedFields'],
  verdictsVoided: ['checklistItems', 'governorates', 'because'],
  opinionRecorded: ['governorate'],
  opinionsMissing: ['governorates'],
  itemClosed: ['verdict'],
  approvalRecorded: ['verdict', 'level'],
  agreementSigned: ['documentSha256'],
  agreementConcluded: ['amountMinor'],
  awardConcluded: ['amountMinor'],
  afterReviewOpened: ['dueAtMs'],
  afterReviewDecided: ['verdict'],
  agreementDeclined: [],
  appealOpened: ['standing'],
  appealFiled: [],
  appealDecided: ['verdict', 'toStage'],
  trancheReady: ['number'],
  trancheEarned: ['number', 'plannedMinor', 'earnedMinor', 'indicator', 'reached', 'target'],
  trancheUnearned: ['number', 'amountMinor', 'condition'],
  tranchePrepared: ['number'],
  trancheReleased: ['number'],
  paymentInstructed: ['number', 'amountMinor', 'purpose'],
  paymentSettled: ['number', 'amountMinor'],
  paymentRejected: ['number', 'code'],
  receiptConfirmed: ['number'],
  reportSubmitted: ['number', 'spentMinor', 'indicators', 'documentSha256'],
  reportReviewed: ['number', 'verdict', 'points'],
  visitRecorded: ['number', 'visitedOn', 'verdict', 'findings'],
  requestSuspended: ['ground', 'finding'],
  suspensionLifted: [],
  deadlinesMoved: ['deadlines', 'change'],
  closureSigned: ['role', 'unspentMinor'],
  refundReceived: ['amountMinor'],
  unspentReturned: ['amountMinor'],
  recoveryOpened: ['dueMinor'],
  recoveryPlanAgreed: ['instalments'],
  recoveryReceived: ['amountMinor'],
  recoveryWrittenOff: ['amountMinor'],
  planMigrated: ['fromVersion', 'toVersion'],
};

type Shown = { readonly kind: string } & Readonly<Record<string, unknown>>;

const only = (happened: RequestEvent, names: readonly string[]): Shown => ({
  kind: happened.kind,
  ...Object.fromEntries(Object.entries(happened).filter(([name]) => names.includes(name))),
});

const forNgo = (events: readonly RequestEvent[]): Shown[] =>
  events.flatMap((happened) => {
    const names = fieldsForNgo[happened.kind];
    return names === undefined ? [] : [only(happened, names)];
  });

/** Of a secret ballot the entry says that somebody voted; what was cast is the voter's own to see. */
const withoutSecret = (happened: RequestEvent, { personId }: Actor): Shown =>
  happened.kind === 'voteCast' && happened.secret === true && happened.personId !== personId
    ? only(happened, ['personId', 'seat', 'secret'])
    : { ...happened };

/** A review stays sealed while it goes on (see sealed-review.ts), votes for everyone while the ballot is open. */
const sealed = (happened: RequestEvent, { request, caller, sight }: Reader): Shown => {
  const fields = sealedFields(happened, caller, sight);
  if (fields) return only(happened, fields);
  const open = request.ballot !== null && !request.ballot.closed;
  if (happened.kind === 'voteCast' && happened.personId !== caller.personId && open)
    return only(happened, ['personId', 'seat']);
  return withoutSecret(happened, caller);
};

/** The role a person acted in: the first held that the command asks for. */
const actingRole = ({ command, actor }: Pick<Entry, 'command' | 'actor'>): Role | null => {
  if (!isPersonKind(command)) return null;
  const asked = permissions[command].roles;
  const absent = actor.onBehalfOf?.personId;
  const held = actor.roles.filter(({ onBehalfOf }) => onBehalfOf?.personId === absent);
  return held.find(({ role }) => asked.includes(role))?.role ?? null;
};

/** Whoever knows all but the vote could try the three votes against a hash: the key is its salt, and stays hidden too. */
const unsalted = { updateId: null, key: null, fingerprint: null } as const;

const proofOf = (row: RequestTimelineRow): z.output<typeof timelineEntry>['proof'] => ({
  hash: row.hash,
  previousHash: row.previousHash,
  planHash: row.planHash,
  runId: row.runId,
  updateId: row.updateId ?? null,
  key: row.key ?? null,
  fingerprint: row.fingerprint ?? null,
  writtenAt: row.writtenAt.toISOString(),
  ...(row.events.some((happened) => happened.kind === 'voteCast' && happened.secret === true) ? unsalted : {}),
});

type Reader = {
  readonly audience: Audience;
  readonly request: GrantRequest;
  readonly caller: Actor;
  readonly sight: ReviewSight;
};

const eventsFor = ({ events }: RequestTimelineRow, reader: Reader): Shown[] => {
  switch (reader.audience) {
    case 'ngo':
      return forNgo(events);
    case 'audit':
      return events.map((happened) => withoutSecret(happened, reader.caller));
    case 'fund':
      return events
        .filter((happened) => !isHiddenEvent(happened, reader.sight))
        .map((happened) => sealed(happened, reader));
  }
};

/** Acts of other reviewers while the review is sealed for the reader: without name, or at least without the reason's words. */
const isSealed = (row: RequestTimelineRow, { audience, caller }: Reader, open: boolean): boolean =>
  audience === 'fund' && !open && isReviewersAct(row.command) && row.actor.personId !== caller.personId;

const actorFor = (row: RequestTimelineRow, reader: Reader): z.output<typeof timelineEntry>['actor'] => {
  const role = actingRole(row);
  const hidden = reader.audience === 'ngo' && judged.includes(row.command);
  if (hidden || isSealed(row, reader, reader.sight.names))
    return { role, personId: null, name: null, onBehalfOf: null };
  const { personId, name, onBehalfOf } = row.actor;
  const absent = onBehalfOf === undefined ? null : { personId: onBehalfOf.personId, name: onBehalfOf.name };
  return { role, personId, name, onBehalfOf: absent };
};

export const timelineEntryOf = (row: RequestTimelineRow, reader: Reader): z.output<typeof timelineEntry> => {
  const { audience } = reader;
  const silent =
    (audience === 'ngo' && !reasonsForNgo.includes(row.command)) || isSealed(row, reader, reader.sight.scores);
  const { reason = null, evidence = [] } = silent ? {} : row;
  return {
    seq: row.seq,
    at: new Date(row.atMs).toISOString(),
    kind: row.kind,
    command: row.command,
    actor: actorFor(row, reader),
    before: row.before,
    after: row.after,
    reason,
    evidence: [...evidence],
    events: eventsFor(row, reader),
    proof: audience === 'audit' ? proofOf(row) : null,
  };
};

export const attemptOf = (attempt: RefusedAttemptDocument): z.output<typeof attemptView> => ({
  seq: attempt.seq,
  at: attempt.at.toISOString(),
  actor: {
    personId: attempt.actor.personId,
    name: attempt.actor.name,
    roles: attempt.actor.roles.map(({ role }) => role),
  },
  command: attempt.command,
  code: attempt.code,
  rule: attempt.rule ?? null,
  accepted: attempt.accepted ?? null,
  httpRequestId: attempt.httpRequestId,
});
