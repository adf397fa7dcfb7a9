// A ballot as people of the Fund see it: sealed while it is open, and for good when it is secret, but for the own vote.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { tallyOf } from '../../domain/approval/quorum.js';
import type { Ballot } from '../../domain/grant-request.js';
import { id } from '../schemas/text.schema.js';

const text = z.string();

export const ballotView = z.object({
  sessionId: text,
  present: z.array(z.object({ personId: id, civilSociety: z.boolean() })),
  recused: z.array(id),
  cast: z.int(),
  closed: z.boolean(),
  tally: z.object({ approve: z.int(), reject: z.int(), abstain: z.int() }).nullable(),
  secret: z.boolean(),
  votes: z.record(text, text).meta({ description: 'The own one; all of them once an open ballot is closed' }),
});

export const ballotOf = (ballot: Ballot, { personId }: Actor): z.output<typeof ballotView> => {
  const own = ballot.votes[personId];
  return {
    sessionId: ballot.sessionId,
    present: [...ballot.present],
    recused: [...ballot.recused],
    cast: Object.keys(ballot.votes).length,
    closed: ballot.closed,
    tally: ballot.closed ? { ...tallyOf(ballot) } : null,
    secret: ballot.secret === true,
    votes: ballot.closed && ballot.secret !== true ? { ...ballot.votes } : own === undefined ? {} : { [personId]: own },
  };
};
