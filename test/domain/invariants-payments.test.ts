// I4: what stands behind a payment instruction: its decision, conditions, people, agreement and quorum.
import { describe, expect, it } from '@jest/globals';
import type { RequestEvidence, StoredInstruction } from '../../domain/invariants/evidence.js';
import type { Evidence } from '../../domain/invariants/finding.js';
import { instructionsAreDecided } from '../../domain/invariants/instructions.js';
import { storyOf } from '../../domain/invariants/story.js';
import type { Plan } from '../../domain/plan.js';
import type { Change } from '../support/broken-evidence.js';
import {
  edited,
  firstOf,
  relinked,
  withEvents,
  withFirst,
  withInstructions,
  withoutEvents,
} from '../support/broken-evidence.js';
import { evidenceOf, planHash } from '../support/evidence.js';
import { journeyTo, paymentFacts, payTranche } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const running = evidenceOf(payTranche(journeyTo('implementation'), 1));
const closed = evidenceOf(journeyTo());
const { requestId } = running;
const paid = `${requestId}-t1-1`;

type Said = readonly [string, string, Evidence];
const saidOf = (evidence: RequestEvidence): Said[] =>
  instructionsAreDecided(evidence, storyOf(evidence)).map(
    ({ breach, subject, evidence: seen }) => [breach, subject.id, seen] as const,
  );
const after = (...changes: readonly Change[]): Said[] =>
  saidOf(changes.reduce((evidence, change) => change(evidence), running));
/** As if it had been decided under another plan. */
const under = (plan: Plan): Change => edited({ plans: { [planHash]: plan } });
const preparing = (told: ReturnType<typeof journeyTo>) =>
  told.act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) });

describe('a payment instruction and the decision behind it', () => {
  const rejectedOnce = () => {
    const told = preparing(journeyTo('implementation')).act(people.releaser, 'releaseTranche', { number: 1 });
    return preparing(told.pay(1, 'rejected')).act(people.releaser, 'releaseTranche', { number: 1 });
  };

  it.each([
    ['none', journeyTo('implementation')],
    [
      'one that is under way',
      preparing(journeyTo('implementation')).act(people.releaser, 'releaseTranche', { number: 1 }),
    ],
    ['one for each tranche', journeyTo()],
    ['one that replaces another', rejectedOnce()],
    ['one that replaced another and was paid', rejectedOnce().pay(1, 'settled')],
  ])('tell the same where there is %s', (_what, told) => {
    expect(saidOf(evidenceOf(told))).toEqual([]);
  });

  it.each<[keyof StoredInstruction, Partial<StoredInstruction>, string, Evidence[string]]>([
    ['number', { number: 2 }, '2', 1],
    ['purpose', { purpose: 'retention' }, 'retention', 'tranche'],
    ['amountMinor', { amountMinor: '1' }, '1', '21600000'],
    ['accountId', { accountId: null }, 'null', 'account-1'],
    ['preparedBy', { preparedBy: 'mona' }, 'mona', 'finance'],
    ['live', { live: false }, 'false', true],
    ['replaces', { replaces: 'other' }, 'other', null],
  ])('differ in %s', (field, change, is, should) => {
    expect(after(withInstructions((rows) => withFirst(rows, change)))).toEqual([
      ['instructionDiffers', paid, { field, is, should }],
    ]);
  });

  it('differ in whether it was paid', () => {
    expect(after(withInstructions((rows) => withFirst(rows, { state: 'sent' })))).toEqual([
      ['instructionDiffers', paid, { field: 'settled', is: 'false', should: true }],
    ]);
    const second = `${requestId}-t2-1`;
    const rows = closed.instructions.map((row) => (row.id === second ? { ...row, state: 'released' } : row));
    expect(saidOf({ ...closed, instructions: rows })).toEqual([
      ['instructionDiffers', second, { field: 'settled', is: 'false', should: true }],
    ]);
  });

  it('differ in whether it was rejected', () => {
    const sound = evidenceOf(rejectedOnce());
    const [old, live] = sound.instructions;
    expect([old?.live, live?.live, live?.replaces]).toEqual([false, true, paid]);
    const { instructions } = { ...sound, instructions: withFirst(sound.instructions, { live: true }) };
    expect(saidOf({ ...sound, instructions })).toEqual([
      ['instructionDiffers', paid, { field: 'live', is: 'true', should: false }],
      ['twoLiveInstructions', `${requestId}-t1-2`, { request: requestId, number: 1, purpose: 'tranche' }],
    ]);
  });

  it('are one without the other', () => {
    expect(after(withInstructions(() => []))).toEqual([['instructionMissing', paid, { request: requestId }]]);
    const stranger = { ...firstOf(running.instructions), id: 'x', number: 3, amountMinor: 5n };
    expect(after(withInstructions((rows) => [...rows, stranger]))).toEqual([
      ['instructionWithoutDecision', 'x', { request: requestId, amountMinor: '5' }],
    ]);
  });

  it.each<[string, Partial<StoredInstruction>, number]>([
    ['two for one tranche', {}, 1],
    ['one for another purpose', { purpose: 'retention' }, 0],
    ['one for another tranche', { number: 2 }, 0],
    ['one that is live no longer', { live: false }, 0],
  ])('count %s as live twice: %#', (_what, change, times) => {
    const other = { ...firstOf(running.instructions), id: 'x', ...change };
    const live = after(withInstructions((rows) => [...rows, other])).filter(
      ([breach]) => breach === 'twoLiveInstructions',
    );
    expect(live).toEqual(
      Array.from({ length: times }, () => [
        'twoLiveInstructions',
        'x',
        { request: requestId, number: 1, purpose: 'tranche' },
      ]),
    );
  });
});

describe('the conditions of a payment', () => {
  const readyAt =
    (seq: number): Change =>
    (sound) =>
      relinked(withoutEvents('trancheReady')(sound), (rows) =>
        rows.map((row) =>
          row.seq === seq ? { ...row, events: [...row.events, { kind: 'trancheReady', number: 1 } as const] } : row,
        ),
      );
  const never: Said = ['conditionNotMet', paid, { condition: 'tranche-ready', seq: 28 }];

  it('are met when it became ready, at the latest with the instruction', () => {
    expect(after(readyAt(27))).toEqual([]);
    expect(after(readyAt(28))).toEqual([]);
    expect(after(readyAt(29))).toEqual([never]);
    expect(after(withoutEvents('trancheReady'))).toEqual([never]);
  });

  it('are those of its own tranche', () => {
    const ofAnother = withEvents((event) => [event.kind === 'trancheReady' ? { ...event, number: 2 } : event]);
    expect(after(ofAnother)).toEqual([never]);
  });

  it('cannot be met where there is no such tranche', () => {
    const unknown = after(withoutEvents('agreementConcluded'));
    expect(unknown).toEqual([
      ['instructionDiffers', paid, { field: 'preparedBy', is: 'finance', should: null }],
      never,
      ['noSignedAgreement', paid, { seq: 28 }],
    ]);
  });

  it('name the report that was not accepted, and what was not spent', () => {
    const unread = saidOf(withoutEvents('reportReviewed')(closed));
    expect(unread).toContainEqual([
      'conditionNotMet',
      `${requestId}-t2-1`,
      { condition: 'report-accepted', number: 1 },
    ]);
    const [first, ...parts] = calmPlan.tranches.parts;
    if (first === undefined) throw new Error('the plan has tranches');
    const spentFirst = { ...first, requires: [{ kind: 'spent-share', basisPoints: 10_000 } as const] };
    const strict = { ...calmPlan, tranches: { ...calmPlan.tranches, parts: [spentFirst, ...parts] } };
    expect(after(under(strict))).toEqual([['conditionNotMet', paid, { condition: 'spent-share', number: null }]]);
  });

  it('are those of the plan it became ready under; without that plan nothing is said', () => {
    const [first, ...parts] = calmPlan.tranches.parts;
    if (first === undefined) throw new Error('the plan has tranches');
    const later = { ...first, requires: [{ kind: 'report-accepted', number: 3 } as const] };
    const strict = { ...calmPlan, tranches: { ...calmPlan.tranches, parts: [later, ...parts] } };
    const migratedAt =
      (seq: number): Change =>
      (sound) =>
        relinked({ ...sound, plans: { [planHash]: calmPlan, later: strict } }, (rows) =>
          rows.map((row) => (row.seq >= seq ? { ...row, planHash: 'later' } : row)),
        );
    expect(after(migratedAt(27))).toEqual([]);
    expect(after(migratedAt(26))).toEqual([['conditionNotMet', paid, { condition: 'report-accepted', number: 3 }]]);
    expect(after(edited({ plans: {} }))).toEqual([]);
  });
});

describe('the people behind a payment', () => {
  const twoReleasers = { ...calmPlan, tranches: { ...calmPlan.tranches, releasers: 2 } };
  const releasedAs = (...by: readonly { readonly personId: string; readonly onBehalfOf?: string }[]): Change =>
    withEvents((event) =>
      event.kind === 'trancheReleased' ? by.map((one) => ({ kind: 'trancheReleased', number: 1, ...one })) : [event],
    );
  const notTwo = (preparedBy: string | null, releasedBy: string): Said => [
    'notTwoPeople',
    paid,
    { preparedBy, releasedBy },
  ];

  it.each<[string, Change, Said[]]>([
    ['the one who prepared released', releasedAs({ personId: 'finance' }), [notTwo('finance', 'finance')]],
    [
      'somebody released for the one who prepared',
      releasedAs({ personId: 'releaser', onBehalfOf: 'finance' }),
      [notTwo('finance', 'releaser finance')],
    ],
    ['somebody released for another', releasedAs({ personId: 'releaser', onBehalfOf: 'mona' }), []],
    ['nobody released', releasedAs(), [notTwo('finance', '')]],
  ])('are too few where %s', (_what, change, expected) => {
    expect(after(change)).toEqual(expected);
  });

  it('are too few where nobody prepared', () => {
    expect(after(withoutEvents('tranchePrepared'))).toContainEqual(notTwo(null, 'releaser'));
  });

  it('are as many as the plan asks for, each counted once', () => {
    expect(after(under(twoReleasers))).toEqual([notTwo('finance', 'releaser')]);
    expect(after(under(twoReleasers), releasedAs({ personId: 'mona' }, { personId: 'mona' }))).toEqual([
      notTwo('finance', 'mona'),
    ]);
    expect(after(under(twoReleasers), releasedAs({ personId: 'mona' }, { personId: 'releaser' }))).toEqual([]);
  });

  it('are not asked for where the plan instructs by itself', () => {
    const automatic: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, preparation: 'automatic' } };
    expect(after(under(automatic), releasedAs())).toEqual([]);
  });
});

describe('the agreement behind a payment', () => {
  const unsigned: Said = ['noSignedAgreement', paid, { seq: 28 }];
  const agreements = (...changes: readonly Change[]) =>
    after(...changes).filter(([breach]) => breach === 'noSignedAgreement');
  const alone: Plan = { ...calmPlan, agreement: { countersigned: false } };
  const without: Plan = { ...calmPlan, route: calmPlan.route.filter((stage) => stage !== 'agreement') };

  it.each<[string, readonly Change[], Said[]]>([
    ['signed by both sides', [], []],
    ['not signed', [withoutEvents('agreementSigned')], [unsigned]],
    ['not countersigned', [withoutEvents('agreementConcluded')], [unsigned]],
    ['not countersigned, which the plan does not ask for', [withoutEvents('agreementConcluded'), under(alone)], []],
    ['not signed, which this plan still asks for', [withoutEvents('agreementSigned'), under(alone)], [unsigned]],
    ['not needed, the money committed', [withoutEvents('agreementSigned'), under(without)], []],
    ['not needed, the money not committed', [withoutEvents('agreementConcluded'), under(without)], [unsigned]],
    ['not needed, nothing awarded', [withoutEvents('fundsAsked'), under(without)], [unsigned]],
    ['under a plan that nobody has', [withoutEvents('agreementSigned'), edited({ plans: {} })], []],
  ])('is %s', (_what, changes, expected) => {
    expect(agreements(...changes)).toEqual(expected);
  });
});

describe('the quorum behind a payment', () => {
  const noQuorum = (votes: number, quorum: number): Said => ['noQuorum', paid, { votes, quorum }];
  const wanting = (quorum: number, more: Partial<Plan['committee']> = {}): Change =>
    under({ ...calmPlan, committee: { ...calmPlan.committee, quorum, ...more } });
  const votes = (count: number): Change => {
    let cast = 0;
    return withEvents((event) => (event.kind !== 'voteCast' || (cast += 1) <= count ? [event] : []));
  };
  const closedAt =
    (seq: number): Change =>
    (sound) => {
      const item = sound.chain.flatMap(({ events }) => events).filter(({ kind }) => kind === 'itemClosed');
      return relinked(withoutEvents('itemClosed')(sound), (rows) =>
        rows.map((row) => (row.seq === seq ? { ...row, events: [...item, ...row.events] } : row)),
      );
    };

  it.each<[string, readonly Change[], Said[]]>([
    ['as many votes as it takes', [wanting(8)], []],
    ['one vote too few', [wanting(9)], [noQuorum(8, 9)]],
    ['too few who voted', [votes(6)], [noQuorum(6, 7)]],
    ['nobody who voted', [withoutEvents('voteCast')], [noQuorum(0, 7)]],
    ['an item that was never opened', [withoutEvents('itemOpened', 'voteCast')], [noQuorum(0, 7)]],
    ['an item that was never closed', [withoutEvents('itemClosed')], [noQuorum(0, 7)]],
    ['an item closed before the payment', [closedAt(27)], []],
    ['an item closed with the payment', [closedAt(28)], [noQuorum(0, 7)]],
    ['an item closed after it', [closedAt(29)], [noQuorum(0, 7)]],
    [
      'a majority of civil society that was not there',
      [
        withEvents((event) => [
          event.kind === 'itemOpened'
            ? { ...event, present: event.present.map((seat) => ({ ...seat, civilSociety: false })) }
            : event,
        ]),
      ],
      [noQuorum(8, 7)],
    ],
    [
      'a standing committee, without seats',
      [
        wanting(7, { opening: 'standing' }),
        withEvents((event) => [
          event.kind === 'itemOpened'
            ? { ...event, present: event.present.map((seat) => ({ ...seat, civilSociety: false })) }
            : event,
        ]),
      ],
      [],
    ],
    [
      'a standing committee that never voted',
      [wanting(7, { opening: 'standing' }), withoutEvents('itemOpened', 'voteCast')],
      [noQuorum(0, 7)],
    ],
    [
      'no committee on the route',
      [withoutEvents('voteCast'), under({ ...calmPlan, route: ['screening', 'agreement', 'implementation'] })],
      [],
    ],
    ['an award by another stage', [withoutEvents('voteCast'), under({ ...calmPlan, award: { by: 'screening' } })], []],
    ['a plan that nobody has', [withoutEvents('voteCast'), edited({ plans: {} })], []],
  ])('looks at %s', (_what, changes, expected) => {
    expect(after(...changes).filter(([breach]) => breach === 'noQuorum')).toEqual(expected);
  });

  it('counts only an approval', () => {
    const rejected = withEvents((event) => [event.kind === 'itemClosed' ? { ...event, verdict: 'reject' } : event]);
    expect(after(rejected)).toEqual([noQuorum(0, 7)]);
  });

  it('is that of the plan the committee decided under', () => {
    const strict = { ...calmPlan, committee: { ...calmPlan.committee, quorum: 9 } };
    const migrated =
      (from: Plan, to: Plan): Change =>
      (sound) =>
        relinked({ ...sound, plans: { [planHash]: from, later: to } }, (rows) =>
          rows.map((row) => (row.seq > 20 ? { ...row, planHash: 'later' } : row)),
        );
    expect(after(migrated(calmPlan, strict))).toEqual([]);
    expect(after(migrated(strict, calmPlan))).toEqual([noQuorum(8, 9)]);
  });
});
