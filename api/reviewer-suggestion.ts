// What a suggestion of reviewers is made from: holders of the role, their open tasks, earlier reviews and connections, looked up now.
import type { DerivedInterest } from '../domain/connection.js';
import type { PersonBodies } from '../domain/command.js';
import type { RankedReviewer } from '../domain/review/suggestion.js';
import { rankReviewers } from '../domain/review/suggestion.js';
import { interestsOf } from '../persistence/connections.js';
import type { PersonDocument } from '../persistence/person.model.js';
import { peopleWithRole, rolesAt } from '../persistence/person.repository.js';
import { planByHash } from '../persistence/plan-version.model.js';
import type { RequestRecord } from '../persistence/request.reads.js';
import { earlierReviews, openReviewTasks } from '../persistence/review.reads.js';

/** The Fund has some dozens of reviewers; more are not weighed. */
const mostCandidates = 500;

export type ReviewerSuggestion = {
  readonly ranked: readonly RankedReviewer[];
  readonly people: ReadonlyMap<string, PersonDocument>;
  readonly interests: readonly DerivedInterest[];
};

const reviewersAt = async (at: Date): Promise<PersonDocument[]> =>
  (await peopleWithRole('reviewer', mostCandidates)).filter((person) =>
    rolesAt(person, at).some(({ role }) => role === 'reviewer'),
  );

export const suggestReviewersFor = async (record: RequestRecord): Promise<ReviewerSuggestion> => {
  const at = new Date();
  const people = await reviewersAt(at);
  const ids = people.map(({ _id }) => _id);
  const [plan, load, earlier, interests] = await Promise.all([
    planByHash(record.planHash),
    openReviewTasks(ids),
    earlierReviews(record.organisationId, record._id),
    interestsOf(ids, record.organisationId, at),
  ]);
  const candidates = people.map(({ _id: personId, expertise = [] }) => ({
    personId,
    expertise,
    openTasks: load.get(personId) ?? 0,
    earlierReviews: earlier.get(personId) ?? 0,
    interests: interests.find((one) => one.personId === personId)?.kinds ?? [],
  }));
  return {
    ranked: rankReviewers(record.state, candidates, plan),
    people: new Map(people.map((person) => [person._id, person])),
    interests: interests.filter(({ kinds }) => kinds.length > 0),
  };
};

/** Recorded with an assignment: what the system would have chosen, and every reviewer it found connected with the NGO. */
export const suggestionFacts = async (
  record: RequestRecord | null,
): Promise<Pick<PersonBodies['assignReviewers'], 'suggested' | 'interests'>> => {
  if (record === null) return {};
  const { ranked, interests } = await suggestReviewersFor(record);
  return { suggested: ranked.filter(({ suggested }) => suggested).map(({ personId }) => personId), interests };
};
