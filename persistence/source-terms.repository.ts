// Changing the terms of a source of money: one person proposes, another one approves or rejects. To be called inside `changeRegister`.
import type { Actor } from '../domain/actor.js';
import { changedFields } from '../domain/audit/register-entry.js';
import type { SourceTerms } from '../domain/money/funding-source.js';
import { termsOf } from '../domain/money/funding-source.js';
import { secondPersonFault } from '../domain/money/ledger-order.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { sameJson } from '../domain/same-json.js';
import type { FundingSourceDocument, TermsProposal } from './funding-source.model.js';
import { fundingSourceCollection } from './funding-source.model.js';
import { programmeById } from './programme.repository.js';
import type { RegisterChange } from './register.repository.js';
import type { Session } from './transaction.js';

const instantOf = (atMs: number | undefined): string | undefined =>
  atMs === undefined ? undefined : new Date(atMs).toISOString();

/** As the audit entry tells them. */
const audited = ({ fromMs, untilMs, ...lists }: SourceTerms): Record<string, unknown> => ({
  ...lists,
  from: instantOf(fromMs),
  until: instantOf(untilMs),
});

const sourceIn = (session: Session, code: string): Promise<FundingSourceDocument | null> =>
  fundingSourceCollection().findOne({ _id: code }, { session });

const staleFault = (source: FundingSourceDocument | null, expectedVersion: number): Refusal | undefined =>
  source !== null && (source.version ?? 0) === expectedVersion
    ? undefined
    : refuse('staleVersion', 'version-seen', String(source?.version ?? 0)).refusal;

const unknownProgramme = async (session: Session, { programmes = [] }: SourceTerms): Promise<Refusal | undefined> => {
  for (const code of programmes)
    if ((await programmeById(code, session)) === null)
      return refuse('conditionsNotMet', 'programme-known', code).refusal;
  return undefined;
};

export type TermsToPropose = {
  readonly code: string;
  readonly expectedVersion: number;
  readonly terms: SourceTerms;
  readonly by: Actor;
  readonly at: Date;
};

const proposalFault = async (
  session: Session,
  source: FundingSourceDocument | null,
  { expectedVersion, terms }: TermsToPropose,
): Promise<Refusal | undefined> => {
  const stale = staleFault(source, expectedVersion);
  if (stale) return stale;
  if (source?.proposal) return refuse('alreadyActed', 'terms-proposed').refusal;
  if (source !== null && sameJson(termsOf(source), terms)) return refuse('conditionsNotMet', 'terms-differ').refusal;
  return unknownProgramme(session, terms);
};

export const proposeTerms = async (
  session: Session,
  version: number,
  asked: TermsToPropose,
): Promise<RegisterChange> => {
  const { code, terms, by, at } = asked;
  const source = await sourceIn(session, code);
  const refusal = await proposalFault(session, source, asked);
  if (refusal) return { refusal };
  const proposal: TermsProposal = { terms, proposedBy: by.personId, proposedAt: at };
  await fundingSourceCollection().updateOne({ _id: code }, { $set: { proposal, version } }, { session });
  return { changed: [{ field: 'proposal', before: null, after: audited(terms) }] };
};

export type TermsDecision = {
  readonly code: string;
  readonly expectedVersion: number;
  readonly verdict: 'approved' | 'rejected';
  readonly by: Actor;
};

/** The source with new terms: those that are not named any more are gone. */
const withTerms = ({ nameAr, nameEn, donor }: FundingSourceDocument, terms: SourceTerms, version: number) => ({
  ...{ nameAr, nameEn, version },
  ...(donor === undefined ? {} : { donor }),
  ...terms,
});

export const decideTerms = async (
  session: Session,
  version: number,
  { code, expectedVersion, verdict, by }: TermsDecision,
): Promise<RegisterChange> => {
  const source = await sourceIn(session, code);
  const stale = staleFault(source, expectedVersion);
  if (stale || source === null) return { refusal: stale ?? refuse('staleVersion').refusal };
  const { proposal } = source;
  if (proposal === undefined) return refuse('alreadyActed', 'terms-decided');
  const duty = secondPersonFault(by, proposal.proposedBy);
  if (duty) return { refusal: duty };
  const before = termsOf(source);
  const after = verdict === 'approved' ? proposal.terms : before;
  await fundingSourceCollection().replaceOne({ _id: code }, withTerms(source, after, version), { session });
  const decided = { field: 'proposal', before: audited(proposal.terms), after: null };
  return { changed: [decided, ...changedFields(audited(before), audited(after))] };
};
