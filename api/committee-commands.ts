// The committee's commands on one item, as rows: each has an endpoint of its own and is used again for many items of one session.
import type { PersonBodies } from '../domain/command.js';
import { itemFault, presentAt } from '../domain/approval/session.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { sessionById } from '../persistence/session.repository.js';
import { balanceFault, seatInterests, seatsFault, seatsOf } from './command-facts.js';
import type { CommandRow, Situation } from './command-endpoint.js';
import { requestParams } from './command-endpoint.js';
import { commandExamples } from './examples.js';
import * as schema from './schemas/command.schema.js';

type Params = typeof requestParams;
type OpeningInput = {
  readonly sessionId: string;
  readonly present?: readonly string[];
  readonly recused: readonly string[];
};

/** Who is in the room now, as the session's attendance says; only where no such session is kept, as the secretary says. */
const openingOf = async (
  { sessionId, present = [], recused }: OpeningInput,
  { requestId, record }: Situation,
): Promise<PersonBodies['openItem']> => {
  const session = await sessionById(sessionId);
  const atMs = Date.now();
  const here = session === null ? present : presentAt(session, atMs);
  const opening = { sessionId, present: await seatsOf(here), recused, ...(await seatInterests(here, await record())) };
  if (session === null || itemFault(session, requestId)) return opening;
  const { version, ballot } = session;
  return { ...opening, session: { version, ballot, atMs } };
};

const openingFault = async (body: PersonBodies['openItem'], { requestId }: Situation): Promise<Refusal | null> => {
  const session = await sessionById(body.sessionId);
  const fault = session && itemFault(session, requestId);
  return fault ? fault.refusal : seatsFault(body);
};

export const openItemRow: CommandRow<'openItem', Params, typeof schema.opening> = {
  kind: 'openItem',
  path: '/committee-item',
  summary: { ar: 'فتح البند في جلسة اللجنة', en: 'Open the item in a committee session' },
  params: requestParams,
  body: schema.opening,
  problems: ['quorumMissing', 'alreadyActed'],
  examples: commandExamples.openItem,
  make: ({ body }, situation) => openingOf(body, situation),
  check: openingFault,
};

export const castVoteRow: CommandRow<'castVote', Params, typeof schema.vote> = {
  kind: 'castVote',
  path: '/votes',
  summary: { ar: 'التصويت', en: 'Cast or change a vote' },
  params: requestParams,
  body: schema.vote,
  problems: ['ballotClosed', 'notPresent', 'recused', 'alreadyActed'],
  examples: commandExamples.castVote,
  make: ({ body: { vote } }) => ({ vote }),
};

/** A ballot that outlived its session (its request was suspended then) can only be put off to another one. */
const sessionFault = async ({ verdict }: PersonBodies['closeItem'], { record }: Situation): Promise<Refusal | null> => {
  const ballot = (await record())?.state.ballot;
  if (verdict === 'defer' || ballot == null || ballot.closed) return null;
  const session = await sessionById(ballot.sessionId);
  return session?.state === 'closed' ? refuse('conditionsNotMet', 'session-not-open', 'defer').refusal : null;
};

export const closeItemRow: CommandRow<'closeItem', Params, typeof schema.closing> = {
  kind: 'closeItem',
  path: '/committee-item/closing',
  summary: { ar: 'إغلاق البند وإعلان القرار', en: 'Close the item with the decision' },
  params: requestParams,
  body: schema.closing,
  problems: ['ballotClosed', 'quorumMissing', 'notPresent', 'recused', 'envelopeExceeded', 'roundsExhausted'],
  examples: commandExamples.closeItem,
  make: ({ body: { amountMinor, deferUntil, ...body } }) => ({
    verdict: body.verdict,
    ...(amountMinor === undefined ? {} : { amountMinor }),
    conditions: body.conditions,
    castingVote: body.castingVote,
    answersToObjections: body.answersToObjections,
    points: body.points,
    ...(deferUntil === undefined ? {} : { deferUntilMs: Date.parse(deferUntil) }),
  }),
  check: async (body, situation) =>
    (await sessionFault(body, situation)) ?? (await balanceFault(body, await situation.record())),
};
