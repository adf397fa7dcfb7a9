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

  it('has nobody in it, and its version grows with each change', () => {
    expect(scheduleSession('session-1', terms).after).toEqual({
      ...{ id: 'session-1', version: 1, state: 'scheduled', ...terms },
      ...{ attendance: [], openedAtMs: null, closedAtMs: null, minutes: null },
    });
    expect(openSession(scheduled(), minute(3)).after).toEqual({
      ...{ ...scheduled(), version: 2, state: 'open', openedAtMs: minute(3) },
    });
    expect(openSession(opened(), minute(3)).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'session-scheduled', accepted: 'open' },
    });
  });

  it('nobody is named twice, and nobody both chairs it and writes it up', () => {
    const faults = [
      [{ agenda: ['a', 'a'] }, { code: 'conditionsNotMet', rule: 'agenda-distinct' }],
      [{ members: ['a', 'a'] }, { code: 'conditionsNotMet', rule: 'members-distinct' }],
      [{ secretary: 'chair' }, { code: 'dutyConflict', rule: 'run-session-with-vote' }],
    ] as const;
    for (const [change, refusal] of faults) {
      expect(scheduleSession('s', { ...terms, ...change }).refusal).toEqual(refusal);
      expect(editSession(scheduled(), { ...terms, ...change }).refusal).toEqual(refusal);
    }
  });

  it('it needs something to decide', () => {
    const empty = after(editSession(scheduled(), { ...terms, agenda: [] }));
    expect(openSession(empty, startMs).refusal).toEqual({ code: 'conditionsNotMet', rule: 'agenda-empty' });
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

  it('counts from the instant of coming until the instant of leaving', () => {
    const session = after(attended([came('member-1', 5), left('member-1', 10)]));
    const moments = [minute(5) - 1, minute(5), minute(10) - 1, minute(10)];
    expect(moments.map((at) => presentAt(session, at).length)).toEqual([0, 1, 1, 0]);
  });

  it('keeps each stay for itself', () => {
    const stays = [came('member-1'), came('member-2', 1), left('member-1', 2), came('member-1', 2)];
    const session = after(attended(stays));
    expect(session.attendance).toEqual([
      { personId: 'member-1', cameAtMs: minute(0), leftAtMs: minute(2) },
      { personId: 'member-2', cameAtMs: minute(1), leftAtMs: null },
      { personId: 'member-1', cameAtMs: minute(2), leftAtMs: null },
    ]);
    const everybody = { attendees: attendees('member-1', 'member-2'), nowMs: minute(60) };
    const gone = after(recordAttendance(session, [left('member-1', 9)], everybody));
    expect(gone.attendance).toEqual([
      { personId: 'member-1', cameAtMs: minute(0), leftAtMs: minute(2) },
      { personId: 'member-2', cameAtMs: minute(1), leftAtMs: null },
      { personId: 'member-1', cameAtMs: minute(2), leftAtMs: minute(9) },
    ]);
    expect(gone.version).toBe(session.version + 1);
  });

  it('is noted up to this instant, for each person in order', () => {
    expect(attended([came('member-1', 60)]).refusal).toBeUndefined();
    expect(attended([came('member-1', 9), came('member-2', 3)]).refusal).toBeUndefined();
    expect(attended([came('member-1', 1), left('member-1', 1)]).refusal).toBeUndefined();
    expect(attended([came('member-1', 0), left('member-1', 9), came('member-1', 8)]).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'attendance-in-order', accepted: 'member-1' },
    });
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
    expect(refused.refusal).toEqual({ code: 'conditionsNotMet', rule: 'committee-members-only' });
    const among = [...attendees('member-1'), ...guest];
    for (const movements of [[came('guest')], [came('member-1'), came('guest')], [came('guest'), came('member-1')]]) {
      const asked = recordAttendance(opened(), movements, { attendees: among, nowMs: minute(1) });
      expect(asked.refusal?.rule).toBe('committee-members-only');
    }
    const unknown = recordAttendance(opened(), [came('guest')], { attendees: [], nowMs: minute(1) });
    expect(unknown.refusal?.rule).toBe('committee-members-only');
    expect(attended([came('member-1')], scheduled()).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'session-open', accepted: 'scheduled' },
    });
  });

  it('lets somebody leave whose seat ended meanwhile', () => {
    const session = after(attended([came('member-1')]));
    const before = [{ personId: 'member-1', natural: 'one', isMember: false }];
    const gone = recordAttendance(session, [left('member-1', 5)], { attendees: before, nowMs: minute(60) });
    expect(presentAt(after(gone), minute(6))).toEqual([]);
  });
});

describe('an item', () => {
  it('opens in an open session that has it on its agenda', () => {
    expect(itemFault(scheduled(), 'request-1')?.refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'session-not-open', accepted: 'scheduled' },
    });
    expect(itemFault(opened(), 'request-3')?.refusal).toEqual({ code: 'conditionsNotMet', rule: 'not-on-agenda' });
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
    expect(closed).toMatchObject({
      ...{ state: 'closed', closedAtMs: minute(90), attendance: [{ personId: 'member-1', leftAtMs: minute(90) }] },
    });
  });

  it('says which ballots are open still, and is done once', () => {
    const items = ['request-1', 'request-2'];
    expect(closeSession(opened(), items, minute(90)).refusal?.accepted).toBe('request-1 request-2');
    const closed = after(closeSession(opened(), [], minute(90)));
    expect(closeSession(closed, [], minute(91)).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'session-open', accepted: 'closed' },
    });
  });

  it('leaves those who had gone before as they were', () => {
    const session = after(attended([came('member-1'), came('member-2'), left('member-1', 5)]));
    expect(after(closeSession(session, [], minute(90))).attendance.map(({ leftAtMs }) => leftAtMs)).toEqual([
      minute(5),
      minute(90),
    ]);
  });

  it('lets its chair publish the minutes, once', () => {
    const minutes = { publishedAtMs: minute(100), ar: 'a'.repeat(64), en: 'b'.repeat(64) };
    const closed = after(closeSession(opened(), [], minute(90)));
    expect(publishMinutes(opened(), 'chair', minutes).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'session-closed', accepted: 'open' },
    });
    expect(publishMinutes(closed, 'other-chair', minutes).refusal).toEqual({
      ...{ code: 'notAssigned', rule: 'session-chair' },
    });
    const published = after(publishMinutes(closed, 'chair', minutes));
    expect(published.minutes).toEqual(minutes);
    expect(publishMinutes(published, 'chair', minutes).refusal).toEqual({
      ...{ code: 'alreadyActed', rule: 'minutes-published' },
    });
  });
});
