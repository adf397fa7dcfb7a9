// One item in one session, as the entries tell of it: what the minutes are written from, from its opening to its closing.
import { describe, expect, it } from '@jest/globals';
import { sittingsOf } from '../../domain/approval/sitting.js';
import type { PersonBodies } from '../../domain/command.js';
import type { Journey } from '../support/journey.js';
import { approveBody, dayMs, journeyTo, openWith, startMs } from '../support/journey.js';
import { members, people } from '../support/people.js';

const [first, second] = members;
if (!first || !second) throw new Error('the committee has members');

const opened = (body: Partial<PersonBodies['openItem']> = {}): Journey =>
  journeyTo('committee').act(people.secretary, 'openItem', { ...openWith(), ...body });
const voted = (told: Journey): Journey => {
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
  return told;
};
const closed = (told: Journey, body: Partial<PersonBodies['closeItem']>): Journey =>
  told.act(people.chair, 'closeItem', { ...approveBody, ...body }, { reason: 'as discussed' });
const sittings = (told: Journey) => sittingsOf(told.entries(), 'session-1');
const usual = {
  ...{ byPersonId: 'chair', byName: 'chair', reason: 'as discussed', castingVote: false, answersToObjections: {} },
  ...{ tally: { approve: 8, reject: 0, abstain: 0 }, amountMinor: null, conditions: [], points: [], untilMs: null },
};
const closing = (told: Journey) => sittings(told).at(-1)?.closing;

describe('an item that is open', () => {
  it('has who is there, nothing cast yet and no closing', () => {
    const told = opened({ recused: [second.personId] });
    expect(sittings(told)).toEqual([
      {
        ...{ openedAtMs: told.nowMs(), present: openWith().present, recused: [second.personId], recusedDuring: [] },
        ...{ secret: false, votes: {}, closing: null },
      },
    ]);
  });

  it('keeps each vote as it stands and who had to leave it, not who said they have no interest', () => {
    const told = opened().act(first, 'castVote', { vote: 'approve' }).act(second, 'castVote', { vote: 'abstain' });
    told.act(first, 'castVote', { vote: 'reject' }).wait(dayMs);
    told.act(second, 'declareInterest', { interest: 'conflict' });
    told.act(first, 'declareInterest', { interest: 'none' });
    expect(sittings(told)).toMatchObject([
      {
        ...{ openedAtMs: told.nowMs() - dayMs, recusedDuring: [second.personId], closing: null },
        votes: { [first.personId]: 'reject', [second.personId]: 'abstain' },
      },
    ]);
  });

  it('is found behind the interests that were put on record with its opening', () => {
    const told = opened({ interests: [{ personId: first.personId, kinds: ['employee'] }] });
    expect(told.entries().at(-1)?.events[0]?.kind).toBe('interestDerived');
    expect(sittings(told)).toMatchObject([{ recused: [first.personId] }]);
  });

  it('is secret where its session was', () => {
    const session = { version: 3, ballot: 'secret' as const, atMs: startMs };
    expect(sittings(opened({ session }))).toMatchObject([{ secret: true }]);
  });
});

describe('the closing', () => {
  it('of an award has the sum and the conditions', () => {
    const told = closed(voted(opened()), { amountMinor: '5000', conditions: ['offers first'] });
    expect(closing(told)).toEqual({
      ...{ ...usual, atMs: told.nowMs(), verdict: 'approve', amountMinor: '5000', conditions: ['offers first'] },
    });
  });

  it('of a return has the points', () => {
    const points = [{ section: 'budget', note: 'mend' }];
    const told = closed(voted(opened()), { verdict: 'return', points });
    expect(closing(told)).toEqual({ ...usual, atMs: told.nowMs(), verdict: 'return', points });
  });

  it('of a deferral has its date', () => {
    const told = voted(opened());
    const untilMs = told.nowMs() + 3 * dayMs;
    closed(told, { verdict: 'defer', deferUntilMs: untilMs });
    expect(closing(told)).toEqual({ ...usual, atMs: told.nowMs(), verdict: 'defer', untilMs });
  });

  it('ends the sitting: what comes later is not part of it', () => {
    const told = closed(voted(opened()), {}).wait(dayMs).reserve();
    const before = sittings(told);
    told.act(first, 'declareInterest', { interest: 'conflict' });
    expect(sittings(told)).toEqual(before);
    expect(before[0]?.recusedDuring).toEqual([]);
  });

  it('has an empty reason where the entry has none', () => {
    const told = closed(voted(opened()), {});
    const entries = told.entries().map(({ reason, ...entry }) => ({ entry, had: reason !== undefined }));
    expect(entries.some(({ had }) => had)).toBe(true);
    expect(
      sittingsOf(
        entries.map(({ entry }) => entry),
        'session-1',
      )[0]?.closing?.reason,
    ).toBe('');
  });
});

describe('a session', () => {
  it('has no sitting of an item that another session had', () => {
    const told = opened({ sessionId: 'session-2' });
    expect(sittings(told)).toEqual([]);
    expect(sittingsOf(told.entries(), 'session-2')).toHaveLength(1);
  });
});
