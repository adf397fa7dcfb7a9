// I3: the ledger of a request says what its decisions say, to the piastre, and an envelope holds what its postings say.
import { describe, expect, it } from '@jest/globals';
import type { EnvelopeEvidence, RequestEvidence, StoredPosting } from '../../domain/invariants/evidence.js';
import type { Evidence } from '../../domain/invariants/finding.js';
import { envelopeFindings, ledgerFollowsDecisions } from '../../domain/invariants/ledger.js';
import { storyOf } from '../../domain/invariants/story.js';
import type { Change } from '../support/broken-evidence.js';
import { edited, firstOf, withEvents, withFirst, withoutEvents } from '../support/broken-evidence.js';
import { evidenceOf } from '../support/evidence.js';
import { approveBody, journeyTo, openWith, payTranche, recovering, unspent } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { owingPlan } from '../support/plans.js';

const running = evidenceOf(payTranche(journeyTo('implementation'), 1));
const { requestId } = running;
const envelopeId = 'disability/state-budget/2025/2026';

type Said = readonly [string, Evidence];
const saidOf = (evidence: RequestEvidence): Said[] =>
  ledgerFollowsDecisions(evidence, storyOf(evidence)).map(({ breach, evidence: seen }) => [breach, seen] as const);
const after = (change: Change): Said[] => saidOf(change(running));

const more = (row: Partial<StoredPosting>): Change =>
  edited({ postings: [...running.postings, { ...firstOf(running.postings), id: 'x', seq: 30, ...row }] });

const asked = () => {
  const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
  return told.act(people.chair, 'closeItem', approveBody, { reason: 'sound' });
};

describe('the ledger of a request', () => {
  it.each([
    ['before anything is awarded', journeyTo('committee')],
    ['while funds are asked for', asked()],
    ['while they are reserved', journeyTo('authority')],
    ['when it was withdrawn with funds reserved', journeyTo('agreement').act(people.samira, 'withdraw', {})],
    ['when money is owed', unspent()],
    [
      'when it is paid back',
      recovering(owingPlan).act(people.finance, 'recordRecovery', { kind: 'received', amountMinor: '2000000' }),
    ],
  ])('follows its decisions %s', (_when, told) => {
    expect(saidOf(evidenceOf(told))).toEqual([]);
  });

  it('lacks a posting, and so the award does not add up', () => {
    expect(after(edited({ postings: running.postings.slice(0, 2) }))).toEqual([
      ['postingMissing', { posting: `29 disburse committed disbursed 21600000 ${envelopeId}` }],
      ['awardDoesNotAddUp', { account: 'committed', holds: '60000000', should: '38400000' }],
      ['awardDoesNotAddUp', { paid: '0', settled: '21600000' }],
    ]);
  });

  it('lacks all of them', () => {
    expect(after(edited({ postings: [] })).slice(3)).toEqual([
      ['awardDoesNotAddUp', { account: 'committed', holds: '0', should: '38400000' }],
      ['awardDoesNotAddUp', { paid: '0', settled: '21600000' }],
    ]);
  });

  it.each<[string, Partial<StoredPosting>]>([
    ['another entry', { seq: 21 }],
    ['another kind', { kind: 'release' }],
    ['another account to take from', { from: 'spent' }],
    ['another account to give to', { to: 'spent' }],
    ['another amount', { amountMinor: 60_000_001n }],
    ['another envelope', { envelopeId: 'housing/state-budget/2025/2026' }],
  ])('has a posting with %s, which is one too many and one too few', (_what, change) => {
    const breaches = after(edited({ postings: withFirst(running.postings, change) })).map(([breach]) => breach);
    expect(breaches).toEqual(expect.arrayContaining(['postingMissing', 'postingUnexplained']));
  });

  it('has a payment twice: the second one is named', () => {
    const again = { ...running.postings[2], id: 'again', amountMinor: 21_600_000n };
    expect(after(more(again))).toEqual([
      ['postingUnexplained', { posting: `29 disburse committed disbursed 21600000 ${envelopeId}`, id: 'again' }],
      ['awardDoesNotAddUp', { account: 'committed', holds: '16800000', should: '38400000' }],
      ['awardDoesNotAddUp', { paid: '43200000', settled: '21600000' }],
    ]);
  });

  it('has its first posting twice', () => {
    expect(
      after(edited({ postings: [...running.postings, { ...firstOf(running.postings), id: 'again' }] }))[0],
    ).toEqual(['postingUnexplained', { posting: `20 reserve available reserved 60000000 ${envelopeId}`, id: 'again' }]);
  });

  it.each(['reserved', 'committed', 'disbursed', 'spent'])(
    'may hold nothing, never less than nothing, in %s',
    (from) => {
      const over = { kind: 'release', from, to: 'available', amountMinor: 70_000_000n };
      const holds = { reserved: -70_000_000, committed: -31_600_000, disbursed: -48_400_000, spent: -70_000_000 }[from];
      const below = after(more(over)).filter(([breach]) => breach === 'accountBelowFloor');
      expect(below).toEqual([['accountBelowFloor', { account: from, holds: String(holds) }]]);
    },
  );

  it('counts no amount that is not an int64', () => {
    const float = more({ kind: 'disburse', from: 'committed', to: 'disbursed', amountMinor: 1.5 });
    expect(after(float)).toEqual([
      ['postingUnexplained', { posting: `30 disburse committed disbursed 1.5 ${envelopeId}`, id: 'x' }],
    ]);
  });

  it('has a reservation only where the treasury said yes', () => {
    const refused = edited({ reservations: withFirst(running.reservations, { outcome: 'refused' }) });
    expect(after(refused)).toEqual([
      [
        'postingUnexplained',
        { posting: `20 reserve available reserved 60000000 ${envelopeId}`, id: `${requestId}-20-0` },
      ],
    ]);
    const other = edited({ reservations: withFirst(running.reservations, { decisionKey: 'other' }) });
    expect(after(other)).toEqual([
      [
        'postingUnexplained',
        { posting: `20 reserve available reserved 60000000 ${envelopeId}`, id: `${requestId}-20-0` },
      ],
      ['postingMissing', { reservation: `${requestId}-d20` }],
    ]);
  });

  it('may have been refused before', () => {
    const refused = { ...firstOf(running.reservations), decisionKey: 'earlier', outcome: 'refused' as const };
    expect(after(edited({ reservations: [refused, ...running.reservations] }))).toEqual([]);
  });

  it('has an award that is not what was reserved for it', () => {
    const less = edited({ reservations: withFirst(running.reservations, { amountMinor: 59_999_999n }) });
    expect(after(less)).toEqual([
      ['awardOverReservation', { decisionKey: `${requestId}-d20`, awarded: '60000000', reserved: '59999999' }],
    ]);
  });

  it('has tranches that are not the award', () => {
    const piastreMore = withEvents((event) =>
      event.kind === 'agreementConcluded'
        ? [
            {
              ...event,
              tranches: event.tranches.map((one) => (one.number === 4 ? { ...one, amountMinor: '6000001' } : one)),
            },
          ]
        : [event],
    );
    expect(after(piastreMore)).toEqual([
      ['awardDoesNotAddUp', { account: 'committed', holds: '38400000', should: '38400001' }],
      ['awardDoesNotAddUp', { tranches: '60000001', awarded: '60000000' }],
    ]);
  });

  it('has tranches and no award', () => {
    const unasked = after(withoutEvents('fundsAsked'));
    expect(unasked).toContainEqual(['awardDoesNotAddUp', { tranches: '60000000', awarded: '0' }]);
    expect(unasked).toContainEqual(['awardDoesNotAddUp', { account: 'committed', holds: '38400000', should: '0' }]);
  });

  it('has a posting that no decision explains, where nothing is recorded at all', () => {
    expect(after(edited({ chain: [], postings: [] }))).toEqual([]);
    expect(after(edited({ chain: [], postings: running.postings.slice(0, 1) }))).toEqual([
      [
        'postingUnexplained',
        { posting: `20 reserve available reserved 60000000 ${envelopeId}`, id: `${requestId}-20-0` },
      ],
    ]);
  });

  it('names no envelope where the trail lacks the submission', () => {
    expect(after(withoutEvents('requestSubmitted'))).toContainEqual([
      'postingMissing',
      { posting: '26 commit reserved committed 60000000 ' },
    ]);
  });

  it('may differ from the award between the reservation and the request hearing of it', () => {
    const sound = evidenceOf(asked());
    expect(sound.postings.map(({ kind }) => kind)).toEqual(['reserve']);
    expect(saidOf(sound)).toEqual([]);
    expect(saidOf({ ...sound, postings: [] })).toEqual([
      ['postingMissing', { posting: `20 reserve available reserved 60000000 ${envelopeId}` }],
    ]);
  });

  it('is about its request', () => {
    const broken = { ...running, postings: [] };
    const subjects = ledgerFollowsDecisions(broken, storyOf(broken)).map(({ subject }) => subject);
    expect(subjects.length).toBeGreaterThan(3);
    for (const subject of subjects) expect(subject).toEqual({ kind: 'request', id: requestId });
  });
});

describe('an envelope', () => {
  const moved = [
    { from: 'outside', to: 'available', amountMinor: 100n },
    { from: 'available', to: 'reserved', amountMinor: 30n },
    { from: 'outside', to: 'available', amountMinor: 20n },
  ];
  const balance = { available: 90n, reserved: 30n };
  const said = (change: Partial<EnvelopeEvidence>) =>
    envelopeFindings({ envelopeId: 'e', balance, moved, odd: [], ...change }).map(
      ({ breach, subject, evidence }) => [breach, subject, evidence] as const,
    );
  const subject = { kind: 'envelope', id: 'e' } as const;

  it('holds what came in less what went out; an account without postings holds nothing', () => {
    expect(said({})).toEqual([]);
    expect(said({ balance: {}, moved: [] })).toEqual([]);
  });

  it('differs from its postings', () => {
    expect(said({ balance: { ...balance, reserved: 31n, spent: 1n } })).toEqual([
      ['balanceDiffers', subject, { account: 'reserved', holds: '31', postings: '30' }],
      ['balanceDiffers', subject, { account: 'spent', holds: '1', postings: '0' }],
    ]);
  });

  it('is below zero', () => {
    const out = [{ from: 'available', to: 'outside', amountMinor: 1n }];
    expect(said({ balance: { available: -1n }, moved: out })).toEqual([
      ['accountBelowFloor', subject, { account: 'available', holds: '-1' }],
    ]);
  });

  it('has no balance', () => {
    expect(said({ balance: null })).toEqual([['balanceDiffers', subject, { balance: null }]]);
  });

  it('counts no sum that is not an int64', () => {
    expect(said({ moved: [...moved, { from: 'available', to: 'reserved', amountMinor: 5 }] })).toEqual([]);
  });
});
