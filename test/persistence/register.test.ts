// What the API keeps is never changed without its audit entry, each key has one effect, and racing changes are put in order.
import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { verifyChain } from '../../domain/audit/chain.js';
import type { Actor } from '../../domain/actor.js';
import { changedFields } from '../../domain/audit/register-entry.js';
import { refuse } from '../../domain/refusal.js';
import { chainOf } from '../../persistence/audit-entry.reads.js';
import { counterCollection } from '../../persistence/draft.model.js';
import { registerHeadCollection } from '../../persistence/register-head.model.js';
import type { RegisterDraft } from '../../persistence/register.repository.js';
import { changeRegister } from '../../persistence/register.repository.js';
import { registerHeadOf, registerTimelineOf } from '../../persistence/register.reads.js';
import { hashing } from '../../platform/hashing.js';
import { useDatabase } from './support.js';

useDatabase();

const administrator: Actor = { personId: 'administrator-1', name: 'مديرة', roles: [{ role: 'administrator' }] };
const draftOf = (key: string): RegisterDraft => ({
  atMs: Date.UTC(2026, 2, 1),
  command: 'editCalendar',
  actor: administrator,
  key,
  fingerprint: 'a'.repeat(64),
});
const calendar = () => ({ kind: 'calendar', id: randomUUID() }) as const;

/** Counts how often it took effect, in the same transaction as the entry. */
const counting = (id: string, key: string) =>
  changeRegister({ kind: 'calendar', id }, draftOf(key), async (session, version) => {
    await counterCollection().updateOne({ _id: id }, { $inc: { value: 1 } }, { upsert: true, session });
    return { changed: [{ field: 'version', before: version - 1, after: version }] };
  });
const countOf = async (id: string): Promise<number> => (await counterCollection().findOne({ _id: id }))?.value ?? 0;

describe('a change of the register', () => {
  it('leaves one entry that says who changed what, on a chain that verifies', async () => {
    const subject = calendar();

    await counting(subject.id, 'key-1');
    await counting(subject.id, 'key-2');

    const rows = await registerTimelineOf(subject, 0, 10);
    expect(rows.map(({ seq, command, actor }) => [seq, command, actor.personId])).toEqual([
      [1, 'editCalendar', 'administrator-1'],
      [2, 'editCalendar', 'administrator-1'],
    ]);
    const chain = await chainOf(subject);
    expect(verifyChain(subject, chain, hashing)).toEqual([]);
    expect((await registerHeadOf(subject))?.headHash).toBe(chain.at(-1)?.hash);
  });

  it('has one effect for each key, however often it is sent', async () => {
    const { id } = calendar();

    const first = await counting(id, 'key-1');
    const again = await counting(id, 'key-1');

    expect([first, again]).toEqual([
      { seq: 1, repeated: false },
      { seq: 1, repeated: true },
    ]);
    expect(await countOf(id)).toBe(1);
  });

  it('is put in order with others that come at the same moment', async () => {
    const subject = calendar();

    const all = await Promise.all(Array.from({ length: 12 }, (_, index) => counting(subject.id, `key-${index}`)));

    expect(all.map(({ seq }) => seq).sort((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    expect(await countOf(subject.id)).toBe(12);
    expect(verifyChain(subject, await chainOf(subject), hashing)).toEqual([]);
  });

  it('writes nothing when it is refused', async () => {
    const subject = calendar();

    const refused = await changeRegister(subject, draftOf('key-1'), async (session) => {
      await counterCollection().updateOne({ _id: subject.id }, { $inc: { value: 1 } }, { upsert: true, session });
      return refuse('notYourRole', 'a-second-person');
    });

    expect(refused).toEqual({ refusal: { code: 'notYourRole', rule: 'a-second-person' } });
    expect(await countOf(subject.id)).toBe(0);
    expect(await registerHeadCollection().countDocuments({ _id: `calendar/${subject.id}` })).toBe(0);
  });
});

describe('fields that changed', () => {
  it('are named with what was before and after, gone ones too', () => {
    expect(changedFields({ a: 1, b: [1], gone: true }, { a: 2, b: [1], fresh: 'x' })).toEqual([
      { field: 'a', before: 1, after: 2 },
      { field: 'fresh', before: null, after: 'x' },
      { field: 'gone', before: true, after: null },
    ]);
  });
});
