// The invariants: silent on whatever the rules accept, loud on every way of breaking sound data that an auditor has to fear.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paymentFindings } from '../../domain/invariants/bank.js';
import { batchFindings, requestFindings, wholeEnvelopeFindings } from '../../domain/invariants/check.js';
import { operationFindings } from '../../domain/invariants/decisions.js';
import type {
  BatchEvidence,
  EnvelopeEvidence,
  PaymentEvidence,
  RequestEvidence,
} from '../../domain/invariants/evidence.js';
import { breaches } from '../../domain/invariants/finding.js';
import { breachSentences } from '../../domain/invariants/sentences.js';
import { hashing } from '../../platform/hashing.js';
import { batchInstruction, batchLine, soundBatch } from '../support/batch-evidence.js';
import type { Change } from '../support/broken-evidence.js';
import {
  actedBy,
  edited,
  firstOf,
  relinked,
  withFirst,
  withInstructions,
  withLive,
  withoutEvents,
  withRecord,
  withWorkflow,
} from '../support/broken-evidence.js';
import type { Row } from '../support/evidence.js';
import { evidenceOf } from '../support/evidence.js';
import { journeyTo, payTranche } from '../support/journey.js';
import { sequence, starts, walkSequence } from '../support/model.js';
import { people } from '../support/people.js';

describe('sound data', () => {
  it.each(starts.slice(1))('is clean at %s', (stage) => {
    expect(requestFindings(evidenceOf(journeyTo(stage)), hashing)).toEqual([]);
  });

  it('is clean when closed', () => {
    expect(requestFindings(evidenceOf(journeyTo()), hashing)).toEqual([]);
  });

  it('is clean after any sequence of commands that the rules accept', () => {
    fc.assert(
      fc.property(sequence, (one) => {
        const told = walkSequence(one);
        if (told.entries().length > 0) expect(requestFindings(evidenceOf(told), hashing)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  }, 240_000);
});

const closed = evidenceOf(journeyTo());
const running = evidenceOf(payTranche(journeyTo('implementation'), 1));

const breachesOf = (sound: RequestEvidence, change: Change): string[] => [
  ...new Set(requestFindings(change(sound), hashing).map(({ invariant, breach }) => `${invariant} ${breach}`)),
];

const first = firstOf(running.instructions);
const request = journeyTo('implementation').request();
const stranger = { updateId: 'u', command: 'withdraw', key: 'k', fingerprint: 'f', version: 3, failed: false };

describe('broken data about a running request', () => {
  it.each<[string, Change, string]>([
    [
      'an accepted update without its entry',
      withWorkflow(({ updates }) => ({ updates: [...updates, stranger] })),
      'I1 decisionNotRecorded',
    ],
    [
      'an entry without its update',
      withWorkflow(({ updates }) => ({ updates: updates.slice(1) })),
      'I1 decisionWithoutHistory',
    ],
    [
      'an entry with another content than was accepted',
      withWorkflow(({ updates }) => ({ updates: withFirst(updates, { fingerprint: 'x' }) })),
      'I1 decisionDiffers',
    ],
    [
      'a decision recorded twice',
      (sound) =>
        relinked(sound, (rows) => rows.flatMap((row) => (row.command === 'recordOpinion' ? [row, row] : [row]))),
      'I1 decisionRecordedTwice',
    ],
    ['a read model that stayed behind', withRecord({ version: 3 }), 'I1 decisionNotProjected'],
    [
      'a refused update with an entry',
      withWorkflow(({ updates }) => ({ updates: withFirst(updates, { failed: true, version: null }) })),
      'I2 refusedYetApplied',
    ],
    [
      'one key with two contents',
      withWorkflow(({ updates }) => ({
        updates: [...updates, { ...firstOf(updates), updateId: 'v', fingerprint: 'x' }],
      })),
      'I2 keyWithOtherContent',
    ],
    ['a refused attempt that is gone', edited({ attempts: [1, 3] }), 'I2 attemptMissing'],
    ['a posting that is gone', edited({ postings: running.postings.slice(1) }), 'I3 postingMissing'],
    [
      'a posting of one piastre more',
      edited({ postings: withFirst(running.postings, { amountMinor: 60_000_001n }) }),
      'I3 postingUnexplained',
    ],
    [
      'a posting to another account',
      edited({ postings: withFirst(running.postings, { to: 'spent' }) }),
      'I3 awardDoesNotAddUp',
    ],
    [
      'a posting in the envelope of another',
      edited({ postings: withFirst(running.postings, { envelopeId: 'housing/state-budget/2025/2026' }) }),
      'I3 postingUnexplained',
    ],
    [
      'a payment posted twice',
      (sound) => ({
        ...sound,
        postings: [...sound.postings, ...sound.postings.filter(({ kind }) => kind === 'disburse')],
      }),
      'I3 postingUnexplained',
    ],
    [
      'an award over its reservation',
      edited({ reservations: withFirst(running.reservations, { amountMinor: 1n }) }),
      'I3 awardOverReservation',
    ],
    ['a reservation that is gone', edited({ reservations: [] }), 'I3 postingMissing'],
    [
      'two live instructions for one tranche',
      withInstructions((rows) => [...rows, { ...first, id: 'other' }]),
      'I4 twoLiveInstructions',
    ],
    [
      'an instruction nobody decided',
      withInstructions((rows) => [...rows, { ...first, id: 'other', number: 3 }]),
      'I4 instructionWithoutDecision',
    ],
    ['an instruction that is gone', withInstructions(() => []), 'I4 instructionMissing'],
    [
      'an instruction of another amount',
      withInstructions((rows) => withFirst(rows, { amountMinor: '1' })),
      'I4 instructionDiffers',
    ],
    [
      'an instruction to another account',
      withInstructions((rows) => withFirst(rows, { accountId: 'mine' })),
      'I4 instructionDiffers',
    ],
    [
      'a settled instruction set back',
      withInstructions((rows) => withFirst(rows, { state: 'released' })),
      'I4 instructionDiffers',
    ],
    [
      'one person who prepared and released',
      actedBy('releaseTranche', { ...people.finance, roles: people.releaser.roles }),
      'I8 dutiesCombined',
    ],
    [
      'one person who voted and screened',
      actedBy('recordScreening', { ...people.hana, personId: 'member-1' }),
      'I8 dutiesCombined',
    ],
    ['an auditor who decided', actedBy('recordScreening', people.auditor), 'I8 neverDecidingActed'],
    ['a decision without the role', actedBy('recordScreening', people.finance), 'I8 roleNotHeld'],
    [
      'a changed award',
      withRecord({ state: { ...request, award: request.award && { ...request.award, amountMinor: '1' } } }),
      'I7 stateDiffers',
    ],
    [
      'a changed status in the lists',
      withRecord({ fields: { ...running.record?.fields, status: 'closed' } }),
      'I7 fieldDiffers',
    ],
    ['a task for another role', edited({ tasks: withFirst(running.tasks, { role: 'reviewer' }) }), 'I7 tasksDiffer'],
    ['a task that is gone', edited({ tasks: running.tasks.slice(1) }), 'I7 tasksDiffer'],
    ['a workflow in another state', withLive({ request: { ...request, accountedMinor: '5' } }), 'I7 workflowDiffers'],
    ['a request without its document', edited({ record: null }), 'I7 recordMissing'],
    [
      'a changed reason',
      edited({ chain: running.chain.map((row) => (row.seq === 5 ? { ...row, reason: 'x' } : row)) }),
      'I6 chainBroken',
    ],
    ['an entry that is gone', edited({ chain: running.chain.filter(({ seq }) => seq !== 5) }), 'I6 chainBroken'],
    ['a tail that is gone', edited({ chain: running.chain.slice(0, -1) }), 'I6 chainBroken'],
    [
      'a chain that was linked anew',
      (sound) => ({
        ...relinked(sound, (rows) => rows.map((row) => (row.seq === 5 ? { ...row, reason: 'x' } : row))),
        record: sound.record,
      }),
      'I6 chainBroken',
    ],
    ['no workflow', edited({ workflow: null }), 'I9 workflowMissing'],
    ['a workflow that ended before the request', withWorkflow(() => ({ open: false })), 'I9 workflowEnded'],
    ['a due time long past', edited({ nowMs: Date.UTC(2031, 1, 1) }), 'I9 dueTimePassed'],
    ['a recording that stopped', withLive({ unrecorded: 2, recordingFault: 'ledgerFloor' }), 'I9 recordingStopped'],
    ['a task that fails and fails', withWorkflow(() => ({ taskAttempts: 40 })), 'I9 taskFailing'],
    [
      'a float in the ledger',
      edited({ postings: withFirst(running.postings, { amountMinor: 600000.5 }) }),
      'I10 notWholePiastres',
    ],
    [
      'an int32 in the ledger',
      edited({ postings: withFirst(running.postings, { amountMinor: 60_000_000 }) }),
      'I10 notWholePiastres',
    ],
    [
      'a float in an instruction',
      withInstructions((rows) => withFirst(rows, { amountMinor: 1.5 })),
      'I10 notWholePiastres',
    ],
    ['an amount with a point', withRecord({ state: { ...request, accountedMinor: '5.00' } }), 'I10 notWholePiastres'],
  ])('%s is found', (_what, change, expected) => {
    expect(breachesOf(running, change)).toContain(expected);
  });

  it('that nobody and nothing is awaited is found', () => {
    const stuck = { ...request, deadlines: [], tranches: [], reports: [] };
    expect(breachesOf(running, withLive({ request: stuck }))).toContain('I9 nobodyNext');
  });

  it('an entry that cannot be read any more is a finding, not a crash', () => {
    const broken = edited({
      chain: running.chain.map((row) =>
        row.seq === 5 ? { ...row, events: JSON.parse('[{"kind":"nonsense"}]') as Row['events'] } : row,
      ),
    });
    expect(breachesOf(running, broken)).toEqual(expect.arrayContaining(['I6 chainBroken', 'I7 stateDiffers']));
  });
});

describe('payments that went out without what they need', () => {
  it.each<[string, Change, string]>([
    ['a report that was not accepted', withoutEvents('reportReviewed'), 'I4 conditionNotMet'],
    ['a tranche that was never ready', withoutEvents('trancheReady'), 'I4 conditionNotMet'],
    ['an agreement that was not signed', withoutEvents('agreementSigned'), 'I4 noSignedAgreement'],
    ['votes that were not cast', withoutEvents('voteCast'), 'I4 noQuorum'],
    ['a release by nobody', withoutEvents('trancheReleased'), 'I4 notTwoPeople'],
  ])('%s', (_what, change, expected) => {
    expect(breachesOf(closed, change)).toContain(expected);
  });

  it('a new instruction while the one before is not rejected', () => {
    const again = payTranche(journeyTo('implementation'), 1).entries();
    const sound = evidenceOf(payTranche(journeyTo('implementation'), 1));
    const twice: Change = (given) =>
      relinked(given, (rows) =>
        rows.flatMap((row) => {
          const instructs = row.events.some(({ kind }) => kind === 'paymentInstructed');
          return instructs ? [row, { ...row, seq: again.length + 1 }] : [row];
        }),
      );
    expect(breachesOf(sound, twice)).toContain('I5 unknownSentAgain');
  });
});

describe('the bank', () => {
  const instruction = { amountMinor: '100', state: 'settled' } as const;
  const payment = { endToEndId: 'p', count: 1, amountMinor: '100' } as const;
  const said = (of: Omit<PaymentEvidence, 'instructionId'>): string[] =>
    paymentFindings({ instructionId: 'p', ...of }).map(({ breach }) => breach);

  it.each<[string, Omit<PaymentEvidence, 'instructionId'>, string[]]>([
    ['paid as instructed', { instruction, payment }, []],
    ['is not sure', { instruction, payment: { ...payment, count: null } }, []],
    ['paid twice', { instruction, payment: { ...payment, count: 2 } }, ['paidTwice']],
    ['paid one piastre more', { instruction, payment: { ...payment, amountMinor: '101' } }, ['paidAmountDiffers']],
    ['paid what nobody instructed', { instruction: null, payment }, ['paidWithoutApproval']],
    [
      'paid what was not released',
      { instruction: { ...instruction, state: 'claimed' }, payment },
      ['paidWithoutApproval'],
    ],
    ['did not pay', { instruction, payment: { ...payment, count: 0 } }, ['settledUnpaid']],
    ['knows nothing of a settled payment', { instruction, payment: null }, ['settledUnpaid']],
  ])('%s', (_what, given, expected) => {
    expect(said(given)).toEqual(expected);
  });
});

describe('an envelope', () => {
  const zero = { reserved: 0n, committed: 0n, disbursed: 0n, spent: 0n, 'written-off': 0n };
  const opened = { from: 'outside', to: 'available', amountMinor: 100n };
  const said = (of: Omit<EnvelopeEvidence, 'envelopeId'>): string[] =>
    wholeEnvelopeFindings({ envelopeId: 'e', ...of }).map(({ breach }) => breach);

  it.each<[string, Omit<EnvelopeEvidence, 'envelopeId'>, string[]]>([
    ['holds what its postings say', { balance: { available: 100n, ...zero }, moved: [opened], odd: [] }, []],
    ['holds one piastre more', { balance: { available: 101n, ...zero }, moved: [opened], odd: [] }, ['balanceDiffers']],
    ['has postings and no balance', { balance: null, moved: [opened], odd: [] }, ['balanceDiffers']],
    [
      'is a float',
      { balance: { available: 100, ...zero }, moved: [opened], odd: [] },
      ['balanceDiffers', 'notWholePiastres'],
    ],
    [
      'has a float posting',
      { balance: { available: 100n, ...zero }, moved: [opened], odd: ['x'] },
      ['notWholePiastres'],
    ],
    [
      'is below zero',
      {
        balance: { available: -1n, ...zero },
        moved: [{ ...opened, from: 'available', to: 'outside', amountMinor: 1n }],
        odd: [],
      },
      ['accountBelowFloor'],
    ],
  ])('%s', (_what, given, expected) => {
    expect(said(given)).toEqual(expected);
  });
});

describe('an answered call', () => {
  const operation = { id: 'o', kind: 'withdraw', fingerprint: 'f', subject: { kind: 'request', id: 'r' } } as const;
  it.each([
    ['stands once', 'succeeded', [{ seq: 1, fingerprint: 'f' }], []],
    ['has no answer and no effect', 'pending', [], []],
    ['has no answer and one effect', 'pending', [{ seq: 1, fingerprint: 'f' }], []],
    ['is nowhere', 'succeeded', [], ['I1 acknowledgedLost']],
    [
      'stands twice',
      'succeeded',
      [
        { seq: 1, fingerprint: 'f' },
        { seq: 2, fingerprint: 'f' },
      ],
      ['I1 decisionRecordedTwice'],
    ],
    ['stands with other content', 'succeeded', [{ seq: 1, fingerprint: 'x' }], ['I2 keyWithOtherContent']],
  ] as const)('%s', (_what, state, recorded, expected) => {
    const found = operationFindings({ ...operation, state, recorded });
    expect(found.map(({ invariant, breach }) => `${invariant} ${breach}`)).toEqual(expected);
  });
});

describe('the sentences', () => {
  it('are in both languages, one for each breach', () => {
    expect(Object.keys(breachSentences).sort()).toEqual(Object.keys(breaches).sort());
    for (const { ar, en } of Object.values(breachSentences)) {
      expect(ar).toMatch(/[\u0600-\u06ff]/);
      expect(en).toMatch(/\.$/);
    }
  });
});

describe('a payment batch', () => {
  const said = (evidence: BatchEvidence): string[] =>
    batchFindings(evidence, hashing).map(({ invariant, breach }) => `${invariant} ${breach}`);
  const sound = soundBatch();
  const record = (change: object): BatchEvidence => ({
    ...sound,
    record: sound.record && { ...sound.record, state: { ...sound.record.state, ...change } },
  });

  const completed = record({ state: 'completed', lines: [{ ...batchLine, status: 'settled' }] });
  const shown = (state: string) => completed.instructions.map((one) => ({ ...one, state }));
  const unheard = { ...completed, instructions: shown('unknown') };

  it.each<[string, BatchEvidence, string[]]>([
    ['that is sound is clean', sound, []],
    ['whose request never heard the last word', unheard, ['I5 bankWordUnheard', 'I7 stateDiffers']],
    ['whose request heard it', { ...completed, instructions: shown('settled') }, ['I7 stateDiffers']],
    ['that ended a moment ago', { ...unheard, nowMs: 1_000 }, ['I7 stateDiffers']],
    ['released by who built it', soundBatch(people.finance), ['I4 notTwoPeople']],
    ['of another state than its trail', record({ count: 2 }), ['I7 stateDiffers']],
    ['of another sum', record({ controlSumMinor: '5.5' }), ['I7 stateDiffers', 'I10 notWholePiastres']],
    ['whose workflow is over', { ...sound, open: false }, ['I9 workflowEnded']],
    ['without a document', { ...sound, record: null }, ['I7 recordMissing']],
    [
      'whose instruction another batch sent',
      { ...sound, instructions: [{ ...batchInstruction, batchId: 'c' }] },
      ['I5 inTwoBatches'],
    ],
    ['with an entry taken out', { ...sound, chain: sound.chain.slice(0, 2) }, ['I6 chainBroken', 'I7 stateDiffers']],
  ])('%s', (_what, evidence, expected) => {
    expect(said(evidence)).toEqual(expected);
  });
});
