// The verification on real servers: clean after real lifecycles, and each direct edit in MongoDB found under its invariant and id.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { createServer } from 'node:http';
import type { Invariant } from '../../domain/invariants/finding.js';
import type { Report } from '../../verification/report.js';
import { runVerification } from '../../verification/verify.js';
import { addressOf } from '../support/engine.js';
import { agree, award, handIn, pay, report, review, screen } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
let running: Told;
let fresh: Told;
beforeAll(async () => {
  world = await openWorld();
  running = await handIn(world);
  await screen(world, running);
  await review(world, running);
  await award(world, running);
  await agree(world, running);
  await pay(world, running, 1);
  await report(world, running, 1, '20000000');
  fresh = await handIn(world);
  const tooEarly = await world.as('finance').post(`${running.path}/tranches/4/preparation`, { expectedVersion: 99 });
  expect(tooEarly.status).toBe(409);
}, 120_000);
afterAll(() => world.close());

const verify = (only?: readonly Invariant[], requestId?: string): Promise<Report> =>
  runVerification({
    config: { temporal: { address: addressOf(), namespace: 'default', taskQueue: world.taskQueue } },
    ...{ only, requestId, patienceMs: 3_000, say: () => undefined },
  });

const said = ({ findings }: Report): string[] =>
  findings.map(({ invariant, breach, subject }) => `${invariant} ${breach} ${subject.kind} ${subject.id}`);

const collection = (name: string) => mongoose.connection.collection<{ _id: string }>(name);

/** Changes one document, verifies, and puts back what was there. */
const tampered = async (
  name: string,
  filter: object,
  update: object,
  only?: readonly Invariant[],
): Promise<string[]> => {
  const before = await collection(name).findOne(filter);
  if (before === null) throw new Error(`nothing to tamper with in ${name}`);
  await collection(name).updateOne({ _id: before._id }, update);
  try {
    return said(await verify(only));
  } finally {
    await collection(name).replaceOne({ _id: before._id }, before);
  }
};

describe('what the product wrote', () => {
  it('holds all ten invariants, with everything looked at', async () => {
    const clean = await verify();

    expect(said(clean)).toEqual([]);
    expect(clean).toMatchObject({ holds: true, checked: { requests: 2, batches: 1, envelopes: 1, payments: 1 } });
    expect(clean.checked.operations).toBeGreaterThan(30);
    expect(clean.notChecked.join(' ')).toContain('signed heads');
  });

  it('can be asked for one request and for some invariants', async () => {
    const one = await verify(['I7'], fresh.id);

    expect(one).toMatchObject({ holds: true, checked: { requests: 1, batches: 0 }, invariants: [{ invariant: 'I7' }] });
  });
});

describe('what cannot be read', () => {
  it('is never called clean: an unknown request', async () => {
    await expect(verify(undefined, 'nobody-knows-it')).rejects.toThrow('nothing is known of request nobody-knows-it');
  });

  it('is never called clean: a bank that does not answer', async () => {
    const asking = runVerification({
      ...{ config: { temporal: { address: addressOf(), namespace: 'default', taskQueue: world.taskQueue } } },
      ...{ only: ['I5'], bankUrl: 'http://127.0.0.1:9', say: () => undefined },
    });
    await expect(asking).rejects.toThrow('the bank at http://127.0.0.1:9');
  });
});

describe('a bank in a process of its own', () => {
  const withBank = async (payments: readonly object[]): Promise<string[]> => {
    const bank = createServer((_req, res) => {
      res.setHeader('content-type', 'application/json').end(JSON.stringify(payments));
    });
    await new Promise<void>((resolve) => bank.listen(0, '127.0.0.1', resolve));
    const address = bank.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      return said(
        await runVerification({
          ...{ config: { temporal: { address: addressOf(), namespace: 'default', taskQueue: world.taskQueue } } },
          ...{ only: ['I5'], bankUrl: `http://127.0.0.1:${port}/`, patienceMs: 3_000, say: () => undefined },
        }),
      );
    } finally {
      bank.close();
      bank.closeAllConnections();
    }
  };
  const paid = (change: object = {}) => ({
    ...{ endToEndId: `${running.id}-t1-1`, count: 1, amountMinor: '21600000', ...change },
  });

  it('is held against the instructions', async () => {
    const id = `${running.id}-t1-1`;
    expect(await withBank([paid()])).toEqual([]);
    expect(await withBank([paid({ count: undefined, times: 0, status: 'UNKN' })])).toEqual([]);
    expect(await withBank([paid({ count: undefined, times: 2, status: 'ACSC' })])).toEqual([
      `I5 paidTwice instruction ${id}`,
    ]);
    expect(await withBank([paid({ count: 2 })])).toEqual([`I5 paidTwice instruction ${id}`]);
    expect(await withBank([paid({ amountMinor: '21600001' })])).toEqual([`I5 paidAmountDiffers instruction ${id}`]);
    expect(await withBank([paid(), paid({ endToEndId: 'stranger' })])).toEqual([
      'I5 paidWithoutApproval instruction stranger',
    ]);
    expect(await withBank([])).toEqual([`I5 settledUnpaid instruction ${id}`]);
  });
});

describe('a direct edit in MongoDB', () => {
  it.each([
    ['the status of a request', 'requests', { status: 'closed' }, 'I7 fieldDiffers'],
    ['the award in its state', 'requests', { 'state.award.amountMinor': '60000001' }, 'I7 stateDiffers'],
    ['a version taken back', 'requests', { version: 3 }, 'I1 decisionNotProjected'],
  ])('of %s is found', async (_what, name, $set, expected) => {
    expect(await tampered(name, { _id: running.id }, { $set })).toContain(`${expected} request ${running.id}`);
  });

  it('of the reason in an audit row is found', async () => {
    const row = { subjectId: running.id, seq: 4 };
    expect(await tampered('audit_entries', row, { $set: { reason: 'a better one' } })).toEqual([
      `I6 chainBroken request ${running.id}`,
    ]);
  });

  it('of a role in an audit row is found, as a broken chain and as an act without its role', async () => {
    const row = { subjectId: running.id, command: 'recordScreening' };
    const found = await tampered('audit_entries', row, { $set: { 'actor.roles': [{ role: 'auditor' }] } });
    expect(found).toEqual(
      expect.arrayContaining([
        `I6 chainBroken request ${running.id}`,
        `I8 neverDecidingActed request ${running.id}`,
        `I8 roleNotHeld request ${running.id}`,
      ]),
    );
  });

  it('of one piastre in a ledger row is found, at the request and at the envelope', async () => {
    const row = { requestId: running.id, kind: 'disburse' };
    const found = await tampered('ledger_postings', row, { $inc: { amountMinor: 1n } });
    expect(found).toEqual(expect.arrayContaining([`I3 postingUnexplained request ${running.id}`]));
    expect(found.some((one) => one.startsWith('I3 balanceDiffers envelope '))).toBe(true);
  });

  it('that makes a balance a float is found', async () => {
    const found = await tampered('balances', {}, { $set: { available: 0.5 } });
    expect(found.some((one) => one.startsWith('I10 notWholePiastres envelope '))).toBe(true);
  });

  it('of the amount of an instruction is found, at the decision and at the bank', async () => {
    const found = await tampered('payment_instructions', { requestId: running.id }, { $set: { amountMinor: '1' } });
    expect(found).toEqual([
      `I4 instructionDiffers instruction ${running.id}-t1-1`,
      `I5 paidAmountDiffers instruction ${running.id}-t1-1`,
    ]);
  });

  it('of the role of a task is found', async () => {
    const found = await tampered('tasks', { requestId: fresh.id }, { $set: { role: 'applicant' } });
    expect(found).toContain(`I7 tasksDiffer request ${fresh.id}`);
  });

  it('that inserts a second live instruction is found', async () => {
    const known = await collection('payment_instructions').findOne({});
    if (known === null) throw new Error('no instruction');
    const _id = `${running.id}-t1-9`;
    await collection('payment_instructions').insertOne({ ...known, _id, purpose: 'retention' } as typeof known);
    const found = said(await verify(['I4']));
    await collection('payment_instructions').deleteOne({ _id });
    expect(found).toEqual([`I4 instructionWithoutDecision instruction ${_id}`]);
  });
});

describe('what is gone', () => {
  const without = async (name: string, filter: object): Promise<string[]> => {
    const rows = await collection(name).find(filter).toArray();
    await collection(name).deleteMany(filter);
    try {
      return said(await verify());
    } finally {
      await collection(name).insertMany(rows);
    }
  };

  it('an audit row is missed', async () => {
    const found = await without('audit_entries', { subjectId: running.id, command: 'recordOpinion' });
    expect(found).toEqual(
      expect.arrayContaining([`I6 chainBroken request ${running.id}`, `I1 decisionNotRecorded request ${running.id}`]),
    );
    expect(found.some((one) => one.startsWith('I1 acknowledgedLost operation '))).toBe(true);
  });

  it('the whole document of a request is missed', async () => {
    expect(await without('requests', { _id: fresh.id })).toContain(`I7 recordMissing request ${fresh.id}`);
  });

  it('document and audit trail together are missed, because Temporal knows the request', async () => {
    const record = await collection('requests').find({ _id: fresh.id }).toArray();
    const rows = await collection('audit_entries').find({ subjectId: fresh.id }).toArray();
    await collection('requests').deleteOne({ _id: fresh.id });
    await collection('audit_entries').deleteMany({ subjectId: fresh.id });
    const found = said(await verify());
    await collection('requests').insertMany(record);
    await collection('audit_entries').insertMany(rows);
    expect(found).toContain(`I1 decisionNotRecorded request ${fresh.id}`);
  });

  it('and after all this the data is clean again', async () => {
    expect(said(await verify())).toEqual([]);
  });
});
