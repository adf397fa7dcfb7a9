// What a finding says: where two values part and what stands there, which amounts are whole (I10), and its sentence.
import { describe, expect, it } from '@jest/globals';
import { amountsAreWhole, batchAmountsAreWhole, envelopeAmountsAreWhole } from '../../domain/invariants/amounts.js';
import type { RequestEvidence } from '../../domain/invariants/evidence.js';
import { at, breaches, firstDifference, found, invariants, jsonText } from '../../domain/invariants/finding.js';
import { breachSentences } from '../../domain/invariants/sentences.js';
import { soundBatch } from '../support/batch-evidence.js';
import { edited, firstOf, withFirst, withRecord } from '../support/broken-evidence.js';
import { evidenceOf } from '../support/evidence.js';
import { journeyTo, payTranche } from '../support/journey.js';

describe('a value as text', () => {
  it.each([
    [
      'has its names in order, at every depth',
      { b: { d: 1, c: 2 }, a: [{ f: 1, e: 2 }] },
      '{"a":[{"e":2,"f":1}],"b":{"c":2,"d":1}}',
    ],
    ['keeps the order of a list', [3, 1, 2], '[3,1,2]'],
    ['writes an int64 as its digits', { amount: 9_007_199_254_740_993n }, '{"amount":"9007199254740993"}'],
    ['writes an instant as ISO text', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['knows nothing', null, 'null'],
    ['says that nothing is there', undefined, 'undefined'],
  ])('%s', (_what, value, text) => {
    expect(jsonText(value)).toBe(text);
  });
});

describe('where two values part', () => {
  it.each<[string, unknown, unknown, string | null]>([
    ['nowhere', { a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, null],
    ['an int64 and its text are the same', { a: 5n }, { a: '5' }, null],
    ['at a name', { a: 1, b: 2 }, { a: 1, b: 3 }, 'b'],
    ['deep inside', { a: { b: [{ c: 1 }, { c: 2 }] } }, { a: { b: [{ c: 1 }, { c: 3 }] } }, 'a.b.1.c'],
    ['at the first name in alphabetical order', { b: 1, a: 1 }, { b: 2, a: 2 }, 'a'],
    ['at a name only the one has', { a: 1, b: 1 }, { a: 1 }, 'b'],
    ['at a name only the other has', { a: 1 }, { a: 1, b: 1 }, 'b'],
    ['where an object stands for a number', { a: 5 }, { a: { x: 1 } }, 'a'],
    ['where a number stands for an object', { a: { x: 1 } }, { a: 5 }, 'a'],
    ['where nothing stands for an object', { a: null }, { a: { x: 1 } }, 'a'],
    ['at a text as a whole', { a: 'one' }, { a: 'two' }, 'a'],
    ['at a list where an empty object stands', { a: { b: [] } }, { a: { b: {} } }, 'a.b'],
    ['at a list where an object with its members stands', { a: [1] }, { a: { 0: 1 } }, 'a'],
    ['at the whole of it', 1, 2, ''],
  ])('%s', (_what, one, other, path) => {
    expect(firstDifference(one, other)).toBe(path);
  });

  it.each<[string, unknown, string, string]>([
    ['what stands there', { a: { b: [1, { c: 'x' }] } }, 'a.b.1.c', '"x"'],
    ['the whole', { b: 1, a: 2 }, '', '{"a":2,"b":1}'],
    ['nothing', { a: 1 }, 'b', 'undefined'],
    ['nothing below a number', { a: 1 }, 'a.b.c', 'undefined'],
    ['nothing below nothing', { a: null }, 'a.b', 'undefined'],
    ['nothing below a text', { a: 'xy' }, 'a.length', 'undefined'],
    ['no more than 200 characters of it', { a: 'x'.repeat(300) }, 'a', `"${'x'.repeat(199)}`],
  ])('shows %s', (_what, value, path, text) => {
    expect(at(value, path)).toBe(text);
  });
});

describe('a finding', () => {
  it('names its invariant, what it is about and what was seen', () => {
    const subject = { kind: 'request', id: 'r' } as const;
    expect(found('noQuorum', subject, { votes: 6 })).toEqual({
      ...{ invariant: 'I4', breach: 'noQuorum', subject },
      evidence: { votes: 6 },
    });
  });

  it('is of one of ten invariants, and each of the ten can be broken', () => {
    expect(invariants).toEqual(Array.from({ length: 10 }, (_, index) => `I${index + 1}`));
    expect(new Set(Object.values(breaches))).toEqual(new Set(invariants));
  });

  it('has a sentence of its own in each language', () => {
    for (const language of ['ar', 'en'] as const) {
      const sentences = Object.values(breachSentences).map((sentence) => sentence[language]);
      expect(new Set(sentences).size).toBe(Object.keys(breaches).length);
    }
    for (const { ar, en } of Object.values(breachSentences)) {
      expect(ar).toMatch(/^[^A-Za-z]*[\u0600-\u06ff][^A-Za-z]*\.$/);
      expect(en).toMatch(/^[A-Z][^\u0600-\u06ff]+\.$/);
    }
  });
});

const running = evidenceOf(payTranche(journeyTo('implementation'), 1));
const about = { kind: 'request', id: running.requestId } as const;

describe('an amount that is not a whole number of piastres', () => {
  const seen = (evidence: RequestEvidence) => amountsAreWhole(evidence).map(({ evidence: what }) => what);

  it('is a finding about its request', () => {
    const broken = edited({ postings: withFirst(running.postings, { amountMinor: 1.5 }) })(running);
    expect(amountsAreWhole(broken)).toEqual([
      found('notWholePiastres', about, {
        ...{ where: 'ledger_postings', id: firstOf(running.postings).id },
        ...{ is: '1.5', type: 'number' },
      }),
    ]);
  });

  it.each<[string, unknown, string]>([
    ['a number, even a whole one', 5, 'number'],
    ['a float', 5.5, 'number'],
    ['a text with a point', '5.00', 'string'],
    ['an empty text', '', 'string'],
    ['a truth', true, 'boolean'],
  ])('is %s in a document', (_what, amount, type) => {
    expect(seen(withRecord({ fields: { deep: [{ requestedMinor: amount }] } })(running))).toEqual([
      { where: 'requests', path: 'fields.deep.0.requestedMinor', is: String(amount), type },
    ]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an int64', { awardMinor: 5n }],
    ['digits', { awardMinor: '500' }],
    ['not there', { awardMinor: null, requestedMinor: undefined }],
    ['no amount by its name', { minorDefects: 1.5, MinorWorks: 2.5 }],
    ['nothing at all', { file: null, note: 'x' }],
  ])('is not what is %s', (_what, fields) => {
    expect(seen(withRecord({ fields })(running))).toEqual([]);
  });

  it('is found in the audit trail and in an instruction', () => {
    const [row, ...rows] = running.chain;
    if (row === undefined) throw new Error('no entries');
    const chain = [{ ...row, events: [{ kind: 'fundsReserved', cumulativeMinor: '1.5' } as const] }, ...rows];
    expect(seen({ ...running, chain })).toEqual([
      { where: 'audit_entries', path: '0.events.0.cumulativeMinor', is: '1.5', type: 'string' },
    ]);
    expect(seen({ ...running, instructions: withFirst(running.instructions, { amountMinor: 1.5 }) })).toEqual([
      { where: 'payment_instructions', path: '0.amountMinor', is: '1.5', type: 'number' },
    ]);
  });

  it('is even a text where sums are made: in the ledger and in a reservation', () => {
    const { id } = firstOf(running.postings);
    expect(seen({ ...running, postings: withFirst(running.postings, { amountMinor: '60000000' }) })).toEqual([
      { where: 'ledger_postings', id, is: '60000000', type: 'string' },
    ]);
    const { decisionKey } = firstOf(running.reservations);
    const reservations = withFirst(running.reservations, { amountMinor: '5', releasedMinor: 6 });
    expect(seen({ ...running, reservations })).toEqual([
      { where: 'reservations', id: decisionKey, is: '5', type: 'string' },
      { where: 'reservations', id: `${decisionKey} released`, is: '6', type: 'number' },
    ]);
  });

  it('is found in a bank file, in its trail and in what is read of it', () => {
    const sound = soundBatch();
    const [row] = sound.chain;
    if (row === undefined || sound.record === null) throw new Error('no batch');
    expect(batchAmountsAreWhole(sound)).toEqual([]);

    const line = { ...firstOf(sound.record.state.lines), amountMinor: '5.5' };
    const chain = [{ ...row, events: [{ kind: 'batchBuilt', lines: [line] } as const] }];
    const record = { ...sound.record, state: { ...sound.record.state, controlSumMinor: '5.5' } };
    const subject = { kind: 'batch', id: 'b' } as const;
    const seenAs = { is: '5.5', type: 'string' };
    expect(batchAmountsAreWhole({ ...sound, chain, record })).toEqual([
      found('notWholePiastres', subject, {
        ...{ where: 'audit_entries', path: '0.events.0.lines.0.amountMinor' },
        ...seenAs,
      }),
      found('notWholePiastres', subject, { where: 'payment_batches', path: 'state.controlSumMinor', ...seenAs }),
    ]);
  });

  it('is found in the balance of an envelope and among its postings', () => {
    const subject = { kind: 'envelope', id: 'e' } as const;
    const whole = { envelopeId: 'e', balance: { available: 5n }, moved: [], odd: [] };
    expect(envelopeAmountsAreWhole(whole)).toEqual([]);
    expect(envelopeAmountsAreWhole({ ...whole, balance: null })).toEqual([]);
    expect(envelopeAmountsAreWhole({ ...whole, balance: { available: 5n, spent: 5 }, odd: ['p'] })).toEqual([
      found('notWholePiastres', subject, { where: 'balances', id: 'spent', is: '5', type: 'number' }),
      found('notWholePiastres', subject, { where: 'ledger_postings', id: 'p' }),
    ]);
  });
});
