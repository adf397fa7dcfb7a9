// A committee session as the register keeps it: terms before it opens, who came and left, closing, publishing its minutes.
import { describe, expect, it } from '@jest/globals';
import type {
  Attendee,
  CommitteeSession,
  Movement,
  SessionDecision,
  SessionTerms,
} from '../../domain/approval/session.js';
import {
  closeSession,
  editSession,
  itemFault,
  openSession,
  presentAt,
  publishMinutes,
  recordAttendance,
  scheduleSession,
} from '../../domain/approval/session.js';

const startMs = Date.UTC(2026, 2, 1, 8);
const minute = (count: number): number => startMs + count * 60_000;
const terms: SessionTerms = {
  heldAtMs: startMs,
  ballot: 'open',
  chair: 'chair',
  secretary: 'secretary',
  members: ['member-1', 'member-2'],
  agenda: ['request-1', 'request-2'],
};
const attendees = (...ids: readonly string[]): Attendee[] =>
  ids.map((personId) => ({ personId, natural: `person of ${personId}`, isMember: true }));
const came = (personId: string, at = 0): Movement => ({ personId, movement: 'came', atMs: minute(at) });
const left = (personId: string, at: number): Movement => ({ personId, movement: 'left', atMs: minute(at) });

const after = ({ after: session, refusal }: SessionDecision): CommitteeSession => {
  if (session === undefined) throw new Error(`refused: ${JSON.stringify(refusal)}`);
  return session;
};
const scheduled = (): CommitteeSession => after(scheduleSession('session-1', terms));
const opened = (): CommitteeSession => after(openSession(scheduled(), minute(0)));
const attended = (movements: readonly Movement[], session = opened()): SessionDecision =>
  recordAttendance(session, movements, {
    attendees: attendees(...new Set(movements.map(({ personId }) => personId))),
    nowMs: minute(60),
  });

describe('before a session opens', () => {
  it('its terms can be changed, and not afterwards', () => {
    expect(editSession(scheduled(), { ...terms, agenda: ['request-2'] }).after).toMatchObject({
      version: 2,
      agenda: ['request-2'],
    });
    expect(editSession(opened(), terms).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'session-scheduled', accepted: 'open' },
    });
  });

  it('nobody is named twice, and nobody both chairs it and writes it up', () => {
    expect(scheduleSession('s', { ...terms, agenda: ['a', 'a'] }).refusal?.rule).toBe('agenda-distinct');
    expect(scheduleSession('s', { ...terms, members: ['a', 'a'] }).refusal?.rule).toBe('members-distinct');
    expect(scheduleSession('s', { ...terms, secretary: 'chair' }).refusal?.code).toBe('dutyConflict');
  });

  it('it needs something to decide', () => {
    const empty = after(editSession(scheduled(), { ...terms, agenda: [] }));
    expect(openSession(empty, startMs).refusal?.rule).toBe('agenda-empty');
  });
});

describe('attendance', () => {
  it('says who is in the room at a moment', () => {
    const session = after(
      attended([came('member-1'), came('member-2', 5), left('member-1', 10), came('member-1', 20)]),
    );
    expect([0, 7, 15, 25].map((at) => presentAt(session, minute(at)))).toEqual([
      ['member-1'],
      ['member-1', 'member-2'],
      ['member-2'],
      ['member-2', 'member-1'],
    ]);
  });

  it.each([
    ['somebody who is there comes again', [came('member-1'), came('member-1', 5)]],
    ['somebody leaves who never came', [left('member-1', 5)]],
    ['somebody leaves before coming', [came('member-1', 5), left('member-1', 4)]],
    ['somebody will have come', [came('member-1', 61)]],
  ])('is refused when %s', (_case, movements) => {
    expect(attended(movements).refusal).toMatchObject({ code: 'conditionsNotMet', rule: 'attendance-in-order' });
  });

  it('counts natural persons: a second account of the same person is not let in', () => {
    const twins = attendees('member-1', 'member-2').map((attendee) => ({ ...attendee, natural: 'one person' }));
    const refused = recordAttendance(opened(), [came('member-2')], { attendees: twins, nowMs: minute(1) });
    expect(refused.refusal).toEqual({ code: 'conditionsNotMet', rule: 'present-distinct' });
  });

  it('is for members of the committee, in an open session', () => {
    const guest = [{ personId: 'guest', natural: 'guest', isMember: false }];
    const refused = recordAttendance(opened(), [came('guest')], { attendees: guest, nowMs: minute(1) });
    expect(refused.refusal?.rule).toBe('committee-members-only');
    expect(attended([came('member-1')], scheduled()).refusal?.rule).toBe('session-open');
  });
});

describe('an item', () => {
  it('opens in an open session that has it on its agenda', () => {
    expect(itemFault(scheduled(), 'request-1')?.refusal.rule).toBe('session-not-open');
    expect(itemFault(opened(), 'request-3')?.refusal.rule).toBe('not-on-agenda');
    expect(itemFault(opened(), 'request-1')).toBeNull();
  });
});

describe('closing a session', () => {
  it('waits for its ballots, and sends everybody home', () => {
    const session = after(attended([came('member-1')]));
    expect(closeSession(session, ['request-2'], minute(90)).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'items-closed', accepted: 'request-2' },
    });
    const closed = after(closeSession(session, [], minute(90)));
    expect(closed).toMatchObject({ state: 'closed', attendance: [{ personId: 'member-1', leftAtMs: minute(90) }] });
  });

  it('lets its chair publish the minutes, once', () => {
    const minutes = { publishedAtMs: minute(100), ar: 'a'.repeat(64), en: 'b'.repeat(64) };
    const closed = after(closeSession(opened(), [], minute(90)));
    expect(publishMinutes(opened(), 'chair', minutes).refusal?.rule).toBe('session-closed');
    expect(publishMinutes(closed, 'other-chair', minutes).refusal?.code).toBe('notAssigned');
    const published = after(publishMinutes(closed, 'chair', minutes));
    expect(published.minutes).toEqual(minutes);
    expect(publishMinutes(published, 'chair', minutes).refusal?.code).toBe('alreadyActed');
  });
});
