// Interests that data show, as the API found them: part of the state before the rule looks at it, so that they outlive the command.
//
// They reach a decision in two ways. Everyone who acts carries `interests` on the actor, looked up at that moment; the gate refuses
// when there are any. People whom somebody else names (reviewers, seats of the committee) come in the command's body and go into
// `conflicted` by an event, so that they stay excluded even from a command that was sent past the API without the fact.
import type { DerivedInterest } from './connection.js';
import type { Decision } from './decision.js';
import { happened } from './decision.js';
import type { RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';

const newlyDerived = (request: GrantRequest, found: readonly DerivedInterest[]): RequestEvent<'interestDerived'>[] =>
  found
    .filter(({ personId, kinds }) => kinds.length > 0 && !request.conflicted.includes(personId))
    .map(({ personId, kinds }) => ({ kind: 'interestDerived', personId, kinds }));

/** `exclude` is the fold of the event, handed in because folds belong to the areas. */
export const knowingInterests = (
  request: GrantRequest,
  found: readonly DerivedInterest[] | undefined,
  exclude: (before: GrantRequest, personId: string) => GrantRequest,
  decideOn: (known: GrantRequest) => Decision,
): Decision => {
  const derived = newlyDerived(request, found ?? []);
  const decision = decideOn(derived.reduce((state, { personId }) => exclude(state, personId), request));
  return decision.refusal ? decision : happened(...derived, ...decision.events);
};
