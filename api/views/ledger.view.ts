// The ledger as people read it: balances, postings, orders. Amounts can be below zero only in sums from outside.
import { z } from 'zod';
import type { LedgerOrder } from '../../persistence/ledger-order.repository.js';
import type { Balances, PostingDocument } from '../../persistence/ledger.model.js';
import { noBalances } from '../../persistence/ledger.model.js';
import type { Summed, TrialBalance } from '../../persistence/ledger-statement.reads.js';
import { egp, id, instant, money, version } from '../schemas/text.schema.js';

export const balancesView = z
  .object({
    available: money,
    reserved: money,
    committed: money,
    disbursed: money,
    spent: money,
    writtenOff: money,
  })
  .meta({ id: 'Balances' });

export const balancesViewOf = (balances: Balances): z.output<typeof balancesView> => ({
  available: egp(String(balances.available)),
  reserved: egp(String(balances.reserved)),
  committed: egp(String(balances.committed)),
  disbursed: egp(String(balances.disbursed)),
  spent: egp(String(balances.spent)),
  writtenOff: egp(String(balances.writtenOff)),
});

export const trialBalanceView = z.object({
  at: instant,
  envelopes: z.array(z.object({ envelopeId: z.string(), balances: balancesView })),
  total: money,
  fromOutside: money,
  balanced: z
    .boolean()
    .meta({ description: 'Running balances and sums of postings agree, and add up to what came in' }),
  faults: z
    .array(z.string())
    .meta({ description: 'Envelope and account whose balance is not the sum of its postings' }),
});

export const trialBalanceViewOf = (trial: TrialBalance): z.output<typeof trialBalanceView> => ({
  at: trial.at.toISOString(),
  envelopes: trial.rows.map(({ envelopeId, balances }) => ({ envelopeId, balances: balancesViewOf(balances) })),
  total: egp(String(trial.total)),
  fromOutside: egp(String(trial.fromOutside)),
  balanced: trial.faults.length === 0 && trial.total === trial.fromOutside,
  faults: [...trial.faults],
});

export const postingView = z.object({
  id: z.string(),
  number: z.string(),
  bookedAt: instant,
  at: instant.meta({ description: 'When what it follows from was decided' }),
  requestId: z.string().nullable(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  amount: money,
  reverses: z.string().nullable(),
  after: balancesView,
});

export const postingViewOf = (posting: PostingDocument): z.output<typeof postingView> => ({
  id: posting._id,
  number: String(posting.booking?.number ?? 0n),
  bookedAt: (posting.booking?.bookedAt ?? posting.at).toISOString(),
  at: posting.at.toISOString(),
  requestId: posting.requestId,
  kind: posting.kind,
  from: posting.from,
  to: posting.to,
  amount: egp(String(posting.amountMinor)),
  reverses: posting.reverses ?? null,
  after: balancesViewOf(posting.booking?.after ?? noBalances),
});

export const statementView = z.object({
  envelopeId: z.string(),
  from: instant,
  until: instant,
  opening: balancesView,
  closing: balancesView,
  postings: z.array(postingView),
  next: z.string().nullable().meta({ description: 'Number after which the next page begins; null on the last one' }),
});

export const sumsView = z.object({
  movements: z.array(z.object({ kind: z.string(), from: z.string(), to: z.string(), sum: money })),
  holds: z.record(z.string(), z.string()).meta({ description: 'Piastres that each account holds by these movements' }),
});

export const sumsViewOf = (sums: readonly Summed[], held: Balances): z.output<typeof sumsView> => ({
  movements: sums.map(({ kind, from, to, sum }) => ({ kind, from, to, sum: egp(String(sum)) })),
  holds: Object.fromEntries(Object.entries(held).map(([account, amount]) => [account, String(amount)])),
});

export const orderView = z.object({
  id,
  version,
  kind: z.enum(['open', 'transfer', 'reverse']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  amount: money,
  reverses: z.string().nullable(),
  reason: z.string(),
  state: z.enum(['proposed', 'approved', 'rejected']),
  proposedBy: z.string(),
  proposedAt: instant,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
});

export const orderViewOf = ({
  _id,
  amountMinor,
  proposedAt,
  decidedAt,
  ...rest
}: LedgerOrder): z.output<typeof orderView> => ({
  id: _id,
  ...rest,
  amount: egp(amountMinor),
  proposedAt: proposedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
});
