// What people do with committee sessions: schedule, edit, open, note who came and left, close, publish the minutes.
import { z } from 'zod';
import type { Role } from '../../domain/actor.js';
import type { CommitteeSession, SessionDecision, SessionTerms } from '../../domain/approval/session.js';
import { ballotKinds, sessionStates } from '../../domain/approval/session.js';
import * as rules from '../../domain/approval/session.js';
import type { RegisterCommand } from '../../domain/audit/register-entry.js';
import { refuse } from '../../domain/refusal.js';
import type { MinutesDocument } from '../../persistence/session.model.js';
import { changeSession, sessionById } from '../../persistence/session.repository.js';
import { requireRole } from '../access.js';
import type { Answer, ChangingCall, Documentation, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing } from '../endpoint.js';
import { sessionExamples } from '../session-examples.js';
import { minutesToPublish } from '../session-minutes.js';
import { opaqueId } from '../opaque-id.js';
import { Problem } from '../problem.js';
import { registerDraftOf, registered } from '../register-call.js';
import * as schema from '../schemas/session.schema.js';
import { id, version } from '../schemas/text.schema.js';
import { attendeesOf, openItemsOf, sessionTermsFault } from '../session-facts.js';

export const sessionParams = z.strictObject({ sessionId: id });
export const sessionSubject = ({ sessionId }: { sessionId: string }) => ({ kind: 'session', id: sessionId }) as const;

const sessionAnswer = z
  .object({ sessionId: id, version, state: z.enum(sessionStates), ballot: z.enum(ballotKinds) })
  .meta({ id: 'SessionAcknowledgement' });

const changing = [
  ...(['invalidInput', 'idempotencyKeyMissing', 'notSignedIn', 'notYourRole', 'conditionsNotMet'] as const),
  ...(['keyInProgress', 'keyReusedWithOtherContent', 'tooManyRequests', 'unavailable'] as const),
];
const about = { tag: 'sessions', method: 'post', response: sessionAnswer, query: nothing, keys: 'a-while' } as const;
const secretary: readonly Role[] = ['committeeSecretary'];

const termsOf = ({ heldAt, ballot, chair, ...rest }: z.output<typeof schema.sessionTerms>): SessionTerms => ({
  heldAtMs: Date.parse(heldAt),
  ballot,
  chair,
  secretary: rest.secretary,
  members: rest.members,
  agenda: rest.agenda,
});

const existing = async (sessionId: string): Promise<CommitteeSession> => {
  const session = await sessionById(sessionId);
  if (session === null) throw new Problem('notFound');
  return session;
};

const answerOf = async (sessionId: string, status: 200 | 201): Promise<Answer> => {
  const { version: now, state, ballot } = await existing(sessionId);
  const headers = status === 201 ? { Location: `/v1/sessions/${sessionId}` } : {};
  return { status, body: { sessionId, version: now, state, ballot }, headers };
};

const scheduling = (): Endpoint =>
  changeEndpoint(
    {
      ...about,
      operationId: 'scheduleSession',
      path: '/sessions',
      summary: { ar: 'تحديد موعد جلسة للجنة وجدول أعمالها', en: 'Schedule a committee session with its agenda' },
      roles: secretary,
      problems: [...changing, 'dutyConflict'],
      success: 201,
      examples: sessionExamples.scheduleSession,
      params: nothing,
      body: schema.sessionTerms,
    },
    async ({ body }, call) => {
      requireRole(call.caller, secretary);
      const terms = termsOf(body);
      const fault = await sessionTermsFault(terms);
      const sessionId = opaqueId('session', call.operation.id);
      const draft = registerDraftOf(call, 'scheduleSession');
      const decide = () => (fault ? { refusal: fault } : rules.scheduleSession(sessionId, terms));
      registered(await changeSession(sessionId, draft, decide));
      return answerOf(sessionId, 201);
    },
  );

type Seen = { readonly expectedVersion: number; readonly reason?: string };
type Change = {
  readonly decide: (session: CommitteeSession) => SessionDecision;
  readonly minutes?: Omit<MinutesDocument, '_id'>;
};
type SessionRow<B extends z.ZodType<Seen>> = Pick<Documentation, 'summary' | 'roles'> & {
  readonly command: RegisterCommand;
  readonly path: string;
  readonly body: B;
  readonly examples: NonNullable<Documentation['examples']>;
  /** What outside facts the change needs is looked up here; the decision itself is made on the session inside the transaction. */
  readonly change: (body: z.output<B>, session: CommitteeSession, call: ChangingCall) => Promise<Change>;
};

const decideOn =
  (expectedVersion: number, { decide }: Change) =>
  (session: CommitteeSession | null) => {
    if (session === null) throw new Problem('notFound');
    return session.version === expectedVersion
      ? decide(session)
      : refuse('staleVersion', 'version-seen', String(session.version));
  };

const sessionEndpoint = <B extends z.ZodType<Seen>>({ command, change, roles, ...row }: SessionRow<B>): Endpoint =>
  changeEndpoint(
    {
      ...about,
      ...row,
      operationId: command,
      path: `/sessions/{sessionId}${row.path}`,
      roles,
      problems: [...changing, 'notFound', 'staleVersion', 'alreadyActed', 'notAssigned', 'dutyConflict'],
      success: 200,
      params: sessionParams,
      subject: sessionSubject,
    },
    async ({ params: { sessionId }, body }, call) => {
      requireRole(call.caller, roles);
      const made = await change(body, await existing(sessionId), call);
      const draft = registerDraftOf(call, command, body.reason);
      registered(await changeSession(sessionId, draft, decideOn(body.expectedVersion, made), made.minutes));
      return answerOf(sessionId, 200);
    },
  );

const editing = (): Endpoint =>
  sessionEndpoint({
    command: 'editSession',
    path: '/terms',
    summary: { ar: 'تعديل الجلسة قبل افتتاحها', en: 'Change a session before it opens' },
    roles: secretary,
    body: schema.sessionEdit,
    examples: sessionExamples.editSession,
    change: async (body) => {
      const terms = termsOf(body);
      const fault = await sessionTermsFault(terms);
      return { decide: (session) => (fault ? { refusal: fault } : rules.editSession(session, terms)) };
    },
  });

const running = (): Endpoint[] => [
  sessionEndpoint({
    command: 'openSession',
    path: '/opening',
    summary: { ar: 'افتتاح الجلسة', en: 'Open the session' },
    roles: secretary,
    body: schema.sessionStep,
    examples: sessionExamples.openSession,
    change: () => Promise.resolve({ decide: (session) => rules.openSession(session, Date.now()) }),
  }),
  sessionEndpoint({
    command: 'recordAttendance',
    path: '/attendance',
    summary: { ar: 'تسجيل الحضور والانصراف', en: 'Note who came and who left' },
    roles: secretary,
    body: schema.attendance,
    examples: sessionExamples.recordAttendance,
    change: async ({ movements }, session) => {
      const nowMs = Date.now();
      const moving = movements.map(({ at, ...rest }) => ({ ...rest, atMs: at === undefined ? nowMs : Date.parse(at) }));
      const attendees = await attendeesOf(
        session,
        moving.map(({ personId }) => personId),
      );
      return { decide: (now) => rules.recordAttendance(now, moving, { attendees, nowMs }) };
    },
  }),
  sessionEndpoint({
    command: 'closeSession',
    path: '/closing',
    summary: { ar: 'رفع الجلسة', en: 'Close the session' },
    roles: secretary,
    body: schema.sessionStep,
    examples: sessionExamples.closeSession,
    change: async (_body, session) => {
      const openItems = await openItemsOf(session);
      return { decide: (now) => rules.closeSession(now, openItems, Date.now()) };
    },
  }),
  sessionEndpoint({
    command: 'publishMinutes',
    path: '/minutes',
    summary: { ar: 'نشر محضر الجلسة', en: 'Publish the minutes; from then on they do not change' },
    roles: ['committeeChair'],
    body: schema.sessionStep,
    examples: sessionExamples.publishMinutes,
    change: async (_body, session, { caller }) => {
      const { hashes, texts } = await minutesToPublish(session);
      const minutes = { publishedAtMs: Date.now(), ...hashes };
      return { decide: (now) => rules.publishMinutes(now, caller.personId, minutes), minutes: texts };
    },
  }),
];

export const sessionRoutes = (): Endpoint[] => [scheduling(), editing(), ...running()];
