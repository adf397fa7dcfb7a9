// What the audit trail says of one item in one session, from its opening to its closing: the only source of the minutes.
import type { Entry } from '../audit-entry.js';
import type { AmountMinor } from '../amount.js';
import type { CorrectionPoint, Seat, Vote } from '../command.js';
import type { RequestEvent } from '../event.js';

export type Sitting = {
  readonly openedAtMs: number;
  readonly present: readonly Seat[];
  readonly recused: readonly string[];
  /** Who declared an interest while the ballot was open; their votes do not count. */
  readonly recusedDuring: readonly string[];
  readonly secret: boolean;
  /** Votes as they stand, by person. Never printed of a secret ballot. */
  readonly votes: Readonly<Record<string, Vote>>;
  readonly closing: Closing | null;
};

export type Closing = {
  readonly atMs: number;
  readonly byPersonId: string;
  readonly byName: string;
  readonly verdict: 'approve' | 'defer' | 'return' | 'reject' | 'ratify' | 'recover';
  readonly tally: Readonly<Record<Vote, number>>;
  readonly castingVote: boolean;
  readonly reason: string;
  readonly answersToObjections: Readonly<Record<string, string>>;
  readonly amountMinor: AmountMinor | null;
  readonly conditions: readonly string[];
  readonly points: readonly CorrectionPoint[];
  readonly untilMs: number | null;
};

/** What the events of one entry add to the closing, where they close the item at all. */
const closingOf = ({ atMs, actor, reason = '', events }: Entry): Closing | null => {
  const about = { atMs, byPersonId: actor.personId, byName: actor.name, reason };
  const open = { amountMinor: null, conditions: [], points: [], untilMs: null };
  return events.reduce<Closing | null>((closing, event) => {
    if (event.kind === 'itemClosed') {
      const { verdict, tally, castingVote, answersToObjections } = event;
      return { ...about, ...open, verdict, tally, castingVote, answersToObjections };
    }
    return closing && completed(closing, event);
  }, null);
};

const completed = (closing: Closing, event: RequestEvent): Closing => {
  switch (event.kind) {
    case 'fundsAsked':
      return { ...closing, amountMinor: event.amountMinor, conditions: event.conditions };
    case 'correctionAsked':
      return { ...closing, points: event.points };
    case 'itemDeferred':
      return { ...closing, untilMs: event.untilMs };
    default:
      return closing;
  }
};

const during = (sitting: Sitting, event: RequestEvent): Sitting => {
  switch (event.kind) {
    case 'voteCast':
      return { ...sitting, votes: { ...sitting.votes, [event.personId]: event.vote } };
    case 'interestDeclared':
      return event.interest === 'conflict'
        ? { ...sitting, recusedDuring: [...sitting.recusedDuring, event.personId] }
        : sitting;
    default:
      return sitting;
  }
};

const continued = (sitting: Sitting, entry: Entry): Sitting => ({
  ...entry.events.reduce(during, sitting),
  closing: closingOf(entry),
});

const openedBy = (entry: Entry, sessionId: string): Sitting | null => {
  const opened = entry.events.find((event) => event.kind === 'itemOpened');
  if (opened?.sessionId !== sessionId) return null;
  const { present, recused, secret = false } = opened;
  return { openedAtMs: entry.atMs, present, recused, recusedDuring: [], secret, votes: {}, closing: null };
};

/** An item that was deferred and taken up again in the same session sat twice. */
export const sittingsOf = (entries: readonly Entry[], sessionId: string): Sitting[] => {
  const sittings: Sitting[] = [];
  for (const entry of entries) {
    const last = sittings.at(-1);
    const opened = openedBy(entry, sessionId);
    if (opened) sittings.push(opened);
    else if (last?.closing === null) sittings.splice(-1, 1, continued(last, entry));
  }
  return sittings;
};
