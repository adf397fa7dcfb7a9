// Payments: instructions claimed by batches, held by suspensions, sent once, and the bank's word brought to the request.
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BatchLine } from '../../domain/money/payment-batch.js';
import {
  batchClaimCollection,
  paymentInstructionCollection,
  PaymentInstructionModel,
} from '../../persistence/payment-instruction.model.js';
import { instructionsOf, releasedInstructions } from '../../persistence/payment-instruction.reads.js';
import { postingsOfRequest } from '../../persistence/ledger.reads.js';
import type { Journey } from '../support/journey.js';
import { journeyTo, paymentFacts } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { activities, fillEnvelope, newRequestId, record, told, useDatabase } from './support.js';

useDatabase();
beforeAll(() => fillEnvelope(100_000_000_000n));
beforeEach(async () => {
  await paymentInstructionCollection().deleteMany({});
  await batchClaimCollection().deleteMany({});
});

const instruct = (story: Journey): Journey =>
  story
    .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(story.nowMs()) })
    .act(people.releaser, 'releaseTranche', { number: 1 });

/** A request whose first tranche is released to the bank, recorded. */
const instructed = async (): Promise<Journey> => {
  const story = instruct(journeyTo('implementation', calmPlan, newRequestId()));
  await record(story.request().id, story.entries());
  return story;
};
const recordAll = (story: Journey) => record(story.request().id, story.entries());
const stateOf = async (story: Journey) =>
  (await instructionsOf(story.request().id)).map(({ state, held, live }) => ({ state, held, live }));
const idOf = (story: Journey): string => `${story.request().id}-t1-1`;
const ids = (lines: readonly BatchLine[]): string[] => lines.map((line) => line.instructionId).sort();
const sumOf = (lines: readonly BatchLine[]): string =>
  lines.reduce((sum, line) => sum + BigInt(line.amountMinor), 0n).toString();
const send = (batchId: string, lines: readonly BatchLine[]) =>
  activities.sendBatch({ batchId, lines, controlSumMinor: sumOf(lines) });

describe('a tranche that was released', () => {
  it('has one live instruction with its preparer, ready for a batch', async () => {
    const story = await instructed();

    expect(await releasedInstructions(10)).toMatchObject([
      {
        _id: idOf(story),
        number: 1,
        amountMinor: '21600000',
        preparedBy: 'finance',
        accountId: 'account-1',
        live: true,
      },
    ]);
  });

  it('cannot have a second live instruction, whoever writes it', async () => {
    const story = await instructed();
    const [first] = await instructionsOf(story.request().id);
    if (first === undefined) throw new Error('no instruction');

    const second = PaymentInstructionModel.create({ ...first, _id: `${first._id}-again` });

    await expect(second).rejects.toMatchObject({ code: 11_000 });
  });
});

describe('batches that claim at the same time', () => {
  it('never take the same instruction, and together take all', async () => {
    const stories = await Promise.all(Array.from({ length: 5 }, instructed));

    const claims = await Promise.all(
      ['race-a', 'race-b', 'race-c'].map((batchId) => activities.claimInstructions({ batchId, limit: 3 })),
    );
    const rest = await activities.claimInstructions({ batchId: 'race-rest', limit: 50 });

    const all = [...claims.flat(), ...rest];
    expect(ids(all)).toEqual(stories.map(idOf).sort());
    expect(claims.every((lines) => lines.length <= 3)).toBe(true);
  });

  it('get the same lines again when they ask again, and never more', async () => {
    await instructed();
    const first = await activities.claimInstructions({ batchId: 'repeat', limit: 2 });
    await instructed();

    const again = await Promise.all([1, 2].map(() => activities.claimInstructions({ batchId: 'repeat', limit: 2 })));

    expect(again).toEqual([first, first]);
    expect(await releasedInstructions(10)).toHaveLength(1);
  });

  it('take the oldest first', async () => {
    const stories = [await instructed(), await instructed(), await instructed()];
    await Promise.all(
      stories.map((story, index) =>
        paymentInstructionCollection().updateOne({ _id: idOf(story) }, { $set: { releasedAt: new Date(10 - index) } }),
      ),
    );

    const lines = await activities.claimInstructions({ batchId: 'oldest', limit: 2 });

    expect(lines.map((line) => line.instructionId)).toEqual(
      [stories[2], stories[1]].map((story) => story && idOf(story)),
    );
  });
});

describe('claims that are released', () => {
  it('can be taken by another batch, and a late repeat does not take them away from it', async () => {
    const story = await instructed();
    await activities.claimInstructions({ batchId: 'first', limit: 5 });
    const release = { batchId: 'first', instructionIds: [idOf(story)] };
    await activities.releaseClaims(release);

    const lines = await activities.claimInstructions({ batchId: 'second', limit: 5 });
    await activities.releaseClaims(release);

    expect(ids(lines)).toEqual([idOf(story)]);
    expect((await instructionsOf(story.request().id))[0]).toMatchObject({ state: 'claimed', batchId: 'second' });
  });
});

describe('a request that is suspended', () => {
  it('before the claim: no batch takes its payment until the suspension is lifted', async () => {
    const story = await instructed();
    await recordAll(story.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }));
    const during = await activities.claimInstructions({ batchId: 'during', limit: 5 });
    await recordAll(story.act(people.deputy, 'liftSuspension', {}));

    const after = await activities.claimInstructions({ batchId: 'after', limit: 5 });

    expect(during).toEqual([]);
    expect(ids(after)).toEqual([idOf(story)]);
  });

  it('after the release of the batch: the batch is held back whole and names the line', async () => {
    const [stopped, other] = [await instructed(), await instructed()];
    const lines = await activities.claimInstructions({ batchId: 'held', limit: 5 });
    await recordAll(stopped.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }));

    const answer = await send('held', lines);

    expect(answer).toEqual({ outcome: 'held-back', instructionIds: [idOf(stopped)] });
    expect(await stateOf(other)).toEqual([{ state: 'claimed', held: false, live: true }]);
    expect(await activities.readBankStatuses({ batchId: 'held', instructionIds: ids(lines) })).toEqual([]);
  });

  it('after the file has left: the payment is not held any more', async () => {
    const story = await instructed();
    const lines = await activities.claimInstructions({ batchId: 'left', limit: 5 });
    await send('left', lines);

    await recordAll(story.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }));

    expect(await stateOf(story)).toEqual([{ state: 'sent', held: false, live: true }]);
  });
});

describe('a batch that is sent', () => {
  it('reaches the bank once, however often it is sent, under the same hash', async () => {
    await instructed();
    const lines = await activities.claimInstructions({ batchId: 'sent-twice', limit: 5 });

    const first = await send('sent-twice', lines);
    const again = await send('sent-twice', lines);

    expect(first).toMatchObject({ outcome: 'sent', fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(again).toEqual(first);
    expect(await activities.readBankStatuses({ batchId: 'sent-twice', instructionIds: ids(lines) })).toEqual(
      lines.map(({ instructionId }) => ({ instructionId, status: 'settled' })),
    );
  });

  it('does not leave when its sum is not the one that was released', async () => {
    await instructed();
    const lines = await activities.claimInstructions({ batchId: 'wrong-sum', limit: 5 });

    const attempt = activities.sendBatch({ batchId: 'wrong-sum', lines, controlSumMinor: '1' });

    await expect(attempt).rejects.toThrow('was released for 1');
    expect(await activities.readBankStatuses({ batchId: 'wrong-sum', instructionIds: ids(lines) })).toEqual([]);
  });

  it('does not leave with lines that another batch holds', async () => {
    await instructed();
    const lines = await activities.claimInstructions({ batchId: 'owner', limit: 5 });

    await expect(send('thief', lines)).rejects.toThrow('does not hold');
  });
});

describe("the bank's word", () => {
  it('settles an instruction once, however often it is recorded', async () => {
    const story = (await instructed()).pay(1, 'settled');

    await recordAll(story);
    await recordAll(story);

    expect(await stateOf(story)).toEqual([{ state: 'settled', held: false, live: true }]);
    expect((await postingsOfRequest(story.request().id)).filter(({ kind }) => kind === 'disburse')).toHaveLength(1);
  });

  it('ends a rejected instruction, and its replacement becomes the live one', async () => {
    const story = await instructed();
    await recordAll(instruct(story.pay(1, 'rejected')));

    expect(await instructionsOf(story.request().id)).toMatchObject([
      { _id: idOf(story), state: 'rejected', live: false },
      { _id: `${story.request().id}-t1-2`, state: 'released', live: true, replaces: idOf(story) },
    ]);
  });

  it('is told to the request of every line', async () => {
    told.length = 0;
    await instructed();
    const lines = await activities.claimInstructions({ batchId: 'word', limit: 5 });
    const settled = lines.map((line) => ({ ...line, status: 'settled' as const }));

    await activities.reportPaymentStatuses({ batchId: 'word', lines: settled });

    expect(told).toEqual(settled);
  });
});
