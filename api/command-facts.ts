// What the edge adds to a command or checks before it is sent: names, seats, payment facts, the balance, the agreement's text.
import type { Actor } from '../domain/actor.js';
import { holds } from '../domain/actor.js';
import { piastres } from '../domain/amount.js';
import type { PaymentFacts, PersonBodies, Seat } from '../domain/command.js';
import { endedFault } from '../domain/permissions.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { envelopeIdOf } from '../domain/money/envelope.js';
import { balanceOf } from '../persistence/ledger.reads.js';
import { watchedPaymentFactsOf } from '../persistence/bank-account.reads.js';
import { organisationById } from '../persistence/organisation.repository.js';
import { actorAt, peopleByIds } from '../persistence/person.repository.js';
import { planByHash } from '../persistence/plan-version.model.js';
import type { RequestRecord } from '../persistence/request.reads.js';
import { interestsAmong } from './derived-interests.js';
import { suggestionFacts } from './reviewer-suggestion.js';
import { agreementOf, agreementPlanHashOf } from './agreement-text.js';
import { Problem } from './problem.js';
import { sourceRefusal } from './submission.js';

/** The workflow of an ended request is gone and can only say "ended"; what was recorded says why it is too late to appeal. */
export const lateAppealFault = (record: RequestRecord | null): Refusal | null =>
  record?.outcome ? endedFault(record.state, 'fileAppeal', record.outcome).refusal : null;

/** People as actors of this moment, in the order asked; a suspended account holds no roles. */
const actorsOf = async (personIds: readonly string[]): Promise<Actor[]> => {
  const now = new Date();
  const found = await peopleByIds(personIds);
  return personIds.map((personId) => {
    const person = found.find(({ _id }) => _id === personId);
    return person && !person.suspended ? actorAt(person, now) : { personId, name: personId, roles: [] };
  });
};

export const reviewersOf = async (
  personIds: readonly string[],
  record: RequestRecord | null,
): Promise<PersonBodies['assignReviewers']> => ({
  reviewers: (await actorsOf(personIds)).map(({ personId, name }) => ({ personId, name })),
  ...(await suggestionFacts(record)),
});

export const reviewersFault = async ({ reviewers }: PersonBodies['assignReviewers']): Promise<Refusal | null> => {
  const people = await actorsOf(reviewers.map(({ personId }) => personId));
  const other = people.find((person) => !holds(person, 'reviewer'));
  return other ? refuse('conditionsNotMet', 'holds-role-reviewer').refusal : null;
};

/** Who takes a task over, with the roles held now: recorded with the decision and checked there. */
export const takerOf = async (personId: string | null): Promise<Actor | null> =>
  personId === null ? null : ((await actorsOf([personId]))[0] ?? null);

const isMember = (person: Actor): boolean => holds(person, 'committeeMember') || holds(person, 'committeeChair');
const seatOf = ({ personId, roles }: Actor): Seat => ({
  personId,
  civilSociety: roles.some((held) => held.civilSociety === true),
});

export const seatsOf = async (personIds: readonly string[]): Promise<Seat[]> => (await actorsOf(personIds)).map(seatOf);

export const seatInterests = async (
  personIds: readonly string[],
  record: RequestRecord | null,
): Promise<Pick<PersonBodies['openItem'], 'interests'>> =>
  record === null ? {} : { interests: await interestsAmong(personIds, record.organisationId) };

export const seatsFault = async ({ present }: PersonBodies['openItem']): Promise<Refusal | null> => {
  const people = await actorsOf(present.map(({ personId }) => personId));
  return people.every(isMember) ? null : refuse('conditionsNotMet', 'committee-members-only').refusal;
};

/** Account and registry as they are known now; recorded with the decision and checked there for freshness. */
export const paymentFactsFor = async (record: RequestRecord | null): Promise<PaymentFacts> => {
  const organisation = record ? await organisationById(record.organisationId) : null;
  if (organisation === null) throw new Problem('notFound');
  return watchedPaymentFactsOf(organisation);
};

/** Friendly only: the reservation decides on terms and balance, where racing requests are put in order. */
export const balanceFault = async (
  body: PersonBodies['closeItem'],
  record: RequestRecord | null,
): Promise<Refusal | null> => {
  const file = record?.state.file;
  if (body.verdict !== 'approve' || file == null) return null;
  const bound = await sourceRefusal(file, new Date());
  if (bound) return bound;
  const wanted = piastres(body.amountMinor ?? file.requestedMinor);
  const balance = await balanceOf(envelopeIdOf(file));
  const available = balance?.available ?? 0n;
  return wanted > available ? refuse('envelopeExceeded', 'available', String(available)).refusal : null;
};

/** Only the edge can hash, so only here can the hash be held against the text. */
export const signatureFault = async (
  { documentSha256 }: PersonBodies['signAgreement'],
  expectedVersion: number,
  record: RequestRecord | null,
): Promise<Refusal | null> => {
  if (record === null || record.version < expectedVersion) return refuse('recordingBehind').refusal;
  const agreement = agreementOf(record.state, await planByHash(agreementPlanHashOf(record)), record);
  if (agreement === null || agreement.documentSha256 === documentSha256) return null;
  return refuse('conditionsNotMet', 'same-text', agreement.documentSha256).refusal;
};
