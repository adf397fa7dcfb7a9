// Orders on the ledger: what they post, how they are taken back, who may decide on them, and what an envelope may be filled with.
import { describe, expect, it } from '@jest/globals';
import type { Actor, OnBehalfOf, RoleHeld } from '../../domain/actor.js';
import type { FundingSource } from '../../domain/money/funding-source.js';
import { fillingFault } from '../../domain/money/funding-source.js';
import { orderDutyFault, orderLines, reversingLines, secondPersonFault } from '../../domain/money/ledger-order.js';

const transfer = { kind: 'transfer', from: 'a', to: 'b' } as const;

describe('the lines of an order', () => {
  it('take from one envelope what they give to another, through the outside', () => {
    expect(orderLines(transfer)).toEqual([
      { envelopeId: 'a', kind: 'transfer', from: 'available', to: 'outside' },
      { envelopeId: 'b', kind: 'transfer', from: 'outside', to: 'available' },
    ]);
  });

  it('have one side alone where money comes into the books or leaves them', () => {
    expect(orderLines({ kind: 'open', from: null, to: 'b' })).toEqual([
      { envelopeId: 'b', kind: 'open', from: 'outside', to: 'available' },
    ]);
    expect(orderLines({ kind: 'transfer', from: 'a', to: null })).toEqual([
      { envelopeId: 'a', kind: 'transfer', from: 'available', to: 'outside' },
    ]);
  });

  it.each([transfer, { kind: 'open', from: null, to: 'b' } as const])(
    'of $kind are undone by their reversal',
    (order) => {
      const turned = orderLines(order).map((line) => ({ ...line, kind: 'reverse', from: line.to, to: line.from }));
      expect(reversingLines(order)).toEqual(turned);
    },
  );
});

const approver = (...standsFor: (OnBehalfOf | undefined)[]): Actor => ({
  personId: 'b',
  name: 'B',
  roles: standsFor.map((onBehalfOf): RoleHeld => ({ role: 'approver', ...(onBehalfOf ? { onBehalfOf } : {}) })),
});
const standingFor = (personId: string, capMinor?: string): OnBehalfOf => ({
  ...{ personId, name: personId },
  ...(capMinor === undefined ? {} : { capMinor }),
});
const proposed = { proposedBy: 'a', amountMinor: '1000' };

describe('who may decide on an order', () => {
  it('is an approver who did not propose it', () => {
    expect(orderDutyFault(approver(undefined), proposed)).toBeUndefined();
    expect(orderDutyFault(approver(undefined), { ...proposed, proposedBy: 'b' })).toEqual({
      ...{ code: 'dutyConflict', rule: 'propose-with-approve' },
    });
    expect(secondPersonFault(approver(undefined), 'b')?.rule).toBe('propose-with-approve');
    expect(secondPersonFault(approver(undefined), 'a')).toBeUndefined();
  });

  it('is nobody who approves in the role of the one who proposed', () => {
    expect(orderDutyFault(approver(standingFor('a')), proposed)?.code).toBe('dutyConflict');
    expect(orderDutyFault(approver(standingFor('c')), proposed)).toBeUndefined();
    expect(orderDutyFault(approver(standingFor('a'), undefined), proposed)).toBeUndefined();
  });

  it('decides in a delegated role on no more than was delegated', () => {
    expect(orderDutyFault(approver(standingFor('c', '1000')), proposed)).toBeUndefined();
    expect(orderDutyFault(approver(standingFor('c', '999')), proposed)).toMatchObject({
      ...{ code: 'notYourRole', rule: 'delegation-cap', accepted: '999' },
    });
    expect(orderDutyFault(approver(standingFor('c', '999'), standingFor('d', '5')), proposed)?.accepted).toBe('999 5');
    expect(orderDutyFault(approver(standingFor('c', '999'), undefined), proposed)).toBeUndefined();
  });
});

describe('an envelope', () => {
  const gift: FundingSource = { code: 'gift', nameAr: 'هبة', nameEn: 'Gift', programmes: ['disability'] };
  it('is filled only for the programmes and sectors of its source', () => {
    expect(fillingFault(gift, { programmeCode: 'disability' })).toBeNull();
    expect(fillingFault(gift, { programmeCode: 'relief' })?.refusal.rule).toBe('source-programmes');
    const bySector = { ...gift, programmes: ['relief'], sectors: ['care'] };
    expect(fillingFault(bySector, { programmeCode: 'relief', sector: 'care' })).toBeNull();
    expect(fillingFault(bySector, { programmeCode: 'relief', sector: undefined })?.refusal.rule).toBe('source-sectors');
  });
});
