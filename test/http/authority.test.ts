// Who will have to approve, said in advance and kept to; a matrix without enough people waits for the administrator; tasks given to one.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { act, handIn, review, rowsOf, screen, sit, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const reason = 'ظرف طارئ';
const will = async (told: Told, person = 'hana', amount = '') =>
  (await world.as(person).get(`${told.path}/authority-preview${amount}`)).body;
const levelsOf = (body: Readonly<Record<string, unknown>>) => rowsOf(body['levels']).map(({ level }) => level);
const awardUpToFunds = async (told: Told): Promise<void> => {
  await review(world, told);
  await sit(world, told);
  await act(world, told, 'chair', '/committee-item/closing', { verdict: 'approve', reason });
  await eventually('the treasury has answered', async () => {
    const { body } = await world.as('auditor').get(told.path);
    return body['stage'] === 'authority';
  });
};

describe('what an award will need', () => {
  it('is said before anybody decides, with the people there are', async () => {
    const told = await handIn(world);

    expect(await will(told)).toMatchObject({
      amount: { amountMinor: '60000000' },
      basis: { amountMinor: '60000000' },
      counted: [],
      row: 'up-to-5m',
      rule: null,
      levels: [
        { level: 'programme-director', people: 1, available: 1 },
        { level: 'executive-director', people: 1, available: 1 },
        { level: 'board-deputy', people: 1, available: 1 },
      ],
    });
    expect(levelsOf(await will(told, 'hana', '?amountMinor=25000000'))).toHaveLength(2);
    expect(await will(told, 'hana', '?amountMinor=500000001')).toMatchObject({ row: null, rule: 'not-enough-people' });
    expect(await will(told, 'samira')).toMatchObject({ code: 'notYourRole' });
    expect(await will(told, 'stranger')).toMatchObject({ code: 'notFound' });
  });

  it('counts earlier awards of the NGO, so that splitting does not lower the level', async () => {
    const first = await handIn(world);
    await screen(world, first);
    await awardUpToFunds(first);
    const second = await handIn(world);

    expect(await will(second, 'hana', '?amountMinor=20000000')).toMatchObject({
      ...{ row: 'up-to-5m', basis: { amountMinor: '80000000' } },
      counted: [{ requestId: first.id, amount: { amountMinor: '60000000' } }],
    });
    await act(world, first, 'samira', '/withdrawal');
    await eventually('the award is released', async () => rowsOf((await will(second))['counted']).length === 0);
  });
});

describe('a level without enough people', () => {
  it('makes the award wait for the administrator, who mends it and asks again', async () => {
    const told = await handIn(world);
    await screen(world, told);
    await world.as('administrator').post('/v1/people/deputy/suspension', { reason });
    await awardUpToFunds(told);
    const waiting = await world.as('hana').get(told.path);
    const inbox = await world.as('administrator').get('/v1/inbox');
    const tooEarly = await world
      .as('administrator')
      .post(`${told.path}/authority-resolution`, { expectedVersion: await versionOf(world, told) });
    await world.as('administrator').post('/v1/people/deputy/suspension/lifting', { reason });
    await act(world, told, 'administrator', '/authority-resolution');

    expect(waiting.body).toMatchObject({ internal: { authority: { row: null, rule: 'not-enough-people' } } });
    expect(inbox.body['items']).toMatchObject([{ name: 'mend-authority', command: 'resolveAuthority' }]);
    expect(tooEarly).toMatchObject({ status: 409, body: { code: 'authorityUnresolved', rule: 'not-enough-people' } });
    await act(world, told, 'programme-director', '/approvals', { verdict: 'approve' });
    await act(world, told, 'samira', '/withdrawal');
  });
});

describe('a task given to one person', () => {
  it('is in that inbox alone, and refused to the others', async () => {
    const told = await handIn(world);
    const grant = { role: 'screeningOfficer', reason };
    await world.as('administrator').post('/v1/people/monitor/roles', grant);
    await act(world, told, 'executive-director', '/task-holder', { task: 'screen', personId: 'monitor', reason });
    const tasksOf = async (person: string) =>
      rowsOf((await world.as(person).get('/v1/inbox?role=screeningOfficer&limit=200')).body['items'])
        .filter(({ requestId }) => requestId === told.id)
        .map(({ mine }) => mine);
    const body = { verdict: 'ineligible', checklist: [], reasonCodes: ['x'], expectedVersion: 2 };
    const other = await world.as('hana').post(`${told.path}/screening`, body);

    expect([await tasksOf('monitor'), await tasksOf('hana')]).toEqual([[true], []]);
    expect(other).toMatchObject({ status: 403, body: { code: 'notAssigned', rule: 'task-holder' } });
    expect((await world.as('hana').get(told.path)).body['awaited']).toMatchObject([{ personId: 'monitor' }]);
  });

  it('goes from one reviewer to another by the secretary, with a reason', async () => {
    const told = await handIn(world);
    await screen(world, told);
    await act(world, told, 'cairo', '/opinions', { governorate: 'EG-C', verdict: 'support' });
    await act(world, told, 'secretary', '/reviewers', { reviewers: ['reviewer-1', 'reviewer-2', 'reviewer-3'] });
    const give = async (personId: string, more: object = { reason }) =>
      world.as('secretary').post(`${told.path}/task-holder`, {
        ...{ expectedVersion: await versionOf(world, told), task: 'score-reviewer-1', personId },
        ...more,
      });

    expect((await give('reviewer-4', {})).body).toMatchObject({ rule: 'reason-missing' });
    expect((await give('finance')).body).toMatchObject({ code: 'conditionsNotMet', rule: 'taker-holds-role' });
    expect(await give('reviewer-4')).toMatchObject({ status: 200 });
    const awaited = rowsOf((await world.as('secretary').get(told.path)).body['awaited']);
    expect(awaited.map(({ personId }) => personId)).toEqual(['reviewer-2', 'reviewer-3', 'reviewer-4']);
  });
});
