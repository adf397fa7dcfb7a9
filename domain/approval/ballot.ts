// The committee's ballot on one request: opened with who is present, votes changeable until closing, then frozen.
import type { PersonCommand, Seat, Vote } from '../command.js';
import { isAmountMinor, piastres } from '../amount.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { Ballot, GrantRequest } from '../grant-request.js';
import { endingAgainst, enterStage } from '../move.js';
import type { Plan } from '../plan.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

export type Tally = Readonly<Record<Vote, number>>;

export const tallyOf = (ballot: Pick<Ballot, 'votes'>): Tally => {
  const cast = Object.values(ballot.votes);
  const count = (vote: Vote): number => cast.filter((other) => other === vote).length;
  return { approve: count('approve'), reject: count('reject'), abstain: count('abstain') };
};

const voters = (ballot: Pick<Ballot, 'present' | 'recused'>): Seat[] =>
  ballot.present.filter((seat) => !ballot.recused.includes(seat.personId));

/** Quorum counts people present without the recused, and a civil-society majority among them where the plan asks for it. */
export const quorumStands = (ballot: Pick<Ballot, 'present' | 'recused'>, { committee }: Plan): boolean => {
  const seats = voters(ballot);
  const civil = seats.filter((seat) => seat.civilSociety).length;
  return seats.length >= committee.quorum && (!committee.civilSocietyMajority || civil * 2 > seats.length);
};

export const decideOpening = (
  request: GrantRequest,
  command: PersonCommand<'openItem'>,
  { plan }: Context,
): Decision => {
  const { sessionId, present } = command.body;
  if (request.award?.funds === 'asked') return refuse('conditionsNotMet', 'funds-being-reserved');
  if (request.ballot && !request.ballot.closed) return refuse('alreadyActed', 'item-open');
  if (new Set(present.map((seat) => seat.personId)).size !== present.length)
    return refuse('conditionsNotMet', 'present-distinct');
  const excluded = request.conflicted.filter((person) => present.some((seat) => seat.personId === person));
  const recused = [...new Set([...command.body.recused, ...excluded])];
  if (!quorumStands({ present, recused }, plan))
    return refuse('quorumMissing', 'present-without-recused', String(plan.committee.quorum));
  return happened({ kind: 'itemOpened', sessionId, present, recused });
};

const seatOf = (request: GrantRequest, command: PersonCommand<'castVote'>): Seat => {
  const { personId, roles } = command.by;
  const known = request.ballot?.present.find((seat) => seat.personId === personId);
  return known ?? { personId, civilSociety: roles.some((held) => held.civilSociety === true) };
};

const voteFault = (request: GrantRequest, personId: string, { committee }: Plan): { refusal: Refusal } | null => {
  const { ballot } = request;
  if (ballot?.closed) return refuse('ballotClosed');
  if (committee.opening === 'standing') return null;
  if (ballot === null) return refuse('conditionsNotMet', 'item-not-open', 'openItem');
  if (ballot.recused.includes(personId)) return refuse('recused');
  return ballot.present.some((seat) => seat.personId === personId) ? null : refuse('notPresent');
};

export const decideVote = (request: GrantRequest, command: PersonCommand<'castVote'>, context: Context): Decision => {
  const { plan } = context;
  const { personId } = command.by;
  const fault = voteFault(request, personId, plan);
  if (fault) return fault;
  const { vote } = command.body;
  if (request.ballot?.votes[personId] === vote) return refuse('alreadyActed', 'same-vote');
  const cast: RequestEvent = { kind: 'voteCast', personId, vote, seat: seatOf(request, command) };
  if (plan.committee.closing === 'by-chair') return happened(cast);
  const tally = tallyOf({ votes: { ...request.ballot?.votes, [personId]: vote } });
  if (tally.approve + tally.reject + tally.abstain < plan.committee.quorum || tally.approve === tally.reject)
    return happened(cast);
  const approved = tally.approve > tally.reject;
  const closed: RequestEvent = {
    kind: 'itemClosed',
    verdict: approved ? 'approve' : 'reject',
    tally,
    castingVote: false,
    answersToObjections: {},
  };
  return happened(
    cast,
    closed,
    ...(approved
      ? [askFunds(request, request.file?.requestedMinor ?? '0', [])]
      : endingAgainst('rejected', 'committee', context)),
  );
};

export const askFunds = (request: GrantRequest, amountMinor: string, conditions: readonly string[]): RequestEvent => ({
  kind: 'fundsAsked',
  decisionKey: `${request.id}-d${request.version + 1}`,
  amountMinor,
  conditions,
});

const closingFault = (
  request: GrantRequest,
  ballot: Ballot,
  command: PersonCommand<'closeItem'>,
  objections: readonly string[],
): { refusal: Refusal } | null => {
  const { verdict, castingVote, answersToObjections } = command.body;
  const unanswered = objections.filter((governorate) => (answersToObjections[governorate] ?? '').trim() === '');
  if (unanswered.length > 0) return refuse('conditionsNotMet', 'objection-unanswered', unanswered.join(' '));
  if ((command.reason ?? '').trim() === '') return refuse('conditionsNotMet', 'reason-missing');
  if (verdict !== 'approve' && verdict !== 'reject') return null;
  const { approve, reject } = tallyOf(ballot);
  if (approve === reject && !castingVote) return refuse('conditionsNotMet', 'tie-needs-casting-vote', 'castingVote');
  if (approve !== reject && (verdict === 'approve') !== approve > reject)
    return refuse('conditionsNotMet', 'verdict-follows-ballot', approve > reject ? 'approve' : 'reject');
  return verdict === 'approve' ? amountFault(request, command.body.amountMinor) : null;
};

const amountFault = (request: GrantRequest, amount: string | undefined): { refusal: Refusal } | null => {
  const asked = request.file?.requestedMinor ?? '0';
  if (amount === undefined) return null;
  const sound = isAmountMinor(amount) && piastres(amount) > 0n && piastres(amount) <= piastres(asked);
  return sound ? null : refuse('conditionsNotMet', 'award-within-request', asked);
};

/** `objections` and `askCorrection` come from the spine: they belong to the review. */
export const decideClosing = (
  request: GrantRequest,
  command: PersonCommand<'closeItem'>,
  context: Context,
  review: {
    objections: readonly string[];
    askCorrection: (points: PersonCommand<'closeItem'>['body']['points']) => Decision;
  },
): Decision => {
  const { ballot } = request;
  if (ballot === null) return refuse('conditionsNotMet', 'item-not-open', 'openItem');
  if (ballot.closed) return refuse('ballotClosed');
  const votes = Object.keys(ballot.votes).length;
  if (!quorumStands(ballot, context.plan) || votes < context.plan.committee.quorum)
    return refuse('quorumMissing', 'votes-cast', String(context.plan.committee.quorum));
  const fault = closingFault(request, ballot, command, review.objections);
  if (fault) return fault;
  const { verdict, castingVote, answersToObjections, conditions, points } = command.body;
  const closed: RequestEvent = {
    kind: 'itemClosed',
    verdict,
    tally: tallyOf(ballot),
    castingVote,
    answersToObjections,
  };
  switch (verdict) {
    case 'approve':
      return happened(
        closed,
        askFunds(request, command.body.amountMinor ?? request.file?.requestedMinor ?? '0', conditions),
      );
    case 'reject':
      return happened(closed, ...endingAgainst('rejected', 'committee', context));
    case 'defer':
      return happened(closed, enterStage('committee', context));
    case 'return': {
      const asked = review.askCorrection(points);
      return asked.refusal ? asked : happened(closed, ...asked.events);
    }
    default:
      return refuse('conditionsNotMet', 'after-review-open');
  }
};

const standing: Ballot = {
  sessionId: 'standing',
  present: [],
  recused: [],
  votes: {},
  lastVoteVersion: 0,
  closed: false,
};

export const ballotFolds: Folds<'itemOpened' | 'voteCast' | 'itemClosed'> = {
  itemOpened: (request, { sessionId, present, recused }, { version }) => ({
    ...request,
    ballot: { sessionId, present, recused, votes: {}, lastVoteVersion: version, closed: false },
  }),
  voteCast: (request, { personId, vote, seat }, { version }) => {
    const ballot = request.ballot ?? standing;
    const seated = ballot.present.some((other) => other.personId === personId);
    return {
      ...request,
      ballot: {
        ...ballot,
        present: seated ? ballot.present : [...ballot.present, seat],
        votes: { ...ballot.votes, [personId]: vote },
        lastVoteVersion: version,
      },
    };
  },
  itemClosed: (request) => (request.ballot ? { ...request, ballot: { ...request.ballot, closed: true } } : request),
};
