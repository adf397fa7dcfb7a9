// The ledger: reservations that race for the last piastre, floors, repeated questions, sums over twelve months.
import { describe, expect, it } from '@jest/globals';
import { ledgerFloor } from '../../activities/failure.js';
import type { Entry } from '../../domain/audit-entry.js';
import type { SourceTerms } from '../../domain/money/funding-source.js';
import { upsertFundingSources } from '../../persistence/funding-source.repository.js';
import type { ReservationDocument } from '../../persistence/ledger.model.js';
import { envelopeIdOf } from '../../domain/money/envelope.js';
import { balanceCollection } from '../../persistence/ledger.model.js';
import { reserve } from '../../persistence/ledger.projection.js';
import { balanceOf, balances, postingsOfEnvelope, postingsOfRequest } from '../../persistence/ledger.reads.js';
import { upsertProgrammes } from '../../persistence/programme.repository.js';
import { recordedVersion } from '../../persistence/request.reads.js';
import { withTransaction } from '../../persistence/transaction.js';
import type { Reservation } from '../../workflows/contract.js';
import { dayMs, journeyTo, startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import {
  activities,
  calmHash,
  entriesUpToFunds,
  envelope,
  fillEnvelope,
  newRequestId,
  record,
  refiled,
  requestedMinor,
  shifted,
  useDatabase,
} from './support.js';

useDatabase();

let years = 2030;
/** An envelope and an NGO of its own for each test, so that their sums do not mix. */
const ownMoney = async (amountMinor: bigint) => {
  const fiscalYear = `${years}/${(years += 1)}`;
  const of = { ...envelope, fiscalYear };
  await fillEnvelope(amountMinor, of);
  return { of, id: envelopeIdOf(of), change: { fiscalYear, organisationId: `ngo-${fiscalYear}` } };
};

const answerOf = async (requestId: string, entries: readonly Entry[]): Promise<Reservation | undefined> =>
  (await record(requestId, entries)).reservations[0];

describe('a request from reservation to closing', () => {
  it('moves every piastre through the accounts and leaves the sum of the envelope as it was', async () => {
    const { id, change } = await ownMoney(100_000_000n);
    const requestId = newRequestId();

    await record(requestId, refiled(journeyTo(undefined, calmPlan, requestId).entries(), change));

    expect(await balanceOf(id)).toMatchObject({
      available: 40_000_000n,
      reserved: 0n,
      committed: 0n,
      disbursed: 0n,
      spent: 60_000_000n,
      writtenOff: 0n,
    });
    const kinds = (await postingsOfRequest(requestId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'disburse')).toHaveLength(4);
    expect(kinds.slice(0, 2)).toEqual(['reserve', 'commit']);
  });

  it('keeps balances equal to what the postings add up to', async () => {
    for (const balance of await balances()) {
      const postings = await postingsOfEnvelope(balance._id);
      const into = postings
        .filter(({ to }) => to === 'available')
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
      const out = postings
        .filter(({ from }) => from === 'available')
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
      expect(into - out).toBe(balance.available);
    }
  });
});

describe('two requests for money that is enough for one', () => {
  it('reserves it for exactly one and tells the other what is missing', async () => {
    const { id, change } = await ownMoney(requestedMinor * 2n - 1n);
    const requestIds = [newRequestId(), newRequestId()];

    const answers = await Promise.all(
      requestIds.map((requestId) => answerOf(requestId, refiled(entriesUpToFunds(requestId), change))),
    );

    expect(answers.map((answer) => answer?.outcome).sort()).toEqual(['refused', 'reserved']);
    expect(answers.find((answer) => answer?.outcome === 'refused')).toMatchObject({ missingMinor: '1' });
    expect(await balanceOf(id)).toMatchObject({ available: requestedMinor - 1n, reserved: requestedMinor });
  });

  it('never passes the last piastre, however many transactions run at the same time', async () => {
    const { of, id } = await ownMoney(300n);
    const ask = (number: number): Promise<ReservationDocument> =>
      withTransaction((session) =>
        reserve(session, {
          decisionKey: `${id}-race-${number}`,
          requestId: `race-${number}`,
          organisationId: `ngo-${number % 2}`,
          envelope: of,
          governorates: ['EG-C'],
          amountMinor: 100n,
          at: new Date(startMs),
          posting: { _id: `${id}-race-posting-${number}`, seq: 1 },
        }),
      );

    const answers = await Promise.all(Array.from({ length: 8 }, (_, number) => ask(number)));

    expect(answers.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(3);
    expect(await balanceOf(id)).toMatchObject({ available: 0n, reserved: 300n });
  });
});

describe('a call with money of its own', () => {
  it('pays from its own envelope to the end, and what the programme has stays as it was', async () => {
    const { of, change } = await ownMoney(100_000_000n);
    const ofCall = { ...of, envelopeCallId: 'flood-2030' };
    await fillEnvelope(80_000_000n, ofCall);
    const requestId = newRequestId();

    await record(requestId, refiled(journeyTo(undefined, calmPlan, requestId).entries(), { ...change, ...ofCall }));

    expect(await balanceOf(envelopeIdOf(ofCall))).toMatchObject({ available: 20_000_000n, spent: 60_000_000n });
    expect(await balanceOf(envelopeIdOf(of))).toMatchObject({ available: 100_000_000n, spent: 0n });
    const postings = await postingsOfRequest(requestId);
    expect([...new Set(postings.map(({ envelopeId }) => envelopeId))]).toEqual([envelopeIdOf(ofCall)]);
    expect(await balanceOf(envelopeIdOf(ofCall))).toMatchObject(ofCall);
  });

  it('takes no piastre more than that, however much the programme has', async () => {
    const { of, change } = await ownMoney(requestedMinor * 9n);
    const ofCall = { ...of, envelopeCallId: 'small-2030' };
    await fillEnvelope(requestedMinor - 1n, ofCall);
    const requestId = newRequestId();

    const answer = await answerOf(requestId, refiled(entriesUpToFunds(requestId), { ...change, ...ofCall }));

    expect(answer).toEqual({ decisionKey: answer?.decisionKey, outcome: 'refused', missingMinor: '1' });
    expect(await balanceOf(envelopeIdOf(of))).toMatchObject({ available: requestedMinor * 9n });
  });

  it('counts with the other awards of the NGO in the programme', async () => {
    const { of, change } = await ownMoney(requestedMinor);
    const ofCall = { ...of, envelopeCallId: 'other-2030' };
    await fillEnvelope(requestedMinor, ofCall);
    const [first, second] = [newRequestId(), newRequestId()];
    await answerOf(first, refiled(entriesUpToFunds(first), change));

    const answer = await answerOf(second, refiled(entriesUpToFunds(second), { ...change, ...ofCall }));

    expect(answer).toMatchObject({ outcome: 'reserved', cumulativeMinor: (requestedMinor * 2n).toString() });
  });
});

describe('the terms of the source that pays', () => {
  /** A source of its own for each test, with these terms. */
  const boundMoney = async (terms: SourceTerms) => {
    const { of, change } = await ownMoney(requestedMinor);
    const fundingSource = `gift-${of.fiscalYear.replace('/', '-')}`;
    await upsertFundingSources([{ code: fundingSource, nameAr: 'هبة', nameEn: 'Gift', ...terms }]);
    await fillEnvelope(requestedMinor * 2n, { ...of, fundingSource });
    return { id: envelopeIdOf({ ...of, fundingSource }), change: { ...change, fundingSource } };
  };
  const ask = (requestId: string, change: object) => answerOf(requestId, refiled(entriesUpToFunds(requestId), change));

  it.each([
    ['source-programmes', { programmes: ['housing'] }],
    ['source-sectors', { sectors: ['care'] }],
    ['source-governorates', { governorates: ['EG-ASN'] }],
    ['source-period', { untilMs: startMs }],
  ])('stop a reservation by %s, although the money is there', async (rule, terms) => {
    const { id, change } = await boundMoney(terms);
    const requestId = newRequestId();

    const answer = await ask(requestId, change);

    expect(answer).toEqual({ decisionKey: answer?.decisionKey, outcome: 'refused', missingMinor: '0', rule });
    expect(await balanceOf(id)).toMatchObject({ available: requestedMinor * 2n, reserved: 0n });
    expect(await postingsOfRequest(requestId)).toEqual([]);
    expect(await ask(requestId, change)).toEqual(answer);
  });

  it('let through what they allow', async () => {
    await upsertProgrammes([{ _id: 'disability', nameAr: 'إعاقة', nameEn: 'Disability', sector: 'inclusion' }]);
    const terms = {
      programmes: ['disability'],
      sectors: ['inclusion'],
      governorates: ['EG-C'],
      fromMs: startMs - dayMs,
    };
    const { id, change } = await boundMoney(terms);

    expect(await ask(newRequestId(), change)).toMatchObject({ outcome: 'reserved' });
    expect(await balanceOf(id)).toMatchObject({ reserved: requestedMinor });
  });

  it('bind from the moment they are changed, and leave what was reserved before as it is', async () => {
    const { id, change } = await boundMoney({});
    const before = newRequestId();
    await ask(before, change);
    await upsertFundingSources([
      { code: change.fundingSource, nameAr: 'هبة', nameEn: 'Gift', governorates: ['EG-ASN'] },
    ]);

    const after = await ask(newRequestId(), change);
    await record(before, refiled(journeyTo(undefined, calmPlan, before).entries(), change));

    expect(after).toMatchObject({ outcome: 'refused', rule: 'source-governorates' });
    expect(await balanceOf(id)).toMatchObject({ available: requestedMinor, spent: requestedMinor });
  });
});

describe('an envelope that was never opened', () => {
  it('refuses, and everything is missing', async () => {
    const requestId = newRequestId();

    const answer = await answerOf(requestId, refiled(entriesUpToFunds(requestId), { fiscalYear: '1999/2000' }));

    expect(answer).toMatchObject({ outcome: 'refused', missingMinor: requestedMinor.toString() });
  });
});

describe('a question that is asked again', () => {
  it('gets its first answer, although the envelope has changed since', async () => {
    const { id, change } = await ownMoney(requestedMinor);
    const [winner, loser] = [newRequestId(), newRequestId()];
    const [winning, losing] = [winner, loser].map((requestId) => refiled(entriesUpToFunds(requestId), change));
    const first = await answerOf(winner, winning ?? []);
    const refused = await answerOf(loser, losing ?? []);
    await balanceCollection().updateOne({ _id: id }, { $inc: { available: requestedMinor } });

    expect(await answerOf(winner, winning ?? [])).toEqual(first);
    expect(await answerOf(loser, losing ?? [])).toEqual(refused);
    expect([first?.outcome, refused?.outcome]).toEqual(['reserved', 'refused']);
  });
});

describe('a question that comes under its key in another entry', () => {
  it('gets its first answer and reserves nothing more', async () => {
    const { of, id } = await ownMoney(1_000n);
    const ask = (seq: number): Promise<ReservationDocument> =>
      withTransaction((session) =>
        reserve(session, {
          decisionKey: `${id}-once`,
          requestId: 'once',
          organisationId: 'ngo-once',
          envelope: of,
          governorates: ['EG-C'],
          amountMinor: 100n,
          at: new Date(startMs),
          posting: { _id: `${id}-once-${seq}`, seq },
        }),
      );

    const first = await ask(10);
    const again = await ask(12);

    expect(again).toEqual(first);
    expect(await balanceOf(id)).toMatchObject({ available: 900n, reserved: 100n });
  });
});

describe('the sum of awards that the authority matrix looks at', () => {
  it('counts other awards of the NGO in the programme, from any envelope, within twelve months', async () => {
    const { change } = await ownMoney(requestedMinor * 9n);
    const other = await ownMoney(requestedMinor);
    const [old, recent, elsewhere, now] = [newRequestId(), newRequestId(), newRequestId(), newRequestId()];
    const entriesOf = (requestId: string) => refiled(entriesUpToFunds(requestId), change);

    const answers = [
      await answerOf(old, shifted(entriesOf(old), -400 * dayMs)),
      await answerOf(recent, shifted(entriesOf(recent), -300 * dayMs)),
      await answerOf(elsewhere, refiled(entriesOf(elsewhere), { fiscalYear: other.of.fiscalYear })),
      await answerOf(now, entriesOf(now)),
    ];

    const sums = [1n, 2n, 2n, 3n].map((times) => (requestedMinor * times).toString());
    expect(answers.map((answer) => (answer?.outcome === 'reserved' ? answer.cumulativeMinor : answer))).toEqual(sums);
  });

  it('does not count what was given back', async () => {
    const { id, change } = await ownMoney(requestedMinor * 2n);
    const [first, second] = [newRequestId(), newRequestId()];
    const withdrawn = journeyTo('authority', calmPlan, first).act(people.samira, 'withdraw', {});
    await record(first, refiled(withdrawn.entries(), change));

    const answer = await answerOf(second, refiled(entriesUpToFunds(second), change));

    expect(answer).toMatchObject({ outcome: 'reserved', cumulativeMinor: requestedMinor.toString() });
    expect(await balanceOf(id)).toMatchObject({ available: requestedMinor, reserved: requestedMinor });
  });
});

describe('a posting that would take an account below zero', () => {
  it('is a fault that is not retried, and nothing of the call is recorded', async () => {
    const { id, change } = await ownMoney(requestedMinor);
    const requestId = newRequestId();
    const entries = refiled(journeyTo('implementation', calmPlan, requestId).entries(), change);
    const before = entries.slice(0, -1);
    await record(requestId, before);
    await balanceCollection().updateOne({ _id: id }, { $set: { reserved: 0n } });

    const breach = record(requestId, entries);

    await expect(breach).rejects.toMatchObject({ type: ledgerFloor, nonRetryable: true });
    expect(await recordedVersion(requestId)).toBe(before.length);
    expect(await balanceOf(id)).toMatchObject({ reserved: 0n, committed: 0n });
    expect((await postingsOfRequest(requestId)).map(({ kind }) => kind)).toEqual(['reserve']);
  });
});

describe('opening an envelope twice', () => {
  it('fills it once', async () => {
    const { of, id } = await ownMoney(500n);

    await fillEnvelope(500n, of);

    expect(await balanceOf(id)).toMatchObject({ available: 500n });
    expect(await postingsOfEnvelope(id)).toMatchObject([
      { kind: 'open', from: 'outside', to: 'available', amountMinor: 500n },
    ]);
  });
});

describe('amounts beyond 2^53 piastres', () => {
  it('stay exact', async () => {
    const { id } = await ownMoney(9_007_199_254_740_993n);

    expect(await balanceOf(id)).toMatchObject({ available: 9_007_199_254_740_993n });
  });
});

describe('a plan that is not published', () => {
  it('cannot be recorded under, and the attempt is retried', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('screening', calmPlan, requestId).entries();

    const attempt = activities.recordEntries({ requestId, runId: 'run-1', planHash: `not-${calmHash}`, entries });

    await expect(attempt).rejects.toThrow('is not published');
  });
});
