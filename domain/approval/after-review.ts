// The after-review: the committee judges a request whose first money went out without it. Ratified, the rest may be paid;
// otherwise what was paid comes back. Opened by entering implementation; a due time that passes raises it and passes nothing.
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import { dueAfter } from '../due.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { AfterReview, Ballot, GrantRequest } from '../grant-request.js';
import { isUnreasoned } from '../reason.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { countedVotes, majorityOf, quorumOf, tallyOf } from './quorum.js';

export const afterReviewDeadline = 'after-review';

export const afterReviewIsOpen = ({ afterReview }: GrantRequest): boolean => afterReview?.verdict === null;

export const openAfterReview = (request: GrantRequest, { plan, nowMs }: Context): RequestEvent[] => {
  if (plan.afterReview === undefined || request.afterReview !== undefined) return [];
  const { atMs: dueAtMs, basis: dueBasis } = dueAfter(plan.calendar, nowMs, plan.afterReview.due);
  return [{ kind: 'afterReviewOpened', dueAtMs, ...(dueBasis ? { dueBasis } : {}) }];
};

type Closing = PersonCommand<'closeItem'>;
type Fault = { readonly refusal: Refusal };

const majorityFault = (ballot: Ballot, { verdict, castingVote }: Closing['body']): Fault | null => {
  const majority = majorityOf(tallyOf(ballot));
  if (majority === null)
    return castingVote ? null : refuse('conditionsNotMet', 'tie-needs-casting-vote', 'castingVote');
  const followed = majority === 'approve' ? 'ratify' : 'recover';
  return verdict === followed ? null : refuse('conditionsNotMet', 'verdict-follows-ballot', followed);
};

const ballotFault = (ballot: Ballot, command: Closing, { plan }: Context): Fault | null => {
  if (ballot.closed) return refuse('ballotClosed');
  const { quorum } = plan.committee;
  if (!quorumOf(ballot, plan).stands || countedVotes(ballot).length < quorum)
    return refuse('quorumMissing', 'votes-cast', String(quorum));
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  return majorityFault(ballot, command.body);
};

/** `recover` comes from the spine: it lets money go and opens a recovery. */
export const decideAfterReview = (
  { ballot }: GrantRequest,
  command: Closing,
  context: Context,
  recover: () => Decision,
): Decision => {
  const { verdict, castingVote } = command.body;
  if (verdict !== 'ratify' && verdict !== 'recover')
    return refuse('conditionsNotMet', 'after-review-verdict', 'ratify recover');
  if (ballot === null) return refuse('conditionsNotMet', 'item-not-open', 'openItem');
  const fault = ballotFault(ballot, command, context);
  if (fault) return fault;
  const tally = tallyOf(ballot);
  const closed: readonly RequestEvent[] = [
    { kind: 'itemClosed', verdict, tally, castingVote, answersToObjections: {} },
    { kind: 'afterReviewDecided', verdict },
  ];
  if (verdict === 'ratify') return happened(...closed);
  const recovering = recover();
  return recovering.refusal ? recovering : happened(...closed, ...recovering.events);
};

const decided = (request: GrantRequest, verdict: AfterReview['verdict']): Pick<GrantRequest, 'afterReview'> =>
  request.afterReview ? { afterReview: { ...request.afterReview, verdict } } : {};

export const afterReviewFolds: Folds<'afterReviewOpened' | 'afterReviewDecided'> = {
  afterReviewOpened: (request, { dueAtMs, dueBasis: basis }) => ({
    ...request,
    afterReview: { verdict: null, dueAtMs, ...(basis ? { dueBasis: basis } : {}) },
    deadlines: [
      ...request.deadlines,
      { id: afterReviewDeadline, step: 'due', atMs: dueAtMs, ...(basis ? { basis } : {}) },
    ],
  }),
  afterReviewDecided: (request, { verdict }) => ({
    ...request,
    ...decided(request, verdict),
    deadlines: request.deadlines.filter(({ id }) => id !== afterReviewDeadline),
  }),
};
