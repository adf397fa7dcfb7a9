// Absence over HTTP: a role handed over works with the next call, carries both names, and returns by itself when its time is over.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { act, at, handIn, reserved, review, rowsOf, screen, sit, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import type { Reply, World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';

const hourMs = 3_600_000;
const later = (ms: number): string => new Date(Date.now() + ms).toISOString();
const reason = 'إجازة سنوية';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const director = { role: 'approver', level: 'programme-director' } as const;
const delegate = (by: string, change: object = {}): Promise<Reply> =>
  world
    .as(by)
    .post('/v1/delegations', { ...director, delegateId: 'reconciler', until: later(hourMs), reason, ...change });
const end = (by: string, delegation: Reply): Promise<Reply> =>
  world.as(by).post(`/v1/delegations/${textIn(delegation, 'delegationId')}/ending`, {});
const rolesOf = async (personId: string): Promise<unknown[]> =>
  rowsOf((await world.as(personId).get('/v1/me')).body['roles']).map(({ role, level }) => level ?? role);
/** What was refused: code and rule. */
const refusal = ({ status, body }: Reply) => [status, body['code'], body['rule']];

const awaitingApproval = async (): Promise<Told> => {
  const told = await handIn(world);
  await screen(world, told);
  await review(world, told);
  await sit(world, told);
  await act(world, told, 'chair', '/committee-item/closing', { verdict: 'approve', reason: 'حاز المشروع الأغلبية' });
  await reserved(world, told);
  return told;
};

describe('a role handed over for an absence', () => {
  let told: Told;
  beforeAll(async () => {
    told = await awaitingApproval();
  });

  it('is held with the very next call, with whose it is', async () => {
    const handed = await delegate('programme-director', { capMinor: '60000000' });

    expect(handed).toMatchObject({ status: 201, body: { version: 1 } });
    expect((await world.as('reconciler').get('/v1/me')).body['roles']).toMatchObject([
      { role: 'reconciler' },
      { ...director, onBehalfOf: { personId: 'programme-director', capMinor: '60000000' } },
    ]);
    await end('reconciler', handed);
  });

  it('is refused above its cap, and the attempt is on record', async () => {
    const handed = await delegate('programme-director', { capMinor: '59999999' });
    const expectedVersion = await versionOf(world, told);
    const body = { expectedVersion, verdict: 'approve' };
    const reply = await world.as('reconciler').post(`${told.path}/approvals`, body);
    await end('programme-director', handed);

    expect(refusal(reply)).toEqual([409, 'conditionsNotMet', 'delegation-cap']);
    expect(await world.trail(told.id)).toContain('reconciler recordApproval refused conditionsNotMet');
  });

  it('is not for somebody who has acted on the case', async () => {
    const handed = await delegate('programme-director', { delegateId: 'secretary' });
    const body = { expectedVersion: await versionOf(world, told), verdict: 'approve' };
    const reply = await world.as('secretary').post(`${told.path}/approvals`, body);
    await end('programme-director', handed);

    expect(refusal(reply)).toEqual([403, 'dutyConflict', 'delegate-has-acted']);
  });

  it('returns by itself when its time is over', async () => {
    await delegate('programme-director', { until: later(900) });
    const before = await rolesOf('reconciler');

    await eventually('the role has returned', async () => (await rolesOf('reconciler')).length === 1);
    expect(before).toEqual(['reconciler', 'programme-director']);
    const body = { expectedVersion: await versionOf(world, told), verdict: 'approve' };
    expect(refusal(await world.as('reconciler').post(`${told.path}/approvals`, body))[1]).toBe('notYourRole');
  });

  it('is gone as soon as the other no longer holds it or may no longer sign in', async () => {
    const handed = await delegate('programme-director');
    const administer = (below: string, body: object = {}) =>
      world.as('administrator').post(`/v1/people/programme-director${below}`, { reason, ...body });

    await administer('/suspension');
    expect(await rolesOf('reconciler')).toEqual(['reconciler']);
    await administer('/suspension/lifting');
    expect(await rolesOf('reconciler')).toEqual(['reconciler', 'programme-director']);
    await administer('/roles/ending', director);
    expect(await rolesOf('reconciler')).toEqual(['reconciler']);
    await administer('/roles', director);
    expect(await rolesOf('reconciler')).toEqual(['reconciler', 'programme-director']);
    await end('administrator', handed);
    expect(await rolesOf('reconciler')).toEqual(['reconciler']);
  });

  it('is in the inbox of the delegate, and both names stand on the decision', async () => {
    const handed = await delegate('programme-director', { capMinor: '60000000' });
    const inbox = await world.as('reconciler').get('/v1/inbox');
    await act(world, told, 'reconciler', '/approvals', { verdict: 'approve', reason: 'مستوفٍ' });
    const timeline = await world.as('auditor').get(`${told.path}/timeline?limit=200`);
    const seen = await world.as('samira').get(`${told.path}/timeline?limit=200`);
    const page = await world.as('hana').get(told.path);

    expect(rowsOf(inbox.body['items']).map(({ requestId }) => requestId)).toContain(told.id);
    expect(rowsOf(timeline.body['items']).at(-1)).toMatchObject({
      command: 'recordApproval',
      actor: { role: 'approver', personId: 'reconciler', onBehalfOf: { personId: 'programme-director' } },
      events: [{ row: 'up-to-5m', basisMinor: '60000000', planVersion: world.plan.version }],
    });
    expect(rowsOf(seen.body['items']).at(-1)).toMatchObject({ actor: { personId: null, onBehalfOf: null } });
    expect(at(page.body, 'internal', 'authority')).toMatchObject({
      row: 'up-to-5m',
      approvals: [{ personId: 'reconciler', onBehalfOf: 'programme-director' }],
    });
    await end('programme-director', handed);
  });
});

describe('handing a role over', () => {
  it.each([
    ['a role one does not hold', 'hana', {}, [403, 'notYourRole', 'role-held-in-own-right']],
    ['another level', 'deputy', {}, [403, 'notYourRole', 'role-held-in-own-right']],
    ['to oneself', 'programme-director', { delegateId: 'programme-director' }, [409, 'conditionsNotMet', 'not-to-oneself']],
    ['to the auditor', 'programme-director', { delegateId: 'auditor' }, [403, 'dutyConflict', 'auditor-never-decides']],
    ['to the administrator', 'programme-director', { delegateId: 'administrator' }, [403, 'dutyConflict', 'administrator-never-decides']],
    ['to an NGO', 'programme-director', { delegateId: 'samira' }, [409, 'conditionsNotMet', 'delegate-of-the-fund']],
    ['to nobody', 'programme-director', { delegateId: 'nobody' }, [409, 'conditionsNotMet', 'delegate-known']],
    ['into the past', 'programme-director', { until: later(-1) }, [409, 'conditionsNotMet', 'period']],
    ['for longer than 60 days', 'programme-director', { until: later(61 * 24 * hourMs) }, [409, 'conditionsNotMet', 'longest-delegation']],
    ['a vote', 'member-1', { role: 'committeeMember' }, [400, 'invalidInput', undefined]],
  ])('%s is refused', async (_what, by, change, expected) => {
    expect(refusal(await delegate(by, change))).toEqual(expected);
  }); // prettier-ignore

  it('is not handed on by a delegate, nor given to two at a time', async () => {
    const handed = await delegate('programme-director');
    const chain = await delegate('reconciler', { delegateId: 'monitor' });
    const second = await delegate('programme-director', { delegateId: 'monitor' });
    const after = await delegate('programme-director', { delegateId: 'monitor', from: later(2 * hourMs), until: later(3 * hourMs) }); // prettier-ignore
    await end('programme-director', handed);
    await end('programme-director', after);

    expect(refusal(chain)).toEqual([403, 'notYourRole', 'role-held-in-own-right']);
    expect(refusal(second)).toEqual([409, 'alreadyActed', 'one-delegate-at-a-time']);
    expect(after.status).toBe(201);
    expect(refusal(await end('programme-director', handed))).toEqual([409, 'alreadyActed', 'delegation-ended']);
  });

  it('has one effect for each key', async () => {
    const body = { ...director, delegateId: 'monitor', until: later(hourMs), reason };
    const key = 'delegation-key-0000001';
    const first = await world.as('programme-director').post('/v1/delegations', body, { key });
    const again = await world.as('programme-director').post('/v1/delegations', body, { key });
    await end('programme-director', first);

    expect(again.body).toEqual(first.body);
  });

  it('is seen by both sides, by nobody else, and in the trail of the person', async () => {
    const handed = await delegate('programme-director');
    const delegationId = textIn(handed, 'delegationId');
    const listed = async (personId: string, query = '') =>
      rowsOf((await world.as(personId).get(`/v1/delegations${query}`)).body['items']);
    const idsFor = async (personId: string, query = '') =>
      (await listed(personId, query)).map((row) => row['delegationId']).includes(delegationId);

    expect(await Promise.all(['programme-director', 'reconciler', 'hana'].map((one) => idsFor(one)))).toEqual([
      ...[true, true, false],
    ]);
    expect(await idsFor('auditor', '?of=all&limit=200')).toBe(true);
    expect(await world.as('hana').get('/v1/delegations?of=all')).toMatchObject({ status: 403 });
    expect(await end('hana', handed)).toMatchObject({ status: 404 });
    await end('reconciler', handed);
    const found = (await listed('reconciler')).find((row) => row['delegationId'] === delegationId);
    expect(found).toMatchObject({ live: false, endedAt: expect.any(String), level: 'programme-director' });
    const trail = await world.as('auditor').get('/v1/register/person/programme-director/timeline?limit=200');
    expect(rowsOf(trail.body['items']).slice(-2)).toMatchObject([
      { command: 'delegate', reason, changed: [{ field: 'delegation', before: null, after: { delegationId } }] },
      { command: 'endDelegation', actor: { personId: 'reconciler' } },
    ]);
  });

  it('is paged without losing or repeating one', async () => {
    const seen: unknown[] = [];
    let next: string | null = '/v1/delegations?of=all&limit=2';
    while (next !== null) {
      const page = await world.as('administrator').get(next);
      seen.push(...rowsOf(page.body['items']).map((row) => row['delegationId']));
      next = page.body['next'] === null ? null : textIn(page, 'next');
    }
    const all = await world.as('administrator').get('/v1/delegations?of=all&limit=200');

    expect(seen).toEqual(rowsOf(all.body['items']).map((row) => row['delegationId']));
    expect(new Set(seen).size).toBe(seen.length);
  });
});
