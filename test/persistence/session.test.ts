// Committee sessions in storage: every change has its entry, and a request stands on one live agenda whatever races.
import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CommitteeSession, SessionDecision, SessionTerms } from '../../domain/approval/session.js';
import { closeSession, openSession, scheduleSession } from '../../domain/approval/session.js';
import { verifyChain } from '../../domain/audit/chain.js';
import type { RegisterCommand } from '../../domain/audit/register-entry.js';
import { chainOf } from '../../persistence/audit-entry.reads.js';
import { registerTimelineOf } from '../../persistence/register.reads.js';
import type { RegisterDraft } from '../../persistence/register.repository.js';
import { agendaClaimCollection } from '../../persistence/session.model.js';
import { changeSession, sessionById, sessionList, sessionPosition } from '../../persistence/session.repository.js';
import { hashing } from '../../platform/hashing.js';
import { startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { useDatabase } from './support.js';

useDatabase();

const termsOf = (agenda: readonly string[], heldAtMs = startMs): SessionTerms => ({
  ...{ heldAtMs, ballot: 'open', chair: 'chair', secretary: 'secretary', members: ['member-1'] },
  agenda,
});
const draftOf = (command: RegisterCommand, key: string = randomUUID()): RegisterDraft => ({
  ...{ atMs: startMs, command, actor: people.secretary, key, fingerprint: 'a'.repeat(64) },
});
const existing = (decide: (session: CommitteeSession) => SessionDecision) => (session: CommitteeSession | null) => {
  if (session === null) throw new Error('the session is kept');
  return decide(session);
};
const schedule = (sessionId: string, agenda: readonly string[], heldAtMs?: number) =>
  changeSession(sessionId, draftOf('scheduleSession'), () => scheduleSession(sessionId, termsOf(agenda, heldAtMs)));
const open = (sessionId: string) =>
  changeSession(
    sessionId,
    draftOf('openSession'),
    existing((session) => openSession(session, startMs)),
  );
const close = (sessionId: string) =>
  changeSession(
    sessionId,
    draftOf('closeSession'),
    existing((session) => closeSession(session, [], startMs)),
  );

describe('a committee session', () => {
  it('is kept with an entry for each change, on a chain that verifies', async () => {
    const sessionId = randomUUID();
    await schedule(sessionId, [randomUUID()]);
    await open(sessionId);

    expect(await sessionById(sessionId)).toMatchObject({ id: sessionId, version: 2, state: 'open' });
    const subject = { kind: 'session', id: sessionId } as const;
    const rows = await registerTimelineOf(subject, 0, 10);
    expect(rows.map(({ command }) => command)).toEqual(['scheduleSession', 'openSession']);
    expect(rows.at(-1)?.changed).toEqual([
      { field: 'state', before: 'scheduled', after: 'open' },
      { field: 'openedAtMs', before: null, after: startMs },
    ]);
    expect(verifyChain(subject, await chainOf(subject), hashing)).toEqual([]);
  });

  it('takes its requests alone: another session gets them only when it is closed', async () => {
    const [first, second, requestId] = [randomUUID(), randomUUID(), randomUUID()];
    await schedule(first, [requestId]);

    expect(await schedule(second, [randomUUID(), requestId])).toEqual({
      refusal: { code: 'conditionsNotMet', rule: 'on-other-agenda', accepted: requestId },
    });
    expect(await sessionById(second)).toBeNull();
    await open(first);
    await close(first);
    expect(await schedule(second, [requestId])).toMatchObject({ seq: 1 });
    expect(await agendaClaimCollection().findOne({ _id: requestId })).toMatchObject({ sessionId: second });
  });

  it('wins a race for a request once, however many try', async () => {
    const requestId = randomUUID();
    const sessionIds = Array.from({ length: 6 }, () => randomUUID());

    const all = await Promise.all(sessionIds.map((sessionId) => schedule(sessionId, [requestId])));

    expect(all.filter(({ refusal }) => refusal === undefined)).toHaveLength(1);
    expect(new Set(all.flatMap(({ refusal }) => (refusal ? [refusal.rule] : [])))).toEqual(
      new Set(['on-other-agenda']),
    );
    const [holder] = await agendaClaimCollection().find({ _id: requestId }).toArray();
    expect(holder?.sessionId).toBe(sessionIds[all.findIndex(({ refusal }) => refusal === undefined)]);
  });
});

describe('the list of sessions', () => {
  it('is newest first, page by page, and finds the session of a request', async () => {
    const requestId = randomUUID();
    const laterMs = startMs + 1_000_000;
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const [index, sessionId] of ids.entries())
      await schedule(sessionId, index === 1 ? [requestId] : [], laterMs + Math.min(index, 1));
    const newest = [...ids.slice(1).sort().reverse(), ids[0]];

    const first = await sessionList({ filter: { state: 'scheduled' }, limit: 2 });
    const last = first.at(-1);
    if (last === undefined) throw new Error('a page has rows');
    const second = await sessionList({ filter: { state: 'scheduled' }, limit: 1, after: sessionPosition(last) });
    expect([...first, ...second].map(({ id }) => id)).toEqual(newest);
    expect((await sessionList({ filter: { requestId }, limit: 5 })).map(({ id }) => id)).toEqual([ids[1]]);
  });
});
