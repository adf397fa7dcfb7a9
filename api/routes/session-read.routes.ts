// Reading committee sessions: the list, one session with its items, its minutes as data, page or PDF.
import { z } from 'zod';
import type { Role } from '../../domain/actor.js';
import type { CommitteeSession } from '../../domain/approval/session.js';
import { presentAt, sessionStates } from '../../domain/approval/session.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { requestById } from '../../persistence/request.reads.js';
import { sessionById, sessionList, sessionPosition } from '../../persistence/session.repository.js';
import { requireRole } from '../access.js';
import { seatsOf } from '../command-facts.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf } from '../etag.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { printedHtml } from '../printed/html.js';
import { printedPdf } from '../printed/pdf.js';
import { printedPolicy } from '../printed/style.js';
import { Problem } from '../problem.js';
import { privately } from '../request-reading.js';
import { printedWire, wireOf } from '../schemas/printed.schema.js';
import { id, sha256 } from '../schemas/text.schema.js';
import type { ReadMinutes } from '../session-minutes.js';
import { readMinutes } from '../session-minutes.js';
import type { AgendaItem } from '../views/session.view.js';
import { sessionSummary, sessionView, sessionViewOf, summaryOfSession } from '../views/session.view.js';
import { sessionParams, sessionSubject } from './session.routes.js';

const readers: readonly Role[] = ['committeeSecretary', 'committeeMember', 'committeeChair', 'auditor'];
const reading = { method: 'get', tag: 'sessions', roles: readers, success: 200, body: nothing } as const;

const listing = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      ...reading,
      operationId: 'listSessions',
      path: '/sessions',
      summary: { ar: 'جلسات اللجنة', en: 'Committee sessions, newest first' },
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
      response: pageOf(sessionSummary),
      params: nothing,
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(sessionStates).exactOptional(),
        requestId: id.exactOptional().meta({ description: 'Sessions that have this request on their agenda' }),
      }),
    },
    async ({ query }, { caller }) => {
      requireRole(caller, readers);
      const { state, requestId } = query;
      const filter = {
        ...(state === undefined ? {} : { state }),
        ...(requestId === undefined ? {} : { requestId }),
      };
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/sessions', query },
        filters: filter,
        read: (page) => sessionList({ ...page, filter }),
        positionOf: sessionPosition,
        view: summaryOfSession,
      });
    },
  );

const existing = async (sessionId: string): Promise<CommitteeSession> => {
  const session = await sessionById(sessionId);
  if (session === null) throw new Problem('notFound');
  return session;
};

const itemsOf = async (session: CommitteeSession, nowMs: number): Promise<AgendaItem[]> => {
  const seats = await seatsOf(presentAt(session, nowMs));
  const records = await Promise.all(session.agenda.map((requestId) => requestById(requestId)));
  return Promise.all(
    records.flatMap((record) =>
      record === null ? [] : [planByHash(record.planHash).then((plan) => ({ record, plan, seats }))],
    ),
  );
};

const oneSession = (): Endpoint =>
  signedInEndpoint(
    {
      ...reading,
      operationId: 'readSession',
      path: '/sessions/{sessionId}',
      summary: { ar: 'جلسة ببنودها ونصابها', en: 'One session: attendance, items, quorum with and without recusals' },
      problems: ['notSignedIn', 'notYourRole', 'notFound'],
      response: sessionView,
      params: sessionParams,
      query: nothing,
      subject: sessionSubject,
    },
    async ({ params }, { caller }): Promise<Answer> => {
      requireRole(caller, readers);
      const session = await existing(params.sessionId);
      const nowMs = Date.now();
      const body = sessionViewOf(session, await itemsOf(session, nowMs), nowMs);
      return { status: 200, body, headers: { ETag: etagOf(session.version), ...privately } };
    },
  );

const formats = ['json', 'html', 'pdf'] as const;

const printed = async (
  { document, sha256: hash, published }: ReadMinutes,
  format: (typeof formats)[number],
): Promise<Answer> => {
  switch (format) {
    case 'json':
      return { status: 200, body: { published, sha256: hash, document: wireOf(document) }, headers: privately };
    case 'html':
      return {
        status: 200,
        headers: { ...privately, 'Content-Security-Policy': printedPolicy },
        printed: { type: 'html', content: printedHtml(document) },
      };
    case 'pdf':
      return { status: 200, headers: privately, printed: { type: 'pdf', content: await printedPdf(document) } };
  }
};

const minutes = (): Endpoint =>
  signedInEndpoint(
    {
      ...reading,
      operationId: 'readMinutes',
      path: '/sessions/{sessionId}/minutes',
      summary: {
        ar: 'محضر الجلسة؛ قبل نشره كما في السجل الآن',
        en: 'The minutes as data, page or PDF; before they are published as the record has it now',
      },
      problems: ['notSignedIn', 'notYourRole', 'notFound', 'invalidInput'],
      response: z.object({ published: z.boolean(), sha256, document: printedWire }),
      params: sessionParams,
      query: z.strictObject({ format: z.enum(formats).default('json'), lang: z.enum(['ar', 'en']).exactOptional() }),
      subject: sessionSubject,
    },
    async ({ params, query }, { caller, language }): Promise<Answer> => {
      requireRole(caller, readers);
      const session = await existing(params.sessionId);
      return printed(await readMinutes(session, query.lang ?? language), query.format);
    },
  );

export const sessionReadRoutes = (deps: RouteDeps): Endpoint[] => [listing(deps), oneSession(), minutes()];
