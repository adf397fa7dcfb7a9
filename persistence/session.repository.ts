// Keeping committee sessions: each change with its audit entry and its claims on requests in one transaction; reads for people.
import type { CommitteeSession, SessionDecision, SessionState } from '../domain/approval/session.js';
import { changedFields } from '../domain/audit/register-entry.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { Registered, RegisterDraft } from './register.repository.js';
import { changeRegister } from './register.repository.js';
import type { MinutesDocument, SessionDocument } from './session.model.js';
import { agendaClaimCollection, minutesCollection, sessionCollection, SessionModel } from './session.model.js';
import type { Session } from './transaction.js';

const sessionOf = ({ _id, ...rest }: SessionDocument): CommitteeSession => ({ id: _id, ...rest });

export const sessionById = async (sessionId: string): Promise<CommitteeSession | null> => {
  const found = await sessionCollection().findOne({ _id: sessionId });
  return found && sessionOf(found);
};

/** A request stands on one live agenda; closing a session lets its requests go. */
const claimAgenda = async (mongo: Session, { id, agenda, state }: CommitteeSession): Promise<Refusal | null> => {
  const claims = agendaClaimCollection();
  const wanted = state === 'closed' ? [] : agenda;
  const held = await claims.find({ _id: { $in: [...wanted] } }, { session: mongo }).toArray();
  const elsewhere = held.filter(({ sessionId }) => sessionId !== id).map(({ _id }) => _id);
  if (elsewhere.length > 0) return refuse('conditionsNotMet', 'on-other-agenda', elsewhere.join(' ')).refusal;
  await claims.deleteMany({ sessionId: id, _id: { $nin: [...wanted] } }, { session: mongo });
  const fresh = wanted.filter((requestId) => !held.some(({ _id }) => _id === requestId));
  if (fresh.length > 0)
    await claims.insertMany(
      fresh.map((requestId) => ({ _id: requestId, sessionId: id })),
      { session: mongo },
    );
  return null;
};

/** What the entry says beside its own subject and seq. */
const fieldsOf = (session: CommitteeSession): Record<string, unknown> =>
  Object.fromEntries(Object.entries(session).filter(([name]) => name !== 'id' && name !== 'version'));

const store = async (mongo: Session, { id, ...fields }: CommitteeSession): Promise<void> => {
  await sessionCollection().replaceOne({ _id: id }, fields, { upsert: true, session: mongo });
};

/** `decide` gets the session as it stands, null when there is none yet. `minutes` are kept with the change that publishes them. */
export const changeSession = (
  sessionId: string,
  draft: RegisterDraft,
  decide: (session: CommitteeSession | null) => SessionDecision,
  minutes?: Omit<MinutesDocument, '_id'>,
): Promise<Registered> =>
  changeRegister({ kind: 'session', id: sessionId }, draft, async (mongo) => {
    const stored = await sessionCollection().findOne({ _id: sessionId }, { session: mongo });
    const before = stored && sessionOf(stored);
    const { after, refusal } = decide(before);
    if (refusal) return { refusal };
    const taken = await claimAgenda(mongo, after);
    if (taken) return { refusal: taken };
    await store(mongo, after);
    if (minutes) await minutesCollection().insertOne({ _id: sessionId, ...minutes }, { session: mongo });
    return { changed: changedFields(before ? fieldsOf(before) : {}, fieldsOf(after)) };
  });

export const minutesById = (sessionId: string): Promise<MinutesDocument | null> =>
  minutesCollection().findOne({ _id: sessionId });

export type SessionFilter = { readonly state?: SessionState; readonly requestId?: string };
export type SessionListQuery = {
  readonly filter: SessionFilter;
  readonly after?: PagePosition;
  readonly limit: number;
};

const byDate = { field: 'heldAtMs', direction: -1 } as const;
const indexFor = ({ state, requestId }: SessionFilter): string =>
  requestId === undefined ? (state === undefined ? 'by-date' : 'state-by-date') : 'request-by-date';

/** Newest first. */
export const sessionList = async ({ filter, after, limit }: SessionListQuery): Promise<CommitteeSession[]> => {
  const { requestId, ...rest } = filter;
  const conditions = { ...rest, ...(requestId === undefined ? {} : { agenda: requestId }) };
  const rows = await pageOf(rangesAfter(byDate, after, Number), limit, ({ where, order }, most) =>
    SessionModel.find({ ...conditions, ...where })
      .sort(order)
      .limit(most)
      .hint(indexFor(filter))
      .lean<SessionDocument[]>()
      .exec(),
  );
  return rows.map(sessionOf);
};

export const sessionPosition = ({ heldAtMs, id }: CommitteeSession): PagePosition => ({ value: String(heldAtMs), id });
