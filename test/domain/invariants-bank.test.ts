// I5: what the bank paid is what was instructed, once, and nothing unclear was sent again by itself.
import { describe, expect, it } from '@jest/globals';
import { lastWordIsHeard, nothingSentAgain, paymentFindings, sentInOneBatch } from '../../domain/invariants/bank.js';
import type { RequestEvent } from '../../domain/event.js';
import type { PaymentEvidence } from '../../domain/invariants/evidence.js';
import type { Evidence } from '../../domain/invariants/finding.js';
import { storyOf } from '../../domain/invariants/story.js';
import type { BatchLine, BatchState } from '../../domain/money/payment-batch.js';
import { batchInstruction, batchLine, soundBatch } from '../support/batch-evidence.js';
import { firstOf } from '../support/broken-evidence.js';
import { evidenceOf } from '../support/evidence.js';
import { journeyTo } from '../support/journey.js';

describe('a payment that is instructed again', () => {
  const instructed = (number: number, instructionId: string): RequestEvent<'paymentInstructed'> => ({
    kind: 'paymentInstructed',
    ...{ number, instructionId, amountMinor: '5', accountId: null, replaces: null },
    purpose: 'tranche',
  });
  const rejected = (number: number, instructionId: string) =>
    ({ kind: 'paymentRejected', number, instructionId, code: 'AC01' }) as const;
  const settled = { kind: 'paymentSettled', number: 1, instructionId: 'a', amountMinor: '5' } as const;
  const row = firstOf(evidenceOf(journeyTo('screening')).chain);
  type Events = typeof row.events;
  const again = (...events: Events) => {
    const chain = events.map((event, index) => ({ ...row, seq: index + 1, events: [event] }));
    return nothingSentAgain({ requestId: 'r' }, storyOf({ requestId: 'r', chain }));
  };
  const sentAgain = (id: string, before: string) => ({
    ...{ invariant: 'I5', breach: 'unknownSentAgain', subject: { kind: 'instruction', id } },
    evidence: { request: 'r', before },
  });

  it.each<[string, Events, readonly (readonly [string, string])[]]>([
    ['was rejected before', [instructed(1, 'a'), rejected(1, 'a'), instructed(1, 'b')], []],
    ['is another tranche', [instructed(1, 'a'), instructed(2, 'b')], []],
    ['is still under way', [instructed(1, 'a'), instructed(1, 'b')], [['b', 'a']]],
    ['was paid', [instructed(1, 'a'), settled, instructed(1, 'b')], [['b', 'a']]],
    [
      'was rejected once and then never answered',
      [instructed(1, 'a'), rejected(1, 'a'), instructed(1, 'b'), instructed(1, 'c')],
      [['c', 'b']],
    ],
    ['is rejected only afterwards', [instructed(1, 'a'), instructed(1, 'b'), rejected(1, 'a')], [['b', 'a']]],
  ])('%s', (_what, events, expected) => {
    expect(again(...events)).toEqual(expected.map(([id, before]) => sentAgain(id, before)));
  });
});

describe('a bank file and its instructions', () => {
  const settled: BatchLine = { ...batchLine, status: 'settled' };
  const inState = (state: BatchState, lines: readonly BatchLine[] = [settled]) => {
    const sound = soundBatch();
    return { ...sound, record: sound.record && { ...sound.record, state: { ...sound.record.state, state, lines } } };
  };
  const elsewhere = [
    { ...batchInstruction, batchId: 'c' },
    { ...batchInstruction, id: 'other', batchId: null },
    batchInstruction,
  ];

  it.each<[BatchState, boolean]>([
    ['building', false],
    ['empty', false],
    ['awaiting-release', false],
    ['released', false],
    ['sent', true],
    ['withdrawn', false],
    ['completed', true],
  ])('%s: what it sent has to name it: %s', (state, sent) => {
    const findings = sentInOneBatch({ ...inState(state), instructions: elsewhere });
    expect(findings.map(({ breach, subject, evidence }) => [breach, subject, evidence])).toEqual(
      sent
        ? [
            ['inTwoBatches', { kind: 'instruction', id: batchInstruction.id }, { batch: 'b', other: 'c' }],
            ['inTwoBatches', { kind: 'instruction', id: 'other' }, { batch: 'b', other: null }],
          ]
        : [],
    );
  });

  it('says nothing where there is no record of the file', () => {
    expect(sentInOneBatch({ ...soundBatch(), record: null, instructions: elsewhere })).toEqual([]);
    expect(lastWordIsHeard({ ...soundBatch(), record: null })).toEqual([]);
  });

  it.each<[string, BatchLine['status'], string, boolean]>([
    ['settled and heard', 'settled', 'settled', false],
    ['rejected and heard', 'rejected', 'rejected', false],
    ['settled and not heard', 'settled', 'sent', true],
    ['rejected and not heard', 'rejected', 'unknown', true],
    ['rejected and heard as settled', 'rejected', 'settled', true],
    ['not clear', 'unknown', 'sent', false],
    ['not answered', 'sent', 'claimed', false],
  ])('is %s', (_what, status, state, unheard) => {
    const instructions = [{ ...batchInstruction, state }];
    const findings = lastWordIsHeard({ ...inState('completed', [{ ...batchLine, status }]), instructions });
    const evidence = { batch: 'b', bank: status, request: state };
    const subject = { kind: 'instruction', id: batchInstruction.id };
    expect(findings).toEqual(unheard ? [{ invariant: 'I5', breach: 'bankWordUnheard', subject, evidence }] : []);
  });

  it('shows that the request has no such instruction', () => {
    const [finding] = lastWordIsHeard({ ...inState('completed'), instructions: [] });
    expect(finding?.evidence).toEqual({ batch: 'b', bank: 'settled', request: null });
  });

  it('gives the request two minutes from the last entry to hear it, and only at the end', () => {
    const unheard = { ...inState('completed'), instructions: [] };
    expect(lastWordIsHeard({ ...unheard, nowMs: 3 + 119_999 })).toEqual([]);
    expect(lastWordIsHeard({ ...unheard, nowMs: 3 + 120_000 })).toHaveLength(1);
    expect(lastWordIsHeard({ ...unheard, chain: [], nowMs: 119_999 })).toEqual([]);
    expect(lastWordIsHeard({ ...unheard, chain: [], nowMs: 120_000 })).toHaveLength(1);
    expect(lastWordIsHeard({ ...inState('sent'), instructions: [] })).toEqual([]);
  });
});

describe('what the bank paid', () => {
  const instruction = { amountMinor: '100', state: 'settled' } as const;
  const payment = { endToEndId: 'p', count: 1, amountMinor: '100' } as const;

  it.each<[string, Omit<PaymentEvidence, 'instructionId'>, (readonly [string, Evidence])[]]>([
    ['nothing, as nobody instructed', { instruction: null, payment: null }, []],
    ['nothing, as it was not settled', { instruction: { ...instruction, state: 'sent' }, payment: null }, []],
    [
      'nothing, though it counts as settled',
      { instruction, payment: null },
      [['settledUnpaid', { amountMinor: '100' }]],
    ],
    [
      'not once, though it counts as settled',
      { instruction, payment: { ...payment, count: 0 } },
      [['settledUnpaid', { paid: '100' }]],
    ],
    [
      'not once, and it is not settled',
      { instruction: { ...instruction, state: 'sent' }, payment: { ...payment, count: 0 } },
      [],
    ],
    ['not once, and nobody instructed', { instruction: null, payment: { ...payment, count: 0 } }, []],
    ['it does not know itself', { instruction: null, payment: { ...payment, count: null } }, []],
    ['once', { instruction, payment }, []],
    ['once, and the request does not know yet', { instruction: { ...instruction, state: 'sent' }, payment }, []],
    ['twice', { instruction, payment: { ...payment, count: 2 } }, [['paidTwice', { count: 2, paid: '100' }]]],
    [
      'another amount',
      { instruction, payment: { ...payment, amountMinor: 101n } },
      [['paidAmountDiffers', { paid: '101', instructed: '100' }]],
    ],
    [
      'another amount, twice',
      { instruction, payment: { ...payment, count: 2, amountMinor: '99' } },
      [
        ['paidTwice', { count: 2, paid: '99' }],
        ['paidAmountDiffers', { paid: '99', instructed: '100' }],
      ],
    ],
    ['what nobody instructed', { instruction: null, payment }, [['paidWithoutApproval', { paid: '100', count: 1 }]]],
    [
      'what is released and not sent',
      { instruction: { ...instruction, state: 'released' }, payment },
      [['paidWithoutApproval', { paid: '100', count: 1 }]],
    ],
    [
      'what is claimed and not sent',
      { instruction: { ...instruction, state: 'claimed' }, payment },
      [['paidWithoutApproval', { paid: '100', count: 1 }]],
    ],
  ])('%s', (_what, given, expected) => {
    const findings = paymentFindings({ instructionId: 'p', ...given });
    expect(findings.map(({ breach, evidence }) => [breach, evidence])).toEqual(expected);
    for (const { subject } of findings) expect(subject).toEqual({ kind: 'instruction', id: 'p' });
  });
});
