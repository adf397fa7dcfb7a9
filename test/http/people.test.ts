// Looking after people over HTTP: roles for a period, accounts suspended and restored, each with its trail and with the next call.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonModel } from '../../persistence/person.model.js';
import { rowsOf } from '../support/http-story.js';
import type { Reply, World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ withWorker: false });
});
afterAll(() => world.close());

const reason = 'قرار تكليف';
const administer = (personId: string, below: string, body: object = {}, by = 'administrator'): Promise<Reply> =>
  world.as(by).post(`/v1/people/${personId}${below}`, { reason, ...body });
const refusal = ({ status, body }: Reply) => [status, body['code'], body['rule']];
const balances = async (personId: string) => (await world.as(personId).get('/v1/balances')).status;

describe('a role', () => {
  it('is there with the next call once granted, and gone with the next once ended', async () => {
    const before = await balances('monitor');
    const granted = await administer('monitor', '/roles', { role: 'financeOfficer' });
    const during = await balances('monitor');
    await administer('monitor', '/roles/ending', { role: 'financeOfficer' });

    expect(granted).toMatchObject({ status: 200, body: { personId: 'monitor', version: 1 } });
    expect([before, during, await balances('monitor')]).toEqual([403, 200, 403]);
  });

  it('that begins later is not held yet', async () => {
    const from = new Date(Date.now() + 3_600_000).toISOString();
    await administer('monitor', '/roles', { role: 'financeOfficer', from });

    expect(await balances('monitor')).toBe(403);
    await administer('monitor', '/roles/ending', { role: 'financeOfficer' });
    const { body } = await world.as('administrator').get('/v1/people/monitor');
    expect(rowsOf(body['grants']).filter((grant) => grant['from'] === from)).toEqual([]);
  });

  it.each([
    ['to oneself', 'administrator', { role: 'reviewer' }, [403, 'dutyConflict', 'not-to-oneself']],
    ['operator, to anybody', 'monitor', { role: 'operator' }, [409, 'conditionsNotMet', 'operator-is-not-granted']],
    ['that is held', 'monitor', { role: 'monitoringOfficer' }, [409, 'alreadyActed', 'role-held']],
    ['without its scope', 'monitor', { role: 'approver' }, [409, 'conditionsNotMet', 'role-scope']],
    ['with a foreign scope', 'monitor', { role: 'reviewer', level: 'x' }, [409, 'conditionsNotMet', 'role-scope']],
    ['to decide, to the auditor', 'auditor', { role: 'reviewer' }, [403, 'dutyConflict', 'auditor-never-decides']],
    ['to audit, to a decider', 'monitor', { role: 'auditor' }, [403, 'dutyConflict', 'auditor-never-decides']],
    ['of an unknown NGO', 'adel', { role: 'signatory', organisationId: 'ngo-none' }, [404, 'notFound', undefined]],
    ['to nobody', 'nobody', { role: 'reviewer' }, [404, 'notFound', undefined]],
    [
      'that has ended already',
      'monitor',
      { role: 'reviewer', until: '2020-01-01T00:00:00Z' },
      [409, 'conditionsNotMet', 'period'],
    ],
  ])('is not granted %s', async (_what, personId, body, expected) => {
    expect(refusal(await administer(personId, '/roles', body))).toEqual(expected);
  });

  it('is not granted to the second account of the administrator', async () => {
    for (const _id of ['administrator', 'giza'])
      await PersonModel.updateOne({ _id }, { nationalIdHash: 'one and the same' });
    const reply = await administer('giza', '/roles', { role: 'directorateOfficer', governorate: 'EG-C' });

    expect(refusal(reply)).toEqual([403, 'dutyConflict', 'not-to-oneself']);
  });

  it('is granted by the administrator alone', async () => {
    for (const by of ['auditor', 'programme-director', 'samira'])
      expect(refusal(await administer('monitor', '/roles', { role: 'reviewer' }, by))[1]).toBe('notYourRole');
  });
});

describe('an account', () => {
  it('lets nobody in while it is suspended', async () => {
    const signedIn = async () => (await world.as('hana').get('/v1/me')).status;
    await administer('hana', '/suspension');
    const suspended = await signedIn();
    const twice = await administer('hana', '/suspension');
    await administer('hana', '/suspension/lifting');

    expect([suspended, await signedIn()]).toEqual([401, 200]);
    expect(refusal(twice)).toEqual([409, 'alreadyActed', 'suspended']);
    expect(refusal(await administer('administrator', '/suspension'))[2]).toBe('not-to-oneself');
  });

  it('has a trail of every change, without personal data', async () => {
    const { body } = await world.as('auditor').get('/v1/register/person/hana/timeline');

    expect(body['items']).toMatchObject([
      { seq: 1, command: 'suspendAccount', reason, changed: [{ field: 'suspended', before: false, after: true }] },
      { seq: 2, command: 'restoreAccount', actor: { personId: 'administrator', roles: ['administrator'] } },
    ]);
    const monitor = await world.as('auditor').get('/v1/register/person/monitor/timeline');
    expect(JSON.stringify([body, monitor.body])).not.toContain('@');
    expect(JSON.stringify(monitor.body)).toContain('financeOfficer');
  });

  it('is read by administrator and auditor, one by one or a page at a time', async () => {
    const seen: unknown[] = [];
    let next: string | null = '/v1/people?limit=7';
    while (next !== null) {
      const page = await world.as('auditor').get(next);
      seen.push(...rowsOf(page.body['items']).map(({ personId }) => personId));
      next = page.body['next'] === null ? null : textIn(page, 'next');
    }
    const approvers = await world.as('administrator').get('/v1/people?role=approver');

    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(await PersonModel.countDocuments());
    expect(rowsOf(approvers.body['items']).map(({ personId }) => personId)).toEqual([
      ...['deputy', 'executive-director', 'panel-1', 'panel-2', 'panel-3', 'panel-4', 'programme-director'],
    ]);
    expect(await world.as('hana').get('/v1/people')).toMatchObject({ status: 403 });
    expect(await world.as('samira').get('/v1/people/hana')).toMatchObject({ status: 403 });
    const one = await world.as('auditor').get('/v1/people/hana');
    expect(one).toMatchObject({ status: 200, body: { personId: 'hana', grants: [{ role: 'screeningOfficer' }] } });
    expect(JSON.stringify(one.body)).not.toContain('@');
  });
});
