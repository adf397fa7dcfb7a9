// Who counts on one item: people present without the recused, a civil-society majority among them, and the votes that stand.
import type { Vote } from '../command.js';
import type { Ballot } from '../grant-request.js';
import type { Plan } from '../plan.js';

type Attended = Pick<Ballot, 'present' | 'recused'>;

/** Quorum in numbers, so that people see what is missing and what the recusals cost. */
export type Quorum = {
  readonly present: number;
  readonly recused: number;
  /** Present without the recused. */
  readonly counted: number;
  readonly civilSociety: number;
  readonly needed: number;
  readonly stands: boolean;
  /** Whether it would stand had nobody been recused. */
  readonly standsWithRecused: boolean;
};

const isQuorate = (seats: Ballot['present'], { committee }: Plan): boolean => {
  const civil = seats.filter((seat) => seat.civilSociety).length;
  return seats.length >= committee.quorum && (!committee.civilSocietyMajority || civil * 2 > seats.length);
};

export const quorumOf = ({ present, recused }: Attended, plan: Plan): Quorum => {
  const counted = present.filter((seat) => !recused.includes(seat.personId));
  return {
    present: present.length,
    recused: present.length - counted.length,
    counted: counted.length,
    civilSociety: counted.filter((seat) => seat.civilSociety).length,
    needed: plan.committee.quorum,
    stands: isQuorate(counted, plan),
    standsWithRecused: isQuorate(present, plan),
  };
};

export type Tally = Readonly<Record<Vote, number>>;

/** Votes that count: who is recused after voting has not voted. */
export const countedVotes = ({ votes, recused }: Pick<Ballot, 'votes' | 'recused'>): Vote[] =>
  Object.entries(votes).flatMap(([personId, vote]) => (recused.includes(personId) ? [] : [vote]));

export const tallyOf = (ballot: Pick<Ballot, 'votes' | 'recused'>): Tally => {
  const cast = countedVotes(ballot);
  const count = (vote: Vote): number => cast.filter((other) => other === vote).length;
  return { approve: count('approve'), reject: count('reject'), abstain: count('abstain') };
};

/** What most of those want who did not abstain; null in a tie. */
export const majorityOf = ({ approve, reject }: Tally): 'approve' | 'reject' | null => {
  if (approve > reject) return 'approve';
  return reject > approve ? 'reject' : null;
};
