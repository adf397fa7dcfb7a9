// Statements: running balances that hold however many write at once, the past as it was, and sums that agree both ways.
import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { PostingDocument } from '../../persistence/ledger.model.js';
import { envelopeIdOf } from '../../domain/money/envelope.js';
import { postingCollection, balanceCollection } from '../../persistence/ledger.model.js';
import { post } from '../../persistence/ledger.projection.js';
import { balanceOf } from '../../persistence/ledger.reads.js';
import {
  balancesAt,
  envelopeStatement,
  heldBy,
  postingsBetween,
  statementEnds,
  sumsFor,
  trialBalance,
} from '../../persistence/ledger-statement.reads.js';
import { withTransaction } from '../../persistence/transaction.js';
import { journeyTo } from '../support/journey.js';
import { calmPlan } from '../support/plans.js';
import { envelope, fillEnvelope, newRequestId, record, refiled, useDatabase } from './support.js';

useDatabase();

const ownEnvelope = async (amountMinor: bigint) => {
  const of = { ...envelope, programmeCode: `p-${randomUUID().slice(0, 8)}` };
  await fillEnvelope(amountMinor, of);
  return { id: envelopeIdOf(of), change: { programmeCode: of.programmeCode, organisationId: 'ngo-1' } };
};
const upToNow = () => ({ from: new Date(0), until: new Date(Date.now() + 1) });
const live = (id: string, change: object): Promise<unknown> =>
  record(id, refiled(journeyTo(undefined, calmPlan, id).entries(), change));
const aThousand = (envelopeId: string, name: string): PostingDocument[] =>
  Array.from({ length: 1_000 }, (_, index) => ({
    ...{ _id: `${envelopeId}-${name}-${index}`, envelopeId, requestId: null, kind: 'reserve', amountMinor: 1n, seq: 0 },
    ...{ from: 'available', to: 'reserved', at: new Date() },
  }));
const statementOf = async (envelopeId: string) =>
  (await envelopeStatement({ envelopeId, ...upToNow(), afterNumber: 0n, limit: 1_000 })).postings;

describe('an envelope that eight requests live from at the same time', () => {
  it('has postings numbered without a gap, each with what every account held after it', async () => {
    const { id, change } = await ownEnvelope(1_000_000_000n);
    await Promise.all(Array.from({ length: 8 }, () => live(newRequestId(), change)));

    const postings = await statementOf(id);
    const numbers = postings.map(({ booking }) => booking?.number);
    expect(numbers).toEqual(postings.map((_posting, index) => BigInt(index + 1)));
    const held: Record<string, bigint> = {};
    for (const { from, to, amountMinor, booking } of postings) {
      held[from] = (held[from] ?? 0n) - amountMinor;
      held[to] = (held[to] ?? 0n) + amountMinor;
      expect(booking?.after.available).toBe(held['available'] ?? 0n);
      expect(booking?.after.spent).toBe(held['spent'] ?? 0n);
    }
    expect(await balancesAt(id, new Date())).toMatchObject({ available: 520_000_000n, spent: 480_000_000n });
    expect(await balanceOf(id)).toMatchObject({ available: 520_000_000n, postings: BigInt(postings.length) });
  });

  it('shows the past as it was', async () => {
    const { id, change } = await ownEnvelope(100_000_000n);
    const opened = (await statementOf(id)).at(-1)?.booking?.bookedAt ?? new Date();
    await new Promise((resolve) => setTimeout(resolve, 5)); // the clock has to move, nothing is waited for
    await live(newRequestId(), change);

    expect(await balancesAt(id, opened)).toMatchObject({ available: 100_000_000n, spent: 0n });
    expect(await balancesAt(id, new Date())).toMatchObject({ available: 40_000_000n, spent: 60_000_000n });
    expect(await balancesAt(id, new Date(opened.getTime() - 60_000))).toMatchObject({ available: 0n });
  });
});

describe('a statement in pages', () => {
  it('begins at its first instant, ends before its last, and its pages add up to what it says', async () => {
    const { id, change } = await ownEnvelope(1_000_000_000n);
    await live(newRequestId(), change);
    const first = await statementOf(id);
    const from = new Date((first.at(-1)?.booking?.bookedAt.getTime() ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, 5)); // the clock has to move, nothing is waited for
    await live(newRequestId(), change);
    const until = new Date(Date.now() + 1);
    const page = (afterNumber: bigint, limit: number) =>
      envelopeStatement({ envelopeId: id, from, until, afterNumber, limit });

    const whole = await page(0n, 1_000);
    const [one, two] = [await page(0n, 3), await page(BigInt(first.length) + 3n, 1_000)];

    expect(whole.postings.map(({ booking }) => booking?.number)[0]).toBe(BigInt(first.length) + 1n);
    expect([...one.postings, ...two.postings]).toEqual(whole.postings);
    expect([whole.opening.spent, whole.closing.spent]).toEqual([60_000_000n, 120_000_000n]);
    expect(whole.postings.at(-1)?.booking?.after).toEqual(whole.closing);
    const moved = whole.postings.filter(({ to }) => to === 'spent').reduce((sum, one) => sum + one.amountMinor, 0n);
    expect(whole.opening.spent + moved).toBe(whole.closing.spent);
  });
});

describe('the trial balance', () => {
  it('is sound at every look, however much is moving just then', async () => {
    const { change } = await ownEnvelope(1_000_000_000n);
    const looks: string[][] = [];
    let moving = true;
    const looking = (async () => {
      while (moving) {
        const { faults, total, fromOutside } = await trialBalance(new Date());
        looks.push([...faults, ...(total === fromOutside ? [] : [`${total} of ${fromOutside}`])]);
      }
    })();
    await Promise.all(Array.from({ length: 12 }, () => live(newRequestId(), change)));
    moving = false;
    await looking;

    expect(looks.length).toBeGreaterThan(3);
    expect(looks.flat()).toEqual([]);
  });

  it('adds up to what came from outside, by running balances and by postings alike', async () => {
    const { id, change } = await ownEnvelope(70_000_000n);
    await live(newRequestId(), change);
    const trial = await trialBalance(new Date());

    expect(trial.faults).toEqual([]);
    expect(trial.total).toBe(trial.fromOutside);
    expect(trial.rows.find(({ envelopeId }) => envelopeId === id)?.balances).toMatchObject({ spent: 60_000_000n });
  });

  it('names the account when a posting was changed by hand', async () => {
    const { id, change } = await ownEnvelope(70_000_000n);
    await live(newRequestId(), change);
    const posting = { envelopeId: id, kind: 'commit' as const };
    await postingCollection().updateOne(posting, { $inc: { amountMinor: 1n } });
    const { faults } = await trialBalance(new Date());
    await postingCollection().updateOne(posting, { $inc: { amountMinor: -1n } });

    expect([...faults].sort()).toEqual([`${id} committed`, `${id} reserved`]);
  });
});

describe('what moved', () => {
  it('for one request, its NGO, its programme and its source is the same when nobody else used them', async () => {
    const { id, change } = await ownEnvelope(70_000_000n);
    const requestId = newRequestId();
    await live(requestId, change);

    const sums = await sumsFor({ kind: 'request', id: requestId });
    const programme = await sumsFor({ kind: 'programme', id: change.programmeCode });
    expect(heldBy(sums)).toMatchObject({ available: -60_000_000n, spent: 60_000_000n });
    expect(programme.filter(({ kind }) => kind !== 'open')).toEqual(sums);
    expect(await balanceCollection().findOne({ _id: id })).toMatchObject({ spent: 60_000_000n });
  });

  it('for a call is its own envelope with what came into it, or what its requests moved of shared money', async () => {
    const { change } = await ownEnvelope(70_000_000n);
    const callId = `call-${change.programmeCode}`;
    const ofCall = { ...envelope, programmeCode: change.programmeCode, envelopeCallId: callId };
    await fillEnvelope(90_000_000n, ofCall);
    await live(newRequestId(), { ...change, callId, envelopeCallId: callId });
    await live(newRequestId(), { ...change, callId: `${callId}-shared` });

    const own = await sumsFor({ kind: 'call', id: callId });
    const shared = await sumsFor({ kind: 'call', id: `${callId}-shared` });

    expect(heldBy(own)).toMatchObject({ available: 30_000_000n, spent: 60_000_000n });
    expect(heldBy(shared)).toMatchObject({ available: -60_000_000n, spent: 60_000_000n });
    expect(heldBy(await sumsFor({ kind: 'programme', id: change.programmeCode }))).toMatchObject({
      spent: 120_000_000n,
    });
  });
});

describe('a statement that is written out whole', () => {
  it('holds every posting between its ends, over pages, and nothing that is booked while it is written', async () => {
    const { id, change } = await ownEnvelope(1_000_000n);
    const of = { ...envelope, programmeCode: change.programmeCode };
    await withTransaction((session) => post(session, aThousand(id, 'first')));
    const period = { envelopeId: id, ...upToNow() };
    const ends = await statementEnds(period);
    const found: string[] = [];
    for await (const { _id } of postingsBetween(id, ends)) {
      if (found.length === 0) await withTransaction((session) => post(session, aThousand(id, 'later')));
      found.push(_id);
    }

    expect(found).toHaveLength(1_001);
    expect(new Set(found).size).toBe(1_001);
    expect(found.filter((name) => name.includes('later'))).toEqual([]);
    expect(ends.closing.balances.available).toBe(999_000n);
    expect(await balanceOf(envelopeIdOf(of))).toMatchObject({ available: 998_000n });
  });
});
