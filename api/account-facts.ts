// What is known of an NGO's account when somebody approves or releases: who changed it and when, whether money went there before.
import type { PaymentFacts, PersonBodies } from '../domain/command.js';
import { watchedPaymentFactsOf } from '../persistence/bank-account.reads.js';
import { organisationById } from '../persistence/organisation.repository.js';
import { whenReachable } from '../persistence/outage.js';
import { organisationOfRequest } from './derived-interests.js';

const lookUp = async (requestId: string): Promise<PaymentFacts | null> => {
  const organisationId = await organisationOfRequest(requestId);
  const organisation = organisationId === null ? null : await organisationById(organisationId);
  return organisation === null ? null : watchedPaymentFactsOf(organisation);
};

/**
 * As with interests, their absence in the entry says that nobody looked. A payment was prepared with them, and its file takes verified
 * accounts alone.
 */
const factsWhenReachable = (requestId: string): Promise<PaymentFacts | null> => whenReachable(() => lookUp(requestId));

export const releaseFacts = async (requestId: string): Promise<Pick<PersonBodies['releaseTranche'], 'facts'>> => {
  const facts = await factsWhenReachable(requestId);
  return facts === null ? {} : { facts };
};

export const accountChange = async (requestId: string): Promise<Pick<PersonBodies['recordApproval'], 'account'>> => {
  const facts = await factsWhenReachable(requestId);
  if (facts?.accountChangedBy === undefined) return {};
  const { accountChangedAtMs, accountChangedBy } = facts;
  return { account: { accountChangedAtMs, accountChangedBy } };
};
