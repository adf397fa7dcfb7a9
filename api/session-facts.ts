// What the edge checks before a session is changed: people hold the roles they are named for, requests are where a committee decides.
import type { Actor, Role } from '../domain/actor.js';
import { holds } from '../domain/actor.js';
import type { Attendee, CommitteeSession, SessionTerms } from '../domain/approval/session.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { actorAt, peopleByIds } from '../persistence/person.repository.js';
import { requestById } from '../persistence/request.reads.js';

const isMember = (person: Actor): boolean => holds(person, 'committeeMember') || holds(person, 'committeeChair');

const holdersOf = async (personIds: readonly string[]): Promise<Map<string, Actor>> => {
  const now = new Date();
  const found = (await peopleByIds(personIds)).filter(({ suspended }) => !suspended);
  return new Map(found.map((person) => [person._id, actorAt(person, now)]));
};

const peopleFault = async ({ chair, secretary, members }: SessionTerms): Promise<Refusal | null> => {
  const holders = await holdersOf([chair, secretary, ...members]);
  const holdsRole = (personId: string, role: Role): boolean => {
    const person = holders.get(personId);
    return person !== undefined && holds(person, role);
  };
  if (!holdsRole(chair, 'committeeChair')) return refuse('conditionsNotMet', 'holds-role-committeeChair').refusal;
  if (!holdsRole(secretary, 'committeeSecretary'))
    return refuse('conditionsNotMet', 'holds-role-committeeSecretary').refusal;
  const isSeated = (personId: string): boolean => {
    const person = holders.get(personId);
    return person !== undefined && isMember(person);
  };
  return members.every(isSeated) ? null : refuse('conditionsNotMet', 'committee-members-only').refusal;
};

const agendaFault = async ({ agenda }: SessionTerms): Promise<Refusal | null> => {
  const records = await Promise.all(agenda.map((requestId) => requestById(requestId)));
  const elsewhere = agenda.filter((_requestId, index) => {
    const record = records[index];
    return record == null || record.outcome !== null || record.stage !== 'committee';
  });
  return elsewhere.length === 0 ? null : refuse('conditionsNotMet', 'agenda-at-committee', elsewhere.join(' ')).refusal;
};

export const sessionTermsFault = async (terms: SessionTerms): Promise<Refusal | null> =>
  (await peopleFault(terms)) ?? agendaFault(terms);

/** Everybody who came so far and everybody who moves now; an account without a national id stands for itself. */
export const attendeesOf = async (
  { attendance }: CommitteeSession,
  moving: readonly string[],
): Promise<readonly Attendee[]> => {
  const personIds = [...new Set([...attendance.map(({ personId }) => personId), ...moving])];
  const now = new Date();
  const found = await peopleByIds(personIds);
  return personIds.map((personId) => {
    const person = found.find(({ _id }) => _id === personId);
    const counts = person !== undefined && !person.suspended && isMember(actorAt(person, now));
    return { personId, natural: person?.nationalIdHash ?? `account ${personId}`, isMember: counts };
  });
};

/** Requests whose ballot in this session is still open. One that is suspended cannot be closed now and does not hold it up. */
export const openItemsOf = async ({ id, agenda }: CommitteeSession): Promise<string[]> => {
  const records = await Promise.all(agenda.map((requestId) => requestById(requestId)));
  return records.flatMap((record) => {
    const ballot = record?.state.ballot;
    const isOpen = ballot != null && ballot.sessionId === id && !ballot.closed;
    return record !== null && isOpen && record.outcome === null && !record.suspended ? [record._id] : [];
  });
};
