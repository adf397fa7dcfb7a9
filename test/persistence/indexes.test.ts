// Inbox and list at scale: every page is a walk along an index, never a sort or a scan, and pages neither lose nor repeat a row.
import { beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import type { RoleHeld } from '../../domain/actor.js';
import { emptyRequest } from '../../domain/grant-request.js';
import { stageNames } from '../../domain/lifecycle.js';
import { ensureIndexes } from '../../persistence/indexes.js';
import { never } from '../../persistence/keyset.js';
import type { RequestDocument, RequestSort } from '../../persistence/request.model.js';
import { requestCollection } from '../../persistence/request.model.js';
import type { RequestFilter } from '../../persistence/request.reads.js';
import { explainRequestList, requestList, requestPosition } from '../../persistence/request.reads.js';
import type { TaskDocument, TaskSort } from '../../persistence/task.model.js';
import { audienceOf, organisationWatcher, taskCollection } from '../../persistence/task.model.js';
import type { InboxFilter, InboxQuery } from '../../persistence/task.reads.js';
import { countInbox, explainInbox, inboxOf, taskPosition } from '../../persistence/task.reads.js';
import { startMs } from '../support/journey.js';
import { useDatabase } from './support.js';

useDatabase();

const count = 1_200;
const at = (index: number): Date => new Date(startMs + Math.floor(index / 3) * 60_000);
const idOf = (index: number): string => `request-${String((index * 7919) % count).padStart(5, '0')}`;
const governorates = ['EG-C', 'EG-GZ', 'EG-ALX'];
const pick = <T>(values: readonly T[], index: number): T => {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};

const requestAt = (index: number): RequestDocument => {
  const due = index % 5 === 0 ? null : at(index * 3);
  const stage = pick(stageNames, index);
  return {
    _id: idOf(index),
    version: 1,
    planHash: 'plan',
    state: emptyRequest(idOf(index), 0, 0),
    status: stage,
    phase: 'review',
    stage,
    lateness: null,
    suspended: false,
    outcome: null,
    organisationId: `ngo-${index % 40}`,
    programmeCode: `programme-${index % 4}`,
    callId: 'call',
    governorates: [pick(governorates, index), pick(governorates, index + 1)],
    requestedMinor: String((index % 100) * 1_000 + 1_000),
    awardMinor: null,
    amountOrder: BigInt((index % 100) * 1_000 + 1_000),
    nextDueAt: due,
    dueOrder: due ?? never,
    submittedAt: at(index),
    enteredStageAt: at(index),
    updatedAt: at(index),
    headHash: 'head',
  };
};

const scopes: readonly Pick<TaskDocument, 'role' | 'governorate' | 'level' | 'personId'>[] = [
  { role: 'screeningOfficer' },
  { role: 'directorateOfficer', governorate: 'EG-C' },
  { role: 'directorateOfficer', governorate: 'EG-GZ' },
  { role: 'approver', level: 'board-deputy' },
  { role: 'reviewer', personId: 'mona' },
  { role: 'reviewer', personId: 'karim' },
];

const taskAt = (index: number): TaskDocument => {
  const scope = pick(scopes, index);
  const due = index % 5 === 0 ? null : at(index * 3);
  return {
    _id: `${idOf(index)}/task`,
    requestId: idOf(index),
    name: 'task',
    command: 'recordScreening',
    ...scope,
    audience: audienceOf(scope.role, scope),
    watchers: index % 4 === 0 ? ['hana', organisationWatcher(`ngo-${index % 40}`)] : ['nobody'],
    stage: 'screening',
    dueAt: due,
    dueOrder: due ?? never,
    sinceVersion: 1,
    programmeCode: `programme-${index % 4}`,
    governorates: [pick(governorates, index)],
    amountMinor: String((index % 100) * 1_000 + 1_000),
    amountOrder: BigInt((index % 100) * 1_000 + 1_000),
    openedAt: at(index),
  };
};

beforeAll(async () => {
  const indexes = Array.from({ length: count }, (_, index) => index);
  await requestCollection().insertMany(indexes.map(requestAt));
  await taskCollection().insertMany(indexes.map(taskAt));
});

/** Names of all stages in a query plan, at any depth. */
const stagesIn = (plan: unknown): string[] => {
  if (Array.isArray(plan)) return plan.flatMap(stagesIn);
  if (typeof plan !== 'object' || plan === null) return [];
  const own = 'stage' in plan && typeof plan.stage === 'string' ? [plan.stage] : [];
  return [...own, ...Object.values(plan).flatMap(stagesIn)];
};
const winning = (explained: unknown): unknown =>
  typeof explained === 'object' && explained !== null && 'queryPlanner' in explained
    ? explained.queryPlanner
    : explained;
const keysExamined = (explained: unknown): number => {
  const stats =
    typeof explained === 'object' && explained !== null && 'executionStats' in explained
      ? explained.executionStats
      : null;
  return Number(
    typeof stats === 'object' && stats !== null && 'totalKeysExamined' in stats ? stats.totalKeysExamined : NaN,
  );
};

const docsExamined = (explained: unknown): number => {
  const stats =
    typeof explained === 'object' && explained !== null && 'executionStats' in explained && explained.executionStats;
  return Number(typeof stats === 'object' && stats !== null && 'totalDocsExamined' in stats && stats.totalDocsExamined);
};

const expectIndexWalk = (explained: readonly unknown[], atMostKeys: number): void => {
  for (const plan of explained) {
    const stages = stagesIn(winning(plan));
    expect(stages).toContain('IXSCAN');
    expect(stages).not.toContain('COLLSCAN');
    expect(stages).not.toContain('SORT');
    expect(keysExamined(plan)).toBeLessThanOrEqual(atMostKeys);
  }
};

const walk = async <T, P>(first: T[], position: (row: T) => P, next: (after: P) => Promise<T[]>): Promise<T[]> => {
  const rows = [...first];
  for (let last = rows.at(-1); last !== undefined; ) {
    const page = await next(position(last));
    rows.push(...page);
    if (rows.length > count) throw new Error('the pages never end');
    last = page.at(-1);
  }
  return rows;
};

const requestSorts: readonly RequestSort[] = ['updated', 'due', 'amount'];
const filters: readonly (readonly [string, RequestFilter])[] = [
  ['everything', {}],
  ['one NGO', { organisationId: 'ngo-7' }],
  ['one governorate', { governorate: 'EG-GZ' }],
  ['one programme', { programmeCode: 'programme-2' }],
  ['one status', { status: 'committee' }],
  ['one stage', { stage: 'committee' }],
];

describe.each(filters)('the list of requests, %s', (_, filter) => {
  it.each(requestSorts)('by %s is a walk along its index, on the first page and behind it', async (sort) => {
    const limit = 20;
    const page = await requestList({ filter, sort, limit });
    const last = page.at(-1);
    if (last === undefined) throw new Error('an empty page');
    const after = requestPosition(last, sort);

    expectIndexWalk(await explainRequestList({ filter, sort, limit }), limit + 1);
    expectIndexWalk(await explainRequestList({ filter, sort, limit, after }), limit + 1);
  });

  it.each(requestSorts)('by %s gives every row once', async (sort) => {
    const limit = 37;
    const rows = await walk(
      await requestList({ filter, sort, limit }),
      (row) => requestPosition(row, sort),
      (after) => requestList({ filter, sort, limit, after }),
    );

    const whole = await requestList({ filter, sort, limit: count });
    expect(rows.map(({ _id }) => _id)).toEqual(whole.map(({ _id }) => _id));
    expect(new Set(rows.map(({ _id }) => _id)).size).toBe(rows.length);
  });
});

describe('the list of requests with several filters', () => {
  it('gives the rows that meet all of them', async () => {
    const filter = { programmeCode: 'programme-2', governorate: 'EG-C', organisationId: 'ngo-2' };

    const rows = await requestList({ filter, sort: 'updated', limit: count });

    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.programmeCode === 'programme-2' && row.organisationId === 'ngo-2')).toBe(true);
    expect(rows.every((row) => row.governorates.includes('EG-C'))).toBe(true);
  });
});

const taskSorts: readonly TaskSort[] = ['due', 'opened', 'amount'];
const roles: readonly RoleHeld[] = [
  { role: 'screeningOfficer' },
  { role: 'directorateOfficer', governorate: 'EG-C' },
  { role: 'reviewer' },
];
const mona = { roles, personId: 'mona', organisations: [] };
/** Each interval may be looked at one key further than needed, at both ends. */
const spare = (intervals: number): number => intervals * 2;

const inboxCases: readonly (readonly [string, Pick<InboxQuery, 'roles' | 'personId' | 'organisations' | 'box'>])[] = [
  ['of a person with three roles, all', { ...mona, box: 'all' }],
  ['of a person with three roles, mine', { ...mona, box: 'mine' }],
  ['of a person with three roles, team', { ...mona, box: 'team' }],
  ['of an officer who waits for others', { personId: 'hana', roles: [], organisations: [], box: 'waiting' }],
  ['of an NGO that waits for the Fund', { personId: 'samira', roles: [], organisations: ['ngo-8'], box: 'waiting' }],
];

describe.each(inboxCases)('an inbox %s', (_, owner) => {
  const turns = taskSorts.flatMap((sort) => [false, true].map((reversed) => ({ sort, reversed })));

  it.each(turns)('by $sort (reversed: $reversed) is merged from walks along one index', async (turn) => {
    const query = { ...owner, ...turn, limit: 20 };
    const last = (await inboxOf(query)).at(-1);
    if (last === undefined) throw new Error('an empty page');

    expectIndexWalk(await explainInbox(query), 20 + spare(8));
    expectIndexWalk(await explainInbox({ ...query, after: taskPosition(last, turn.sort) }), 20 + spare(8));
  });

  it.each(turns)('by $sort (reversed: $reversed) gives every row once, in order', async (turn) => {
    const query = { ...owner, ...turn, limit: 41 };

    const rows = await walk(
      await inboxOf(query),
      (row) => taskPosition(row, turn.sort),
      (after) => inboxOf({ ...query, after }),
    );

    const whole = await inboxOf({ ...query, limit: count });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ _id }) => _id)).toEqual(whole.map(({ _id }) => _id));
    expect(new Set(rows.map(({ _id }) => _id)).size).toBe(rows.length);
    const back = await inboxOf({ ...query, reversed: !turn.reversed, limit: count });
    expect(back.map(({ _id }) => _id)).toEqual(rows.map(({ _id }) => _id).reverse());
  });
});

describe('the boxes of an inbox', () => {
  const inBox = (box: InboxQuery['box'], filter: InboxFilter = {}) =>
    inboxOf({ ...mona, box, filter, sort: 'due', limit: count });

  it('are apart: what names the person, what is for the team, and together all of it', async () => {
    const [mine, team, all] = await Promise.all([inBox('mine'), inBox('team'), inBox('all')]);

    expect(mine.every(({ personId }) => personId === 'mona')).toBe(true);
    expect(team.every(({ personId, governorate }) => personId === undefined && governorate !== 'EG-GZ')).toBe(true);
    expect(mine).toHaveLength(count / 6);
    expect(team).toHaveLength(count / 3);
    expect(new Set(all.map(({ _id }) => _id))).toEqual(new Set([...mine, ...team].map(({ _id }) => _id)));
  });

  it('show nobody as waiting for what they may answer themselves', async () => {
    const hana = { personId: 'hana', organisations: [], box: 'waiting', sort: 'due', limit: count } as const;

    const asOutsider = await inboxOf({ ...hana, roles: [] });
    const asScreener = await inboxOf({ ...hana, roles: [{ role: 'screeningOfficer' }] });

    expect(asOutsider.some(({ role }) => role === 'screeningOfficer')).toBe(true);
    expect(asScreener).toEqual(asOutsider.filter(({ role }) => role !== 'screeningOfficer'));
  });

  it('by due time have the earliest first and tasks without one last', async () => {
    const rows = await inBox('all');

    const dues = rows.map((row) => row.dueAt?.getTime() ?? never.getTime());
    expect(dues).toEqual([...dues].sort((a, b) => a - b));
    expect(rows.at(-1)?.dueAt).toBeNull();
  });

  it.each<readonly [string, InboxFilter]>([
    ['command', { command: 'recordScreening' }],
    ['stage', { stage: 'screening' }],
    ['programme', { programmeCode: 'programme-2' }],
    ['due time', { dueBefore: at(900) }],
    ['programme and due time', { programmeCode: 'programme-2', dueBefore: at(900), dueFrom: at(30) }],
  ])('filtered by %s are walked in their index, and only rows that are shown are fetched', async (_, filter) => {
    const whole = await inBox('all', filter);
    const expected = (await inBox('all')).filter(
      (row) =>
        (filter.programmeCode === undefined || row.programmeCode === filter.programmeCode) &&
        (filter.dueBefore === undefined || (row.dueAt !== null && row.dueAt < filter.dueBefore)) &&
        (filter.dueFrom === undefined || (row.dueAt !== null && row.dueAt >= filter.dueFrom)),
    );
    expect(whole.length).toBeGreaterThan(10);
    expect(whole).toEqual(expected);

    const plans = await explainInbox({ ...mona, box: 'all', filter, sort: 'due', limit: 10 });
    expectIndexWalk(plans, count);
    expect(plans.map(docsExamined)).toEqual([10]);
  });

  it('filtered by governorate give the projects there', async () => {
    const rows = await inBox('all', { governorate: 'EG-GZ' });

    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ governorates: where }) => where?.includes('EG-GZ') === true)).toBe(true);
  });

  it('are counted no further than asked', async () => {
    const owner = { ...mona, box: 'all' } as const;

    expect(await countInbox(owner, {}, 1_001)).toBe(count / 2);
    expect(await countInbox(owner, {}, 100)).toBe(100);
    expect(await countInbox(owner, { dueBefore: at(900) }, 1_001)).toBe(
      (await inBox('all', { dueBefore: at(900) })).length,
    );
    expect(await countInbox({ ...owner, box: 'waiting', personId: 'hana', roles: [] }, {}, 1_001)).toBe(count / 4);
  });
});

describe('indexes', () => {
  it('are the same after another migration, each with a name of its own', async () => {
    const before = await mongoose.connection.collection('requests').indexes();

    await ensureIndexes();

    expect(await mongoose.connection.collection('requests').indexes()).toEqual(before);
    expect(before.map(({ name }) => name)).toContain('organisationId-by-due');
  });
});
