// What people send about committee sessions: the terms, who came and left, and commands on many items at once.
import { z } from 'zod';
import { ballotKinds } from '../../domain/approval/session.js';
import { closing, opening, people, vote } from './command.schema.js';
import { id, instant, text, version } from './text.schema.js';

const mostItems = 50;
const mostAgenda = 100;

export const sessionTerms = z.strictObject({
  heldAt: instant,
  ballot: z.enum(ballotKinds).default('open').meta({ description: 'Counts where the plan leaves it to the session' }),
  chair: id,
  secretary: id,
  members: people.meta({ description: 'Who is invited' }),
  agenda: z.array(id).max(mostAgenda).meta({ description: 'Requests in the order in which they come up' }),
});

export const sessionSeen = {
  expectedVersion: version.meta({ description: "The session's version you saw" }),
  reason: text(1_000).exactOptional(),
} as const;
export const sessionEdit = sessionTerms.extend(sessionSeen);
export const sessionStep = z.strictObject(sessionSeen);
export const attendance = z.strictObject({
  ...sessionSeen,
  movements: z
    .array(
      z.strictObject({
        personId: id,
        movement: z.enum(['came', 'left']),
        at: instant.exactOptional().meta({ description: 'Absent: now' }),
      }),
    )
    .min(1)
    .max(60),
});

const itemsOf = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item).min(1).max(mostItems) });
export const openings = itemsOf(opening.omit({ sessionId: true, present: true }).extend({ requestId: id }));
export const votes = itemsOf(vote.extend({ requestId: id }));
export const decisions = itemsOf(closing.extend({ requestId: id }));
