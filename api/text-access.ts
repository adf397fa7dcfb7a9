// Who may open the text of a request. Reviewers declare their interests first; people with an interest never see it; each reading
// by somebody else than the NGO leaves an access entry.
import type { Actor } from '../domain/actor.js';
import { holds } from '../domain/actor.js';
import type { GrantRequest } from '../domain/grant-request.js';
import type { Plan } from '../domain/plan.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { recordAccess } from '../persistence/access-entry.repository.js';
import { planByHash } from '../persistence/plan-version.model.js';
import type { RequestRecord } from '../persistence/request.reads.js';
import type { Audience } from './access.js';
import { interestsAmong } from './derived-interests.js';
import type { Call } from './endpoint.js';
import { problemOf } from './problem.js';

/** Somebody who has no other office reads as a reviewer; so does everybody who is assigned, whatever else they hold. */
const readsAsReviewer = ({ review }: GrantRequest, caller: Actor): boolean =>
  review.assigned.some(({ personId }) => personId === caller.personId) ||
  (holds(caller, 'reviewer') && caller.roles.every(({ role }) => role === 'reviewer'));

const reviewerFault = ({ review }: GrantRequest, { personId }: Actor, plan: Plan): Refusal | null => {
  const assigned = review.assigned.some((reviewer) => reviewer.personId === personId);
  // Reading before being assigned would come before the declaration.
  if (!assigned && plan.review.assignment === 'by-officer') return refuse('notAssigned').refusal;
  if (!plan.review.declareFirst || review.declared.includes(personId)) return null;
  return refuse('conditionsNotMet', 'declare-interest-first', 'declareInterest').refusal;
};

const interestFault = async (record: RequestRecord, { personId }: Actor): Promise<Refusal | null> => {
  if (record.state.conflicted.includes(personId)) return refuse('conflictOfInterest').refusal;
  const [found] = await interestsAmong([personId], record.organisationId);
  return found === undefined ? null : refuse('conflictOfInterest', found.kinds[0]).refusal;
};

/** Refuses, or records the reading; in that order, and before anything is shown. */
export const openText = async (
  { record, audience }: { readonly record: RequestRecord; readonly audience: Audience },
  { caller, id: httpRequestId }: Call,
  read: { readonly operation: string; readonly object: string },
): Promise<void> => {
  if (audience === 'ngo') return;
  const { state } = record;
  const fault =
    (await interestFault(record, caller)) ??
    (readsAsReviewer(state, caller) ? reviewerFault(state, caller, await planByHash(record.planHash)) : null);
  if (fault) throw problemOf(fault);
  await recordAccess({ requestId: record._id, at: new Date(), actor: caller, httpRequestId, ...read });
};
