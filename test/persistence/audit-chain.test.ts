// The audit trail as stored: its chain verifies, and whatever is changed, removed or moved in the database is found.
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChainFault } from '../../domain/audit/chain.js';
import { verifyChain } from '../../domain/audit/chain.js';
import { auditEntryCollection } from '../../persistence/audit-entry.model.js';
import { chainOf, subjectsWithEntries, timelineOf } from '../../persistence/audit-entry.reads.js';
import { requestById } from '../../persistence/request.reads.js';
import { hashing } from '../../platform/hashing.js';
import { journeyTo } from '../support/journey.js';
import { calmPlan } from '../support/plans.js';
import { fillEnvelope, newRequestId, record, useDatabase } from './support.js';

useDatabase();

const verify = async (requestId: string): Promise<ChainFault[]> =>
  verifyChain({ kind: 'request', id: requestId }, await chainOf({ kind: 'request', id: requestId }), hashing);

describe('a recorded request', () => {
  let requestId = '';
  beforeAll(() => fillEnvelope(10_000_000_000n));
  beforeEach(async () => {
    requestId = newRequestId();
    const entries = journeyTo(undefined, calmPlan, requestId).entries();
    await record(requestId, entries.slice(0, 10));
    await record(requestId, entries.slice(10));
  });
  const rowAt = (seq: number) => ({ subjectKind: 'request', subjectId: requestId, seq }) as const;

  it('has a chain that verifies, and its document ends with the chain', async () => {
    const chain = await chainOf({ kind: 'request', id: requestId });

    expect(await verify(requestId)).toEqual([]);
    expect((await requestById(requestId))?.headHash).toBe(chain.at(-1)?.hash);
  });

  it('shows an entry whose reason was changed', async () => {
    await auditEntryCollection().updateOne(rowAt(7), { $set: { reason: 'a better one' } });

    expect(await verify(requestId)).toEqual([{ seq: 7, fault: 'hash' }]);
  });

  it('shows an entry whose actor lost a role', async () => {
    await auditEntryCollection().updateOne(rowAt(2), { $set: { 'actor.roles': [] } });

    expect(await verify(requestId)).toEqual([{ seq: 2, fault: 'hash' }]);
  });

  it('shows that an entry was taken out', async () => {
    await auditEntryCollection().deleteOne(rowAt(5));

    expect((await verify(requestId))[0]).toEqual({ seq: 6, fault: 'gap' });
  });

  it('shows entries that were moved here from another request', async () => {
    const other = newRequestId();
    await auditEntryCollection().updateMany({ subjectId: requestId }, { $set: { subjectId: other } });

    expect((await verify(other))[0]).toEqual({ seq: 1, fault: 'previous-hash' });
  });

  it('keeps run and time of writing outside the hash', async () => {
    await auditEntryCollection().updateOne(rowAt(3), { $set: { runId: 'another', writtenAt: new Date(0) } });

    expect(await verify(requestId)).toEqual([]);
  });

  it('pages its timeline by seq', async () => {
    const page = await timelineOf({ kind: 'request', id: requestId }, 3, 4);

    expect(page.map(({ seq }) => seq)).toEqual([4, 5, 6, 7]);
    expect(page[0]).toMatchObject({ runId: 'run-1', subjectId: requestId });
  });

  it('refuses a second row under the same seq', async () => {
    const [row] = await timelineOf({ kind: 'request', id: requestId }, 0, 1);
    if (row === undefined) throw new Error('nothing is recorded');

    await expect(auditEntryCollection().insertOne({ ...row })).rejects.toMatchObject({ code: 11_000 });
  });

  it('is among the subjects to verify', async () => {
    const subjects: string[] = [];
    for await (const subject of subjectsWithEntries()) subjects.push(`${subject.kind} ${subject.id}`);

    expect(subjects).toContain(`request ${requestId}`);
  });
});
