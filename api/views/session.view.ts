// Committee sessions as they are shown: the list, and one session with each item's live position and its quorum in numbers.
import { z } from 'zod';
import { presentAt, sessionStates, ballotKinds } from '../../domain/approval/session.js';
import type { CommitteeSession } from '../../domain/approval/session.js';
import { quorumOf } from '../../domain/approval/quorum.js';
import type { Seat } from '../../domain/command.js';
import { stageNames } from '../../domain/lifecycle.js';
import type { Plan } from '../../domain/plan.js';
import type { RequestRecord } from '../../persistence/request.reads.js';
import { id, instant, sha256, version } from '../schemas/text.schema.js';

const text = z.string();
const iso = (atMs: number): string => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : iso(atMs));

export const sessionSummary = z
  .object({
    id,
    version,
    state: z.enum(sessionStates),
    heldAt: instant,
    ballot: z.enum(ballotKinds),
    chair: id,
    secretary: id,
    agenda: z.array(id),
    openedAt: instant.nullable(),
    closedAt: instant.nullable(),
    minutes: z.object({ publishedAt: instant, ar: sha256, en: sha256 }).nullable(),
  })
  .meta({ id: 'SessionSummary' });

const quorum = z.object({
  present: z.int(),
  recused: z.int(),
  counted: z.int().meta({ description: 'Present without the recused' }),
  civilSociety: z.int(),
  needed: z.int(),
  stands: z.boolean(),
  standsWithRecused: z.boolean().meta({ description: 'Whether it would stand had nobody been recused' }),
});

const item = z.object({
  requestId: id,
  reference: text.nullable(),
  titleAr: text.nullable(),
  titleEn: text.nullable(),
  stage: z.enum(stageNames),
  status: text,
  version,
  state: z.enum(['waiting', 'open', 'closed']).meta({ description: 'Of the item in this session' }),
  secret: z.boolean(),
  cast: z.int(),
  recused: z.array(id),
  quorum: quorum.meta({ description: 'Of the ballot; while the item waits, of those in the room now' }),
});

export const sessionView = sessionSummary
  .extend({
    members: z.array(id),
    attendance: z.array(z.object({ personId: id, cameAt: instant, leftAt: instant.nullable() })),
    present: z.array(id).meta({ description: 'In the room now' }),
    items: z.array(item),
  })
  .meta({ id: 'Session' });

export const summaryOfSession = (session: CommitteeSession): z.output<typeof sessionSummary> => {
  const { minutes } = session;
  return {
    id: session.id,
    version: session.version,
    state: session.state,
    heldAt: iso(session.heldAtMs),
    ballot: session.ballot,
    chair: session.chair,
    secretary: session.secretary,
    agenda: [...session.agenda],
    openedAt: isoOrNull(session.openedAtMs),
    closedAt: isoOrNull(session.closedAtMs),
    minutes: minutes && { publishedAt: iso(minutes.publishedAtMs), ar: minutes.ar, en: minutes.en },
  };
};

/** An item of the agenda with what is needed to show it: its request, that request's plan, the seats in the room now. */
export type AgendaItem = { readonly record: RequestRecord; readonly plan: Plan; readonly seats: readonly Seat[] };

const itemOf = (session: CommitteeSession, { record, plan, seats }: AgendaItem): z.output<typeof item> => {
  const { state } = record;
  const ballot = state.ballot?.sessionId === session.id ? state.ballot : null;
  const counting = ballot ?? { present: seats, recused: state.conflicted };
  return {
    requestId: record._id,
    reference: record.reference ?? null,
    titleAr: record.titleAr ?? null,
    titleEn: record.titleEn ?? null,
    stage: record.stage,
    status: record.status,
    version: record.version,
    state: ballot === null ? 'waiting' : ballot.closed ? 'closed' : 'open',
    secret: ballot?.secret === true,
    cast: Object.keys(ballot?.votes ?? {}).length,
    recused: counting.recused.filter((personId) => counting.present.some((seat) => seat.personId === personId)),
    quorum: quorumOf(counting, plan),
  };
};

export const sessionViewOf = (
  session: CommitteeSession,
  items: readonly AgendaItem[],
  nowMs: number,
): z.output<typeof sessionView> => ({
  ...summaryOfSession(session),
  members: [...session.members],
  attendance: session.attendance.map(({ personId, cameAtMs, leftAtMs }) => ({
    personId,
    cameAt: iso(cameAtMs),
    leftAt: isoOrNull(leftAtMs),
  })),
  present: presentAt(session, nowMs),
  items: items.map((agendaItem) => itemOf(session, agendaItem)),
});
