// A committee session: its agenda, who came and left when, its state. Kept by the API (ADR 0011); the rules are pure.
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

export const sessionStates = ['scheduled', 'open', 'closed'] as const;
export type SessionState = (typeof sessionStates)[number];
export const ballotKinds = ['open', 'secret'] as const;
export type BallotKind = (typeof ballotKinds)[number];

/** One stay in the room; a person who leaves and comes back has two. */
export type Stay = { readonly personId: string; readonly cameAtMs: number; readonly leftAtMs: number | null };

/** What the secretary lays down before a session opens. */
export type SessionTerms = {
  readonly heldAtMs: number;
  readonly ballot: BallotKind;
  readonly chair: string;
  readonly secretary: string;
  readonly members: readonly string[];
  /** Requests in the order in which they come up. */
  readonly agenda: readonly string[];
};

export type CommitteeSession = SessionTerms & {
  readonly id: string;
  readonly version: number;
  readonly state: SessionState;
  readonly attendance: readonly Stay[];
  readonly openedAtMs: number | null;
  readonly closedAtMs: number | null;
  /** Hashes of the minutes as they were published, by language. */
  readonly minutes: { readonly publishedAtMs: number; readonly ar: string; readonly en: string } | null;
};

/** People coming and going, as the secretary notes it. */
export type Movement = { readonly personId: string; readonly movement: 'came' | 'left'; readonly atMs: number };

/** What the API knows of a person beside the id; two accounts of one natural person have the same `natural`. */
export type Attendee = { readonly personId: string; readonly natural: string; readonly isMember: boolean };

export type SessionDecision =
  | { readonly after: CommitteeSession; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly after?: never };
type Fault = { readonly refusal: Refusal } | null;

const decided = (session: CommitteeSession, change: Partial<CommitteeSession>): SessionDecision => ({
  after: { ...session, ...change, version: session.version + 1 },
});

const termsFault = ({ members, agenda, chair, secretary }: SessionTerms): Fault => {
  if (new Set(agenda).size !== agenda.length) return refuse('conditionsNotMet', 'agenda-distinct');
  if (new Set(members).size !== members.length) return refuse('conditionsNotMet', 'members-distinct');
  return chair === secretary ? refuse('dutyConflict', 'run-session-with-vote') : null;
};

/** The people named have the roles they are named for: checked by the API, which knows the roles held now. */
export const scheduleSession = (id: string, terms: SessionTerms): SessionDecision => {
  const fault = termsFault(terms);
  if (fault) return fault;
  const fresh = { attendance: [], openedAtMs: null, closedAtMs: null, minutes: null };
  return { after: { id, version: 1, state: 'scheduled', ...terms, ...fresh } };
};

const stateFault = ({ state }: CommitteeSession, wanted: SessionState): Fault =>
  state === wanted ? null : refuse('conditionsNotMet', `session-${wanted}`, state);

export const editSession = (session: CommitteeSession, terms: SessionTerms): SessionDecision =>
  stateFault(session, 'scheduled') ?? termsFault(terms) ?? decided(session, terms);

export const openSession = (session: CommitteeSession, nowMs: number): SessionDecision =>
  stateFault(session, 'scheduled') ??
  (session.agenda.length === 0
    ? refuse('conditionsNotMet', 'agenda-empty')
    : decided(session, { state: 'open', openedAtMs: nowMs }));

export const presentAt = ({ attendance }: Pick<CommitteeSession, 'attendance'>, atMs: number): string[] =>
  attendance
    .filter(({ cameAtMs, leftAtMs }) => cameAtMs <= atMs && (leftAtMs === null || atMs < leftAtMs))
    .map(({ personId }) => personId);

const isHere = (attendance: readonly Stay[], personId: string): Stay | undefined =>
  attendance.find((stay) => stay.personId === personId && stay.leftAtMs === null);

const moved = (attendance: readonly Stay[], { personId, movement, atMs }: Movement): readonly Stay[] | null => {
  const here = isHere(attendance, personId);
  const early = attendance.some((stay) => stay.personId === personId && atMs < lastMomentOf(stay));
  if (early || (movement === 'came') === (here !== undefined)) return null;
  if (movement === 'came') return [...attendance, { personId, cameAtMs: atMs, leftAtMs: null }];
  return attendance.map((stay) => (stay === here ? { ...stay, leftAtMs: atMs } : stay));
};
const lastMomentOf = ({ cameAtMs, leftAtMs }: Stay): number => leftAtMs ?? cameAtMs;

/** Quorum counts natural persons: two accounts of one person never sit in one session. */
const peopleFault = (movements: readonly Movement[], attendees: readonly Attendee[]): Fault => {
  const known = (personId: string): Attendee | undefined => attendees.find((other) => other.personId === personId);
  if (movements.some(({ personId, movement }) => movement === 'came' && known(personId)?.isMember !== true))
    return refuse('conditionsNotMet', 'committee-members-only');
  const natural = new Set(attendees.map((attendee) => attendee.natural));
  return natural.size === attendees.length ? null : refuse('conditionsNotMet', 'present-distinct');
};

/** `attendees` are all who came so far and all who move now. */
export const recordAttendance = (
  session: CommitteeSession,
  movements: readonly Movement[],
  { attendees, nowMs }: { readonly attendees: readonly Attendee[]; readonly nowMs: number },
): SessionDecision => {
  const fault = stateFault(session, 'open') ?? peopleFault(movements, attendees);
  if (fault) return fault;
  let attendance = session.attendance;
  for (const movement of movements) {
    const after = movement.atMs > nowMs ? null : moved(attendance, movement);
    if (after === null) return refuse('conditionsNotMet', 'attendance-in-order', movement.personId);
    attendance = after;
  }
  return decided(session, { attendance });
};

/** `openItems` are requests whose ballot in this session is open still. */
export const closeSession = (
  session: CommitteeSession,
  openItems: readonly string[],
  nowMs: number,
): SessionDecision => {
  const fault = stateFault(session, 'open');
  if (fault) return fault;
  if (openItems.length > 0) return refuse('conditionsNotMet', 'items-closed', openItems.join(' '));
  const attendance = session.attendance.map((stay) => ({ ...stay, leftAtMs: stay.leftAtMs ?? nowMs }));
  return decided(session, { state: 'closed', closedAtMs: nowMs, attendance });
};

export const publishMinutes = (
  session: CommitteeSession,
  by: string,
  minutes: NonNullable<CommitteeSession['minutes']>,
): SessionDecision => {
  const fault = stateFault(session, 'closed');
  if (fault) return fault;
  if (session.minutes) return refuse('alreadyActed', 'minutes-published');
  return session.chair === by ? decided(session, { minutes }) : refuse('notAssigned', 'session-chair');
};

/** Whether an item may be opened in it now. */
export const itemFault = (session: CommitteeSession, requestId: string): Fault => {
  if (session.state !== 'open') return refuse('conditionsNotMet', 'session-not-open', session.state);
  return session.agenda.includes(requestId) ? null : refuse('conditionsNotMet', 'not-on-agenda');
};
