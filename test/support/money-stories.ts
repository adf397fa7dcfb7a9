// What can become of money, one story for each way, with the postings it leaves and where it ends. Tests hold them; docs/ledger.md draws them.
import type { Entry } from '../../domain/audit-entry.js';
import { postingsOf } from '../../domain/money/ledger.js';
import type { OrderTerms } from '../../domain/money/ledger-order.js';
import { orderLines, reversingLines } from '../../domain/money/ledger-order.js';
import { closeAs, earningLess, earningNothing } from './earning.js';
import type { Journey } from './journey.js';
import { journeyTo, paymentFacts, payTranche, recovering, unspent } from './journey.js';
import { people } from './people.js';
import { earningPlan, owingPlan } from './plans.js';

export type Movement = {
  /** The command that led to it. */
  readonly after: string;
  readonly kind: string;
  readonly envelope: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: string;
};

export type MoneyStory = {
  readonly name: string;
  readonly about: string;
  readonly movements: readonly Movement[];
  /** What it adds to each account, envelope by envelope; accounts that end as they began are left out. */
  readonly ends: Readonly<Record<string, string>>;
};

const envelope = 'A';

/** Reservations are posted where the balance is checked, so the event that reports one stands for its posting here. */
const movementsOf = (entries: readonly Entry[]): Movement[] => {
  let asked = '0';
  const movements: Movement[] = [];
  for (const { command, events } of entries)
    for (const event of events) {
      if (event.kind === 'fundsAsked') asked = event.amountMinor;
      const reserved = { kind: 'reserve', from: 'available', to: 'reserved', amountMinor: asked } as const;
      const postings = event.kind === 'fundsReserved' ? [reserved] : postingsOf(event);
      movements.push(...postings.map((posting) => ({ after: command, envelope, ...posting })));
    }
  return movements;
};

const release = (told: Journey, number: number): Journey =>
  told
    .act(people.finance, 'prepareTranche', { number, facts: paymentFacts(told.nowMs()) })
    .act(people.releaser, 'releaseTranche', { number });

const received = (told: Journey, amountMinor: string): Journey =>
  told.act(people.finance, 'recordRecovery', { kind: 'received', amountMinor });

type RequestStory = Omit<MoneyStory, 'movements'> & { readonly play: () => Journey };

const requestStories: readonly RequestStory[] = [
  {
    name: 'From reservation to closing',
    about:
      "The committee's approval reserves, the countersignature commits, each settlement disburses, each accepted report spends.",
    play: () => journeyTo(undefined),
    ends: { 'A available': '-60000000', 'A spent': '60000000' },
  },
  {
    name: 'Withdrawn with money reserved',
    about: 'A reservation that nothing comes of goes back whole.',
    play: () => journeyTo('authority').act(people.samira, 'withdraw', {}),
    ends: {},
  },
  {
    name: 'Suspended, lifted, withdrawn before any payment',
    about: 'A suspension holds money and posts nothing; what was committed is released when the request ends.',
    play: () =>
      journeyTo('implementation')
        .act(people.monitor, 'suspend', { ground: 'flagged-visit' })
        .act(people.deputy, 'liftSuspension', {})
        .act(people.samira, 'withdraw', {}),
    ends: {},
  },
  {
    name: 'Rejected by the bank and paid by a replacement',
    about: 'Only a settlement disburses: the rejected instruction posts nothing, the one that replaces it posts once.',
    play: () => release(release(journeyTo('implementation'), 1).pay(1, 'rejected'), 1).pay(1, 'settled'),
    ends: { 'A available': '-60000000', 'A committed': '38400000', 'A disbursed': '21600000' },
  },
  {
    name: 'Unknown, then settled',
    about: 'What the bank does not know moves nothing until it, or a person, says what happened.',
    play: () => release(journeyTo('implementation'), 1).pay(1, 'unknown').pay(1, 'settled'),
    ends: { 'A available': '-60000000', 'A committed': '38400000', 'A disbursed': '21600000' },
  },
  {
    name: 'A saving given back while the project goes on',
    about:
      'A refund returns to the envelope at once; only what is left is still to be accounted for, and nothing is owed twice.',
    play: () =>
      payTranche(journeyTo('implementation'), 1).act(
        people.finance,
        'recordRefund',
        { amountMinor: '1600000' },
        { reason: 'a saving on equipment', evidence: [{ fileId: 'credit-note', sha256: 'c'.repeat(64) }] },
      ),
    ends: { 'A available': '-58400000', 'A committed': '38400000', 'A disbursed': '20000000' },
  },
  {
    name: 'Closed with unspent money given back',
    about: 'What was paid and not spent comes back to the envelope before both sign the closing.',
    play: () => closeAs(unspent(), '10000000'),
    ends: { 'A available': '-50000000', 'A spent': '50000000' },
  },
  {
    name: 'Given back in part, the rest recovered in instalments',
    about: 'What is returned at once is a refund; the rest is owed, and each instalment is a refund of its own.',
    play: () => received(received(recovering(), '2000000'), '4000000'),
    ends: { 'A available': '-50000000', 'A spent': '50000000' },
  },
  {
    name: 'One instalment recovered, the rest written off',
    about:
      'The finance officer proposes, the levels that the matrix asks for that sum approve. It stays visible and never counts as spent.',
    play: () => {
      const body = { kind: 'written-off', amountMinor: '4000000' } as const;
      return received(recovering(owingPlan), '2000000')
        .act(people.finance, 'recordRecovery', body, { reason: 'the NGO was dissolved' })
        .act(people.programmeDirector, 'recordRecovery', body)
        .act(people.executiveDirector, 'recordRecovery', body);
    },
    ends: { 'A available': '-54000000', 'A spent': '50000000', 'A written-off': '4000000' },
  },
  {
    name: 'A tranche by results earns less than planned',
    about:
      'When its conditions are met a tranche earns its amount in the proportion of results to target. The rest of its commitment goes back at once.',
    play: () => earningLess(journeyTo('implementation', earningPlan)),
    ends: { 'A available': '-53200000', 'A spent': '53200000' },
  },
  {
    name: 'A tranche of which nothing is earned',
    about:
      'Too little of the first money was spent when the final report was accepted: the second tranche goes back whole, what is left of the first is returned.',
    play: () => earningNothing(journeyTo('implementation', earningPlan)),
    ends: { 'A available': '-15000000', 'A spent': '15000000' },
  },
  {
    name: 'Terminated after the first payment, and recovered',
    about: 'Termination releases what was committed and not paid; what was paid and not accounted for is owed.',
    play: () => {
      const told = payTranche(journeyTo('implementation'), 1).act(people.deputy, 'terminate', {}, { reason: 'misuse' });
      told.act(people.finance, 'agreeRecoveryPlan', { instalments: [{ amountMinor: '21600000', dueAtMs: 1 }] });
      return received(told, '21600000');
    },
    ends: {},
  },
];

type OrderStory = Omit<MoneyStory, 'movements'> & {
  readonly order: OrderTerms & { readonly amountMinor: string };
  readonly takenBack?: true;
};

const orderStories: readonly OrderStory[] = [
  {
    name: 'Opening an envelope',
    about: 'Money comes into the books from outside, by order of two people.',
    order: { kind: 'open', from: null, to: 'A', amountMinor: '100000000' },
    ends: { 'A available': '100000000' },
  },
  {
    name: 'Transfer between envelopes',
    about: 'Two lines of one transaction: never more than is available, never away from what a donor gave it for.',
    order: { kind: 'transfer', from: 'A', to: 'B', amountMinor: '30000000' },
    ends: { 'A available': '-30000000', 'B available': '30000000' },
  },
  {
    name: 'Carry-over to the next fiscal year',
    about: 'A transfer to the envelope of the same programme and source in the next year.',
    order: { kind: 'transfer', from: 'A 2025/2026', to: 'A 2026/2027', amountMinor: '40000000' },
    ends: { 'A 2025/2026 available': '-40000000', 'A 2026/2027 available': '40000000' },
  },
  {
    name: 'Transfer taken back',
    about:
      'A reversing order posts the same lines the other way round, each naming the one it takes back. It can happen once.',
    order: { kind: 'transfer', from: 'A', to: 'B', amountMinor: '30000000' },
    takenBack: true,
    ends: {},
  },
];

const orderMovements = ({ order, takenBack }: OrderStory): Movement[] =>
  [...orderLines(order), ...(takenBack ? reversingLines(order) : [])].map(({ envelopeId, kind, from, to }) => ({
    ...{ after: 'approveLedgerOrder', kind, envelope: envelopeId, from, to, amountMinor: order.amountMinor },
  }));

export const moneyStories = (): MoneyStory[] => [
  ...requestStories.map(({ name, about, ends, play }) => ({
    ...{ name, about, ends },
    // Played when somebody looks at it: a list of the stories costs nothing.
    get movements() {
      return movementsOf(play().entries());
    },
  })),
  ...orderStories.map((story) => ({
    ...{ name: story.name, about: story.about, ends: story.ends, movements: orderMovements(story) },
  })),
];

/** What movements add to each account; what comes from outside and goes back there counts like any other account. */
export const sumsOf = (movements: readonly Movement[]): Map<string, bigint> => {
  const sums = new Map<string, bigint>();
  const move = (account: string, by: bigint): void => void sums.set(account, (sums.get(account) ?? 0n) + by);
  for (const { envelope: of, from, to, amountMinor } of movements) {
    move(from === 'outside' ? from : `${of} ${from}`, -BigInt(amountMinor));
    move(to === 'outside' ? to : `${of} ${to}`, BigInt(amountMinor));
  }
  return sums;
};
