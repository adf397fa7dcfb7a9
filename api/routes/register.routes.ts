// The history of what the API keeps: who changed a plan, a call, a session, a calendar or a person, and what it was before.
import { z } from 'zod';
import { registerKinds } from '../../domain/audit/chain.js';
import { registerCommands } from '../../domain/audit/register-entry.js';
import type { RegisterRow } from '../../persistence/register.reads.js';
import { registerTimelineOf } from '../../persistence/register.reads.js';
import { requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { instant } from '../schemas/text.schema.js';

const readers = ['auditor', 'administrator'] as const;

const entry = z
  .object({
    seq: z.int(),
    at: instant,
    command: z.enum(registerCommands),
    actor: z.object({ personId: z.string(), name: z.string(), roles: z.array(z.string()) }),
    reason: z.string().nullable(),
    changed: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    hash: z.string(),
  })
  .meta({ id: 'RegisterEntry' });

const viewOf = (row: RegisterRow): z.output<typeof entry> => ({
  seq: row.seq,
  at: new Date(row.atMs).toISOString(),
  command: row.command,
  actor: { personId: row.actor.personId, name: row.actor.name, roles: row.actor.roles.map(({ role }) => role) },
  reason: row.reason ?? null,
  changed: row.changed.map(({ field, before, after }) => ({ field, before, after })),
  hash: row.hash,
});

export const registerRoutes = ({ cursors }: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      operationId: 'readRegisterTimeline',
      method: 'get',
      path: '/register/{kind}/{id}/timeline',
      tag: 'audit',
      summary: { ar: 'سجل ما تحفظه المنصة', en: 'What happened to a plan, call, session, calendar or person' },
      roles: readers,
      problems: ['notSignedIn', 'notYourRole', 'notFound', 'badCursor', 'invalidInput'],
      success: 200,
      response: pageOf(entry),
      params: z.strictObject({ kind: z.enum(registerKinds), id: z.string().min(1).max(64) }),
      query: z.strictObject({ ...pageQuery }),
      body: z.strictObject({}),
      subject: ({ kind, id: subjectId }) => ({ kind, id: subjectId }),
    },
    async ({ params, query }, { caller }) => {
      requireRole(caller, readers);
      return listPage({
        ...{ cursors, reader: caller.personId, path: `/v1/register/${params.kind}/${params.id}/timeline`, query },
        read: ({ limit, after }) => registerTimelineOf(params, Number(after?.value ?? 0), limit),
        positionOf: ({ seq }) => ({ value: String(seq), id: String(seq) }),
        view: viewOf,
      });
    },
  ),
];
