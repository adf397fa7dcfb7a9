// I3: the ledger holds exactly the postings that follow from the decisions, each in the request's own envelope, and no account below zero.
import { piastres } from '../amount.js';
import type { GrantRequest } from '../grant-request.js';
import { envelopeIdOf } from '../money/envelope.js';
import { accounts, postingsOf } from '../money/ledger.js';
import { plannedMinor } from '../money/tranche-results.js';
import { isOwed, isPaid } from '../money/tranche-state.js';
import type { EnvelopeEvidence, RequestEvidence, StoredPosting } from './evidence.js';
import type { Finding } from './finding.js';
import { found } from './finding.js';
import type { Told } from './story.js';

type Line = Pick<StoredPosting, 'envelopeId' | 'seq' | 'kind' | 'from' | 'to'> & { readonly amountMinor: string };
const textOf = ({ envelopeId, seq, kind, from, to, amountMinor }: Line): string =>
  `${seq} ${kind} ${from} ${to} ${amountMinor} ${envelopeId}`;
const whole = (amount: unknown): bigint => (typeof amount === 'bigint' ? amount : 0n);

/** What the decisions say should stand in the ledger; a reservation posts only where the treasury said yes. */
const expectedOf = ({ reservations }: RequestEvidence, story: readonly Told[]): Line[] =>
  story.flatMap(({ entry, after }) => {
    // The submission says on which envelope the request draws.
    const place = { envelopeId: after.file === null ? '' : envelopeIdOf(after.file), seq: entry.seq };
    return entry.events.flatMap((event): Line[] => {
      if (event.kind !== 'fundsAsked') return postingsOf(event).map((posting) => ({ ...posting, ...place }));
      const { amountMinor, decisionKey } = event;
      const granted = reservations.some((row) => row.decisionKey === decisionKey && row.outcome === 'reserved');
      return granted ? [{ ...place, kind: 'reserve', from: 'available', to: 'reserved', amountMinor }] : [];
    });
  });

type Text = { readonly text: string };
/** Lines of `one` that have no partner in `other`; equal lines count as often as they stand there. */
const without = <T extends Text>(one: readonly T[], other: readonly Text[]): T[] => {
  const left = other.map(({ text }) => text);
  return one.filter(({ text }) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
};

const about = ({ requestId }: RequestEvidence) => ({ kind: 'request', id: requestId }) as const;

const postingFindings = (evidence: RequestEvidence, story: readonly Told[]): Finding[] => {
  const expected = expectedOf(evidence, story).map((line) => ({ text: textOf(line) }));
  const stored = evidence.postings.map((posting) => ({
    id: posting.id,
    text: textOf({ ...posting, amountMinor: String(posting.amountMinor) }),
  }));
  return [
    ...without(expected, stored).map(({ text }) => found('postingMissing', about(evidence), { posting: text })),
    ...without(stored, expected).map(({ id, text }) =>
      found('postingUnexplained', about(evidence), { posting: text, id }),
    ),
  ];
};

const reservationFindings = (evidence: RequestEvidence, story: readonly Told[]): Finding[] =>
  story.flatMap(({ entry }) =>
    entry.events.flatMap((event) => {
      if (event.kind !== 'fundsAsked') return [];
      const { decisionKey, amountMinor } = event;
      const row = evidence.reservations.find((other) => other.decisionKey === decisionKey);
      if (row === undefined) return [found('postingMissing', about(evidence), { reservation: decisionKey })];
      return String(row.amountMinor) === amountMinor
        ? []
        : [
            found('awardOverReservation', about(evidence), {
              decisionKey,
              awarded: amountMinor,
              reserved: String(row.amountMinor),
            }),
          ];
    }),
  );

/** What each account of this request holds by its own postings; money a request brought back has left it. */
const heldBy = (postings: readonly StoredPosting[]): Readonly<Record<string, bigint>> => {
  const held: Record<string, bigint> = {};
  for (const { from, to, amountMinor } of postings) {
    held[from] = (held[from] ?? 0n) - whole(amountMinor);
    held[to] = (held[to] ?? 0n) + whole(amountMinor);
  }
  return held;
};

const paidIn = (postings: readonly StoredPosting[]): bigint =>
  postings.filter(({ kind }) => kind === 'disburse').reduce((sum, { amountMinor }) => sum + whole(amountMinor), 0n);

/** An award is what was paid of it, what is still to be paid and what was not earned: its tranches as they were planned. */
const planFindings = (evidence: RequestEvidence, { award, tranches }: GrantRequest): Finding[] => {
  const planned = tranches.reduce((sum, tranche) => sum + piastres(plannedMinor(tranche)), 0n);
  const awarded = piastres(award?.amountMinor ?? '0');
  return tranches.length === 0 || planned === awarded
    ? []
    : [found('awardDoesNotAddUp', about(evidence), { tranches: String(planned), awarded: String(awarded) })];
};

const awardFindings = (evidence: RequestEvidence, request: GrantRequest): Finding[] => {
  const held = heldBy(evidence.postings);
  const { award, tranches } = request;
  const sumOf = (some: typeof tranches): bigint => some.reduce((sum, one) => sum + piastres(one.amountMinor), 0n);
  const should: Readonly<Record<string, bigint>> = {
    reserved: award?.funds === 'reserved' ? piastres(award.amountMinor) : 0n,
    committed: award?.funds === 'committed' ? sumOf(tranches.filter(isOwed)) : 0n,
  };
  const paid = paidIn(evidence.postings);
  const settled = sumOf(tranches.filter(isPaid));
  const below = ['reserved', 'committed', 'disbursed', 'spent'].filter((account) => (held[account] ?? 0n) < 0n);
  return [
    ...below.map((account) => found('accountBelowFloor', about(evidence), { account, holds: String(held[account]) })),
    ...Object.entries(should)
      .filter(([account, amount]) => (held[account] ?? 0n) !== amount)
      .map(([account, amount]) =>
        found('awardDoesNotAddUp', about(evidence), {
          account,
          holds: String(held[account] ?? 0n),
          should: String(amount),
        }),
      ),
    ...planFindings(evidence, request),
    ...(paid === settled
      ? []
      : [found('awardDoesNotAddUp', about(evidence), { paid: String(paid), settled: String(settled) })]),
  ];
};

export const ledgerFollowsDecisions = (evidence: RequestEvidence, story: readonly Told[]): Finding[] => {
  const last = story.at(-1);
  if (last === undefined) return postingFindings(evidence, story);
  const answered = last.after.award?.funds !== 'asked';
  return [
    ...postingFindings(evidence, story),
    ...reservationFindings(evidence, story),
    // Between the treasury's reservation and the request hearing of it the two may differ.
    ...(answered ? awardFindings(evidence, last.after) : []),
  ];
};

/** Every posting takes from one account what it gives to another, so an envelope holds what came in from outside. */
export const envelopeFindings = ({ envelopeId, balance, moved }: EnvelopeEvidence): Finding[] => {
  const subject = { kind: 'envelope', id: envelopeId } as const;
  if (balance === null) return [found('balanceDiffers', subject, { balance: null })];
  const sums: Record<string, bigint> = {};
  for (const { from, to, amountMinor } of moved) {
    sums[from] = (sums[from] ?? 0n) - whole(amountMinor);
    sums[to] = (sums[to] ?? 0n) + whole(amountMinor);
  }
  return accounts.flatMap((account) => {
    const holds = whole(balance[account]);
    return [
      ...(holds < 0n ? [found('accountBelowFloor', subject, { account, holds: String(holds) })] : []),
      ...(holds === (sums[account] ?? 0n)
        ? []
        : [found('balanceDiffers', subject, { account, holds: String(holds), postings: String(sums[account] ?? 0n) })]),
    ];
  });
};
