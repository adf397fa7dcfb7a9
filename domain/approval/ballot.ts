// The committee's ballot on one request: opened with who is present, votes changeable until closing, then frozen.
import type { PersonCommand, Seat } from '../command.js';
import type { AmountMinor } from '../amount.js';
import { isAmountMinor, piastres } from '../amount.js';
import { splitFault } from '../award-split.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { Ballot, GrantRequest } from '../grant-request.js';
import { askFunds, endingAgainst } from '../move.js';
import type { Plan } from '../plan.js';
import { isUnreasoned } from '../reason.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { decideDeferral, endHold, holdFault } from './deferral.js';
import { countedVotes, majorityOf, quorumOf, tallyOf } from './quorum.js';

const standing: Ballot = {
  sessionId: 'standing',
  present: [],
  recused: [],
  votes: {},
  lastVoteVersion: 0,
  closed: false,
};

const openingFault = (
  request: GrantRequest,
  { session }: PersonCommand<'openItem'>['body'],
  { plan, nowMs }: Context,
): { refusal: Refusal } | null => {
  if (request.award?.funds === 'asked') return refuse('conditionsNotMet', 'funds-being-reserved');
  if (request.ballot && !request.ballot.closed) return refuse('alreadyActed', 'item-open');
  if (plan.committee.sessions === 'kept' && session === undefined)
    return refuse('conditionsNotMet', 'session-not-open', 'openSession');
  return holdFault(request, nowMs);
};

const isSecret = ({ committee }: Plan, session: PersonCommand<'openItem'>['body']['session']): boolean =>
  committee.ballot === 'secret' || (committee.ballot === 'by-session' && session?.ballot === 'secret');

export const decideOpening = (
  request: GrantRequest,
  command: PersonCommand<'openItem'>,
  context: Context,
): Decision => {
  const { plan } = context;
  const { sessionId, present, session } = command.body;
  const fault = openingFault(request, command.body, context);
  if (fault) return fault;
  if (new Set(present.map((seat) => seat.personId)).size !== present.length)
    return refuse('conditionsNotMet', 'present-distinct');
  const excluded = request.conflicted.filter((person) => present.some((seat) => seat.personId === person));
  const recused = [...new Set([...command.body.recused, ...excluded])];
  if (!quorumOf({ present, recused }, plan).stands)
    return refuse('quorumMissing', 'present-without-recused', String(plan.committee.quorum));
  return happened({
    kind: 'itemOpened',
    sessionId,
    present,
    recused,
    ...(session === undefined ? {} : { session }),
    ...(isSecret(plan, session) ? { secret: true } : {}),
  });
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

const castOf = (request: GrantRequest, command: PersonCommand<'castVote'>): RequestEvent => ({
  kind: 'voteCast',
  personId: command.by.personId,
  vote: command.body.vote,
  seat: seatOf(request, command),
  ...(request.ballot?.secret ? { secret: true } : {}),
});

export const decideVote = (request: GrantRequest, command: PersonCommand<'castVote'>, context: Context): Decision => {
  const { committee } = context.plan;
  const { personId } = command.by;
  const fault = voteFault(request, personId, context.plan);
  if (fault) return fault;
  const { votes, recused } = request.ballot ?? standing;
  const { vote } = command.body;
  if (votes[personId] === vote) return refuse('alreadyActed', 'same-vote');
  const cast = castOf(request, command);
  if (committee.closing === 'by-chair') return happened(cast);
  const tally = tallyOf({ votes: { ...votes, [personId]: vote }, recused });
  const verdict = majorityOf(tally);
  if (tally.approve + tally.reject + tally.abstain < committee.quorum || verdict === null) return happened(cast);
  const uncarried = verdict === 'approve' ? amountFault(request, undefined, context.plan) : null;
  if (uncarried) return uncarried;
  return happened(
    cast,
    { kind: 'itemClosed', verdict, tally, castingVote: false, answersToObjections: {} },
    ...(verdict === 'approve'
      ? [askFunds(request, askedFor(request), [])]
      : endingAgainst('rejected', 'committee', context)),
  );
};

const askedFor = ({ file }: GrantRequest): AmountMinor => file?.requestedMinor ?? '0';

/** Without quorum nothing is decided; where sessions are kept, what can still be done is to put the item off. */
const countingFault = (
  ballot: Ballot,
  { body }: PersonCommand<'closeItem'>,
  plan: Plan,
): { refusal: Refusal } | null => {
  const { committee } = plan;
  if (committee.sessions === 'kept' && body.verdict === 'defer') return null;
  const isCounted = quorumOf(ballot, plan).stands && countedVotes(ballot).length >= committee.quorum;
  return isCounted ? null : refuse('quorumMissing', 'votes-cast', String(committee.quorum));
};

const closingFault = (
  request: GrantRequest,
  ballot: Ballot,
  command: PersonCommand<'closeItem'>,
  { objections, plan }: { readonly objections: readonly string[]; readonly plan: Plan },
): { refusal: Refusal } | null => {
  const { verdict, answersToObjections, deferUntilMs } = command.body;
  const unanswered = objections.filter((governorate) => (answersToObjections[governorate] ?? '').trim() === '');
  if (unanswered.length > 0) return refuse('conditionsNotMet', 'objection-unanswered', unanswered.join(' '));
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  if (deferUntilMs !== undefined && verdict !== 'defer')
    return refuse('conditionsNotMet', 'date-only-to-defer', 'defer');
  if (verdict !== 'approve' && verdict !== 'reject') return null;
  return (
    verdictFault(ballot, command, plan) ??
    (verdict === 'approve' ? amountFault(request, command.body.amountMinor, plan) : null)
  );
};

const verdictFault = (
  ballot: Ballot,
  { by, body }: PersonCommand<'closeItem'>,
  plan: Plan,
): { refusal: Refusal } | null => {
  const majority = majorityOf(tallyOf(ballot));
  if (majority !== null)
    return body.verdict === majority ? null : refuse('conditionsNotMet', 'verdict-follows-ballot', majority);
  if (!body.castingVote) return refuse('conditionsNotMet', 'tie-needs-casting-vote', 'castingVote');
  return plan.committee.sessions === 'kept' ? castingFault(ballot, by.personId) : null;
};

/** The casting vote is a vote: the chair has to be there and free of interests. */
const castingFault = ({ present, recused }: Ballot, chair: string): { refusal: Refusal } | null => {
  if (recused.includes(chair)) return refuse('recused', 'casting-vote');
  return present.some(({ personId }) => personId === chair) ? null : refuse('notPresent', 'casting-vote');
};

const amountFault = (request: GrantRequest, amount: string | undefined, plan: Plan): { refusal: Refusal } | null => {
  const asked = askedFor(request);
  if (amount === undefined) return splitFault(asked, plan);
  const sound = isAmountMinor(amount) && piastres(amount) > 0n && piastres(amount) <= piastres(asked);
  return sound ? splitFault(amount, plan) : refuse('conditionsNotMet', 'award-within-request', asked);
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
  const fault =
    countingFault(ballot, command, context.plan) ??
    closingFault(request, ballot, command, { objections: review.objections, plan: context.plan });
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
      return happened(closed, askFunds(request, command.body.amountMinor ?? askedFor(request), conditions));
    case 'reject':
      return happened(closed, ...endingAgainst('rejected', 'committee', context));
    case 'defer': {
      const deferred = decideDeferral(command, context);
      return deferred.refusal ? deferred : happened(closed, ...deferred.events);
    }
    case 'return': {
      const asked = review.askCorrection(points);
      return asked.refusal ? asked : happened(closed, ...asked.events);
    }
    default:
      return refuse('conditionsNotMet', 'after-review-open');
  }
};

export const ballotFolds: Folds<'itemOpened' | 'voteCast' | 'itemClosed'> = {
  itemOpened: (request, { sessionId, present, recused, secret }, { version }) => ({
    ...endHold(request),
    ballot: {
      sessionId,
      present,
      recused,
      votes: {},
      lastVoteVersion: version,
      closed: false,
      ...(secret ? { secret } : {}),
    },
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
