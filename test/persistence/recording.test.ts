// Recording entries of a request: once, twice, in part, out of order, and with another content under a known seq.
import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../domain/audit-entry.js';
import { applyEntry } from '../../domain/apply.js';
import { emptyRequest } from '../../domain/grant-request.js';
import { tasksOf } from '../../domain/task.js';
import { timelineOf } from '../../persistence/audit-entry.reads.js';
import { postingsOfRequest } from '../../persistence/ledger.reads.js';
import { instructionsOf } from '../../persistence/payment-instruction.reads.js';
import { recordedVersion, requestById } from '../../persistence/request.reads.js';
import { freezeSnapshot } from '../../persistence/snapshot.repository.js';
import { tasksOfRequest } from '../../persistence/task.reads.js';
import { fingerprintConflict } from '../../workflows/contract.js';
import { fileOf, journey, journeyTo, startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { acceptedMeanwhile, fillEnvelope, newRequestId, record, useDatabase } from './support.js';

useDatabase();

const everything = async (requestId: string) => ({
  request: await requestById(requestId),
  tasks: await tasksOfRequest(requestId),
  timeline: await timelineOf({ kind: 'request', id: requestId }, 0, 1_000),
  postings: await postingsOfRequest(requestId),
  instructions: await instructionsOf(requestId),
});

describe('a whole journey, recorded entry by entry', () => {
  it('shows after every entry the state that the workflow has, and exactly its open tasks', async () => {
    await fillEnvelope(10_000_000_000n);
    const requestId = newRequestId();
    const entries = journeyTo(undefined, calmPlan, requestId).entries();

    let state = emptyRequest(requestId, 0, 0);
    for (const entry of entries) {
      await record(requestId, [entry]);
      state = applyEntry(state, entry);

      const shown = await requestById(requestId);
      expect(shown).toMatchObject({ version: entry.seq, state, stage: state.position.stage, outcome: state.outcome });
      const waiting = tasksOf(state, { plan: calmPlan, nowMs: entry.atMs });
      expect((await tasksOfRequest(requestId)).map(({ name }) => name)).toEqual(waiting.map(({ name }) => name).sort());
    }

    expect(await requestById(requestId)).toMatchObject({ status: 'closed', nextDueAt: null, awardMinor: '60000000' });
    expect(await timelineOf({ kind: 'request', id: requestId }, 0, 1_000)).toHaveLength(entries.length);
  });
});

describe('the same entries recorded twice', () => {
  it('has the effect of once, whole or in part', async () => {
    const requestId = newRequestId();
    const entries = journeyTo(undefined, calmPlan, requestId).entries();
    const first = await record(requestId, entries);
    const before = await everything(requestId);

    const again = await record(requestId, entries, 'run-2');
    const part = await record(requestId, entries.slice(3, 9));

    expect(again).toEqual(first);
    // What was not among the entries was not compared either: the workflow keeps it until a recording has done so.
    expect(part.version).toBe(9);
    expect(await everything(requestId)).toEqual(before);
  });

  it('applies what is new when only the beginning is known', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('committee', calmPlan, requestId).entries();
    await record(requestId, entries.slice(0, 4));

    const answer = await record(requestId, entries.slice(2));

    expect(answer.version).toBe(entries.length);
    expect(await requestById(requestId)).toMatchObject({ stage: 'committee', version: entries.length });
    expect((await timelineOf({ kind: 'request', id: requestId }, 0, 100)).map(({ seq }) => seq)).toEqual(
      entries.map(({ seq }) => seq),
    );
  });

  it('has the effect of once when both calls run at the same time', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('committee', calmPlan, requestId).entries();

    const calls = await Promise.allSettled([record(requestId, entries), record(requestId, entries)]);
    const settled = await record(requestId, entries);

    expect(calls.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(settled.version).toBe(entries.length);
    expect(await timelineOf({ kind: 'request', id: requestId }, 0, 100)).toHaveLength(entries.length);
  });
});

describe('what a request accepts while its recording runs', () => {
  it('is taken along by the same recording, which answers how far it came', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('committee', calmPlan, requestId).entries();
    acceptedMeanwhile.push(entries.slice(1, 3), entries.slice(3));

    const answer = await record(requestId, entries.slice(0, 1));

    expect(answer).toEqual({ version: entries.length, reservations: [] });
    expect((await timelineOf({ kind: 'request', id: requestId }, 0, 100)).map(({ seq }) => seq)).toEqual(
      entries.map(({ seq }) => seq),
    );
  });

  it('waits for the next one where the request waits for an answer of this one', async () => {
    await fillEnvelope(10_000_000_000n);
    const requestId = newRequestId();
    const entries = journeyTo(undefined, calmPlan, requestId).entries();
    const asked = entries.findIndex(({ events }) => events.some(({ kind }) => kind === 'fundsAsked')) + 1;
    acceptedMeanwhile.push(entries.slice(asked));

    const answer = await record(requestId, entries.slice(0, asked));

    expect(answer).toMatchObject({ version: asked, reservations: [{ outcome: 'reserved' }] });
    expect(acceptedMeanwhile.splice(0)).toHaveLength(1);
  });

  it('is not waited for at the end of a request', async () => {
    await fillEnvelope(10_000_000_000n);
    const requestId = newRequestId();
    const entries = journeyTo(undefined, calmPlan, requestId).entries();
    const asked = entries.findIndex(({ events }) => events.some(({ kind }) => kind === 'fundsAsked')) + 1;
    await record(requestId, entries.slice(0, asked));
    acceptedMeanwhile.push(entries.slice(0, 1));

    const answer = await record(requestId, entries.slice(asked));

    expect(answer.version).toBe(entries.length);
    expect(acceptedMeanwhile.splice(0)).toHaveLength(1);
  });
});

describe('an entry that differs from the one recorded under its seq', () => {
  it('is a conflict that is not retried, and nothing changes', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('technical-review', calmPlan, requestId).entries();
    await record(requestId, entries);
    const before = await everything(requestId);
    const forged = entries.map((entry): Entry => (entry.seq === 2 ? { ...entry, reason: 'another reason' } : entry));

    const conflict = record(requestId, forged);

    await expect(conflict).rejects.toMatchObject({ type: fingerprintConflict, nonRetryable: true });
    expect(await everything(requestId)).toEqual(before);
  });

  it('is a conflict even when new entries follow it', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('technical-review', calmPlan, requestId).entries();
    await record(requestId, entries.slice(0, 2));
    const forged = entries.map((entry): Entry => (entry.seq === 2 ? { ...entry, atMs: entry.atMs + 1 } : entry));

    await expect(record(requestId, forged)).rejects.toMatchObject({ type: fingerprintConflict });
    expect(await recordedVersion(requestId)).toBe(2);
  });
});

describe('entries that come before those they follow', () => {
  it('fail in a way that is retried, and nothing is recorded', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('technical-review', calmPlan, requestId).entries();

    const early = record(requestId, entries.slice(1));

    await expect(early).rejects.toThrow('entry 2 came before 1');
    await expect(early).rejects.not.toHaveProperty('nonRetryable', true);
    expect(await requestById(requestId)).toBeNull();
  });
});

describe('a submission with its frozen text', () => {
  it('gives request and tasks their number and titles', async () => {
    const requestId = newRequestId();
    const named = { requestId, reference: 'SND-2026-000123', titleAr: 'ورشة', titleEn: 'Workshop', sections: {} };
    const { _id: id, sha256 } = await freezeSnapshot(named, new Date(startMs));
    const story = journey(calmPlan, requestId).act(people.samira, 'submitRequest', {
      file: fileOf({ snapshot: { id, sha256 } }),
    });

    await record(requestId, story.entries());

    const heading = { reference: 'SND-2026-000123', titleAr: 'ورشة', titleEn: 'Workshop' };
    expect(await requestById(requestId)).toMatchObject(heading);
    expect(await tasksOfRequest(requestId)).toMatchObject([{ name: 'screen', role: 'screeningOfficer', ...heading }]);
  });
});
