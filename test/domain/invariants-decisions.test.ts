// I1, I2 and I6: every acknowledged decision stands once and as it was accepted, what was refused left nothing, and the chain holds.
import { describe, expect, it } from '@jest/globals';
import type { Subject } from '../../domain/audit/chain.js';
import { chainStart, link, verifyChain } from '../../domain/audit/chain.js';
import { chainFaults, chainFindings } from '../../domain/invariants/chains.js';
import { batchFindings, requestFindings } from '../../domain/invariants/check.js';
import { decisionsStandOnce, operationFindings, refusalsLeftNothing } from '../../domain/invariants/decisions.js';
import type { AcceptedUpdate, OperationEvidence, RequestEvidence } from '../../domain/invariants/evidence.js';
import type { Evidence, Finding } from '../../domain/invariants/finding.js';
import { hashing } from '../../platform/hashing.js';
import { batchEntries, batchLine, linkedBatch, soundBatch } from '../support/batch-evidence.js';
import type { Change } from '../support/broken-evidence.js';
import {
  edited,
  firstOf,
  relinked,
  withEvents,
  withFirst,
  withLive,
  withRecord,
  withWorkflow,
} from '../support/broken-evidence.js';
import { evidenceOf } from '../support/evidence.js';
import { journeyTo } from '../support/journey.js';
import { people } from '../support/people.js';

const sound = evidenceOf(journeyTo('technical-review'));
const submitted = firstOf(sound.workflow?.updates ?? []);
const { key, fingerprint } = submitted;
const updateOf = (change: Partial<AcceptedUpdate>): AcceptedUpdate => ({ ...submitted, ...change });
const withUpdates = (change: (rows: readonly AcceptedUpdate[]) => readonly AcceptedUpdate[]): Change =>
  withWorkflow(({ updates }) => ({ updates: change(updates) }));

type Said = readonly [string, Evidence];
const said = (findings: readonly Finding[]): Said[] =>
  findings.map(({ breach, evidence }) => [breach, evidence] as const);
const after = (...changes: readonly Change[]): RequestEvidence =>
  changes.reduce((evidence, change) => change(evidence), sound);
const standing = (...changes: readonly Change[]): Said[] => said(decisionsStandOnce(after(...changes)));
const refused = (...changes: readonly Change[]): Said[] => said(refusalsLeftNothing(after(...changes)));

describe('an accepted decision', () => {
  it('stands once, in history, trail and read model', () => {
    expect(sound.chain).toHaveLength(3);
    expect(standing()).toEqual([]);
    expect(refused()).toEqual([]);
  });

  it('is about its request', () => {
    const findings = [
      ...decisionsStandOnce(after(withUpdates((rows) => [...rows.slice(1), updateOf({ key: 'k' })]))),
      ...refusalsLeftNothing(
        after(
          withUpdates((rows) => withFirst(rows, { failed: true, version: null })),
          edited({ attempts: [2] }),
        ),
      ),
    ];
    expect(findings).toHaveLength(4);
    for (const { subject } of findings) expect(subject).toEqual({ kind: 'request', id: sound.requestId });
  });

  it('is missing from the trail', () => {
    expect(standing(withUpdates((rows) => [...rows, updateOf({ key: 'k', command: 'withdraw', version: 3 })]))).toEqual(
      [['decisionNotRecorded', { key: 'k', command: 'withdraw', version: 3 }]],
    );
  });

  it.each<[string, Partial<AcceptedUpdate>]>([
    ['version', { version: 2 }],
    ['command', { command: 'withdraw' }],
    ['content', { fingerprint: 'x' }],
  ])('stands with another %s', (_what, change) => {
    const { command, version } = updateOf(change);
    expect(standing(withUpdates((rows) => withFirst(rows, change)))).toEqual([
      ['decisionDiffers', { key, command, version, recordedAs: 1 }],
    ]);
  });

  it('stands twice in the trail, which is said once', () => {
    const twice: Change = (evidence) =>
      relinked(evidence, (rows) => rows.flatMap((row) => (row.seq === 1 ? [row, { ...row, seq: 4 }] : [row])));
    expect(
      standing(
        twice,
        withUpdates((rows) => withFirst(rows, { fingerprint: 'x' })),
      ),
    ).toEqual([['decisionRecordedTwice', { key, seqs: '1 4' }]]);
  });

  it('never entered history', () => {
    expect(standing(withUpdates((rows) => rows.slice(1)))).toEqual([
      ['decisionWithoutHistory', { key, seq: 1, command: 'submitRequest' }],
    ]);
    expect(
      standing(
        withUpdates((rows) => rows.slice(1)),
        withWorkflow(() => ({ complete: false })),
      ),
    ).toEqual([]);
    expect(standing(edited({ workflow: null }))).toEqual([]);
  });

  it('does not count as in history where its update failed', () => {
    expect(standing(withUpdates((rows) => withFirst(rows, { failed: true, version: null })))).toEqual([
      ['decisionWithoutHistory', { key, seq: 1, command: 'submitRequest' }],
    ]);
  });

  it('may wait for its answer', () => {
    expect(standing(withUpdates((rows) => withFirst(rows, { version: null })))).toEqual([]);
  });

  it('may be answered again under the same key: the first answer counts', () => {
    expect(standing(withUpdates((rows) => [...rows, updateOf({ updateId: 'again', version: 9 })]))).toEqual([]);
  });

  it('may wait to be recorded, when it is newer than what is', () => {
    const newer = withUpdates((rows) => [...rows, updateOf({ key: 'k', version: 4 })]);
    const lost = ['decisionNotRecorded', { key: 'k', command: 'submitRequest', version: 4 }];
    expect(standing(newer)).toEqual([lost]);
    expect(standing(newer, withLive({ unrecorded: 1 }))).toEqual([]);
    const older = withUpdates((rows) => [...rows, updateOf({ key: 'k', version: 3 })]);
    expect(standing(older, withLive({ unrecorded: 1 }))).toEqual([
      ['decisionNotRecorded', { key: 'k', command: 'submitRequest', version: 3 }],
    ]);
    expect(standing(edited({ chain: [] }), withRecord({ version: 0 }), withLive({ unrecorded: 3 }))).toEqual([]);
  });

  it('does not show in the read model', () => {
    expect(standing(withRecord({ version: 2 }))).toEqual([['decisionNotProjected', { recorded: 3, readModel: 2 }]]);
    expect(standing(withRecord({ version: 4 }))).toEqual([]);
    expect(standing(edited({ record: null }))).toEqual([]);
    expect(standing(edited({ chain: [], workflow: null }), withRecord({ version: 0 }))).toEqual([]);
  });

  it('is of a person: what a machine reported has no update, and a decision without a key is no answer to one', () => {
    const bySystem: Change = (evidence) => relinked(evidence, (rows) => withFirst(rows, { kind: 'system' }));
    expect(
      standing(
        bySystem,
        withUpdates((rows) => rows.slice(1)),
      ),
    ).toEqual([]);
    const withoutKey: Change = (evidence) =>
      relinked(evidence, ([{ key: gone, ...row } = firstOf(evidence.chain), ...rows]) =>
        gone ? [row, ...rows] : rows,
      );
    expect(
      standing(
        withoutKey,
        withUpdates((rows) => rows.slice(1)),
      ),
    ).toEqual([]);
  });
});

describe('a refused command', () => {
  it('left an entry', () => {
    const failed = withUpdates((rows) => withFirst(rows, { failed: true, version: null }));
    expect(refused(failed)).toEqual([['refusedYetApplied', { key, command: 'submitRequest' }]]);
  });

  it('left nothing, or was accepted under the same key at another time', () => {
    const other = updateOf({ updateId: 'other', key: 'k', failed: true, version: null });
    expect(refused(withUpdates((rows) => [...rows, other]))).toEqual([]);
    expect(refused(withUpdates((rows) => [...rows, { ...other, key }]))).toEqual([]);
  });

  it('used a key that stood for something else', () => {
    const other = updateOf({ updateId: 'other', fingerprint: 'x' });
    const reused: Said = ['keyWithOtherContent', { key, command: 'submitRequest' }];
    expect(refused(withUpdates((rows) => [...rows, other]))).toEqual([reused]);
    expect(refused(withUpdates((rows) => [...rows, { ...other, version: null }]))).toEqual([]);
    expect(refused(withUpdates((rows) => [...rows, { ...other, fingerprint }]))).toEqual([]);
  });

  it('is missing from the sequence of attempts', () => {
    expect(refused(edited({ attempts: [] }))).toEqual([]);
    expect(refused(edited({ attempts: [1, 2] }))).toEqual([]);
    expect(refused(edited({ attempts: [1, 3, 4] }))).toEqual([['attemptMissing', { seq: 2 }]]);
    expect(refused(edited({ attempts: [2] }))).toEqual([['attemptMissing', { seq: 1 }]]);
    expect(refused(edited({ workflow: null, attempts: [2] }))).toEqual([['attemptMissing', { seq: 1 }]]);
  });
});

describe('an answered call', () => {
  const row = { seq: 4, fingerprint: 'f' };
  const operation: OperationEvidence = {
    ...{ id: 'o', kind: 'withdraw', fingerprint: 'f', subject: { kind: 'request', id: 'r' }, recorded: [row] },
    state: 'succeeded',
  };
  const about = { command: 'withdraw', about: 'request r' };

  it.each<[string, Partial<OperationEvidence>, Said[]]>([
    ['stands once', {}, []],
    ['is not answered yet', { state: 'pending', recorded: [] }, []],
    ['is nowhere', { recorded: [] }, [['acknowledgedLost', about]]],
    ['stands twice', { recorded: [row, { ...row, seq: 5 }] }, [['decisionRecordedTwice', about]]],
    ['stands for something else', { fingerprint: 'x' }, [['keyWithOtherContent', { ...about, seq: 4 }]]],
  ])('%s', (_what, change, expected) => {
    const findings = operationFindings({ ...operation, ...change });
    expect(said(findings)).toEqual(expected);
    for (const { subject } of findings) expect(subject).toEqual({ kind: 'operation', id: 'o' });
  });
});

describe('the chain', () => {
  const subject: Subject = { kind: 'request', id: 'r' };
  type Body = { readonly seq: number; readonly text: string };
  const chained = (bodies: readonly Body[], about = subject) => {
    let head = chainStart(about, hashing);
    return bodies.map((body) => {
      const row = link(body, head, hashing);
      head = row.hash;
      return row;
    });
  };
  const bodies = [1, 2, 3].map((seq) => ({ seq, text: `entry ${seq}` }));
  const chain = chained(bodies);
  const [one, two, three] = chain;
  if (one === undefined || two === undefined || three === undefined) throw new Error('three entries');

  it('hashes what an entry says and where it stands, after RFC 8785, under a name of the format', () => {
    const seen: string[] = [];
    const plain = {
      canonical: (value: unknown) => JSON.stringify(value),
      sha256: (text: string) => `#${seen.push(text)}`,
    };
    expect(chainStart(subject, plain)).toBe('#1');
    expect(link({ seq: 1, text: 'a' }, '#1', plain)).toEqual({ seq: 1, text: 'a', previousHash: '#1', hash: '#2' });
    expect(seen).toEqual(['sanad-chain-v1\nrequest/r', 'sanad-entry-v1\n{"seq":1,"text":"a","previousHash":"#1"}']);
  });

  it.each([
    ['sound', chain, []],
    ['empty', [], []],
    ['cut at its end, which only the head can tell', [one, two], []],
    ['without its first entry', [two, three], [{ seq: 2, fault: 'gap' }]],
    ['without an entry inside', [one, three], [{ seq: 3, fault: 'gap' }]],
    [
      'in another order',
      [two, one, three],
      [
        { seq: 2, fault: 'gap' },
        { seq: 1, fault: 'gap' },
        { seq: 3, fault: 'gap' },
      ],
    ],
    ['with a changed entry', [one, { ...two, text: 'x' }, three], [{ seq: 2, fault: 'hash' }]],
    [
      'with an entry hashed anew',
      [one, link({ seq: 2, text: 'x' }, one.hash, hashing), three],
      [{ seq: 3, fault: 'previous-hash' }],
    ],
    ['of another subject', chained(bodies, { kind: 'request', id: 's' }), [{ seq: 1, fault: 'previous-hash' }]],
  ])('is %s', (_what, entries, faults) => {
    expect(verifyChain(subject, entries, hashing)).toEqual(faults);
  });

  const head = { version: 3, headHash: three.hash };
  it.each([
    ['reaches the head that is remembered', chain, head, []],
    ['is longer than the head that is remembered', chain, { version: 2, headHash: two.hash }, []],
    ['has no head that is remembered', chain, null, []],
    ['was not begun', [], { version: 0, headHash: '' }, []],
    ['was cut off', [one, two], head, [{ seq: 3, fault: 'cut-off' }]],
    ['was removed', [], head, [{ seq: 1, fault: 'cut-off' }]],
    ['was linked anew', chain, { ...head, headHash: 'other' }, [{ seq: 3, fault: 'other-head' }]],
    ['was linked anew further back', chain, { version: 2, headHash: 'other' }, [{ seq: 2, fault: 'other-head' }]],
    ['lacks the entry of the head', [one, three], { version: 2, headHash: two.hash }, [{ seq: 3, fault: 'gap' }]],
  ])('%s', (_what, entries, remembered, faults) => {
    expect(chainFaults(subject, { chain: entries, head: remembered }, hashing)).toEqual(faults);
    expect(chainFindings(subject, { chain: entries, head: remembered }, hashing)).toEqual(
      faults.map((evidence) => ({ invariant: 'I6', breach: 'chainBroken', subject, evidence })),
    );
  });
});

describe('an entry that was tampered with', () => {
  it('ends no verification: that it cannot be folded is a finding', () => {
    const refunded = withEvents((event) =>
      event.kind === 'opinionRecorded' ? [event, { kind: 'refundReceived', amountMinor: '5.00' }] : [event],
    );
    const about = { kind: 'request', id: sound.requestId };
    const amount = { where: 'audit_entries', path: '2.events.1.amountMinor', is: '5.00', type: 'string' };
    expect(requestFindings(refunded(sound), hashing)).toEqual([
      {
        ...{ invariant: 'I7', breach: 'stateDiffers', subject: about },
        evidence: { unreadable: 'not an amount in piastres: 5.00' },
      },
      { invariant: 'I10', breach: 'notWholePiastres', subject: about, evidence: amount },
    ]);
  });

  it('ends no verification: that it names no amount is a finding', () => {
    const paying = evidenceOf(journeyTo('implementation'));
    const point = withEvents((event) => [
      event.kind === 'agreementConcluded' ? { ...event, amountMinor: '5.00' } : event,
    ]);
    expect(said(requestFindings(point(paying), hashing))).toEqual([
      ['stateDiffers', { unreadable: 'not an amount in piastres: 5.00' }],
      ['notWholePiastres', { where: 'audit_entries', path: '25.events.0.amountMinor', is: '5.00', type: 'string' }],
    ]);
  });

  it('ends no verification of a bank file either', () => {
    const batch = soundBatch();
    const chain = linkedBatch(batchEntries(people.releaser, [{ ...batchLine, amountMinor: '5.5' }]));
    const record = batch.record && { ...batch.record, headHash: chain.at(-1)?.hash ?? '' };
    expect(said(batchFindings({ ...batch, chain, record }, hashing))).toEqual([
      ['stateDiffers', { unreadable: 'not an amount in piastres: 5.5' }],
      [
        'notWholePiastres',
        { where: 'audit_entries', path: '0.events.0.lines.0.amountMinor', is: '5.5', type: 'string' },
      ],
    ]);
  });
});
