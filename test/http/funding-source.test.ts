// The terms of a source of money over HTTP: changed by two people, on the trail, binding from then on, and told to those they stop.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { upsertFundingSources } from '../../persistence/funding-source.repository.js';
import { upsertPeople } from '../../persistence/person.repository.js';
import { eventually } from '../support/eventually.js';
import type { Told } from '../support/http-story.js';
import { act, at, checklist, draftReady, handIn, rowsOf } from '../support/http-story.js';
import type { Reply, World } from '../support/world.js';
import { openWorld } from '../support/world.js';

const budget = { code: 'state-budget', nameAr: 'الموازنة', nameEn: 'State budget' };
const gift = { code: 'gift', nameAr: 'هبة', nameEn: 'Gift', donor: 'donor-1', programmes: ['disability'] };
let world: World;
beforeAll(async () => {
  world = await openWorld({ plan: reliefFastLane });
  await upsertFundingSources([budget, gift]);
}, 60_000);
afterAll(() => world.close());

const source = async (code: string, reader = 'auditor') =>
  rowsOf((await world.as(reader).get('/v1/funding-sources')).body['items']).find((row) => row['code'] === code);
const versionOf = async (code: string): Promise<number> => Number((await source(code))?.['version']);
type Asked = { readonly by?: string; readonly expectedVersion?: number; readonly key?: string };
const propose = async (
  code: string,
  terms: object,
  { by = 'finance', expectedVersion, key }: Asked = {},
): Promise<Reply> =>
  world
    .as(by)
    .post(
      `/v1/funding-sources/${code}/terms`,
      { expectedVersion: expectedVersion ?? (await versionOf(code)), terms, reason: 'خطاب المانح' },
      { key: key ?? randomUUID() },
    );
const decide = async (code: string, verdict: 'approval' | 'rejection', by = 'deputy'): Promise<Reply> =>
  world.as(by).post(`/v1/funding-sources/${code}/terms/${verdict}`, { expectedVersion: await versionOf(code) });
const changed = async (code: string, terms: object): Promise<void> => {
  expect(await propose(code, terms)).toMatchObject({ status: 200 });
  expect(await decide(code, 'approval')).toMatchObject({ status: 200 });
};

describe('a change of the terms of a source', () => {
  it('binds nothing until a second person approves it, and stands on the trail with before and after', async () => {
    const wanted = { programmes: ['disability'], governorates: ['EG-C'], until: '2031-01-01T00:00:00.000Z' };
    expect(await propose('gift', wanted)).toMatchObject({ status: 200, body: { code: 'gift', version: 1 } });
    const { governorates } = (await source('gift')) ?? {};
    expect(governorates).toBeUndefined();
    expect(await source('gift')).toMatchObject({ version: 1, proposal: { proposedBy: 'finance', terms: wanted } });
    expect(await source('gift', 'samira')).toMatchObject({ version: 1, proposal: null });

    expect(await decide('gift', 'approval')).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await source('gift')).toMatchObject({ ...wanted, donor: 'donor-1', version: 2, proposal: null });
    const trail = await world.as('auditor').get('/v1/register/funding-source/gift/timeline');
    expect(trail.body['items']).toMatchObject([
      { command: 'proposeSourceTerms', reason: 'خطاب المانح', changed: [{ field: 'proposal', after: wanted }] },
      {
        command: 'approveSourceTerms',
        changed: [
          { field: 'proposal', before: wanted, after: null },
          { field: 'governorates', before: null, after: ['EG-C'] },
          { field: 'until', before: null, after: wanted.until },
        ],
      },
    ]);
  });

  it('is dropped when it is rejected, and a term that is left out of the next one no longer binds', async () => {
    const before = await source('gift');
    await propose('gift', { sectors: ['care'] });
    expect(await decide('gift', 'rejection')).toMatchObject({ status: 200 });
    expect({ ...(await source('gift')), version: before?.['version'] }).toEqual(before);

    await changed('gift', { programmes: ['disability'] });
    expect(Object.keys((await source('gift')) ?? {}).sort()).toEqual([
      ...['code', 'donor', 'nameAr', 'nameEn', 'programmes', 'proposal', 'version'],
    ]);
  });

  it('takes a finance officer and an approver, each on what they have seen', async () => {
    const terms = { governorates: ['EG-GZ'] };
    expect((await propose('gift', terms, { by: 'deputy' })).body['code']).toBe('notYourRole');
    expect((await propose('gift', terms, { expectedVersion: 0 })).body).toMatchObject({ code: 'staleVersion' });
    expect((await decide('gift', 'approval')).body).toMatchObject({ code: 'alreadyActed', rule: 'terms-decided' });
    await propose('gift', terms);
    expect((await decide('gift', 'approval', 'finance')).body['code']).toBe('notYourRole');
    expect((await propose('gift', { governorates: ['EG-C'] })).body).toMatchObject({
      ...{ code: 'alreadyActed', rule: 'terms-proposed' },
    });
    await decide('gift', 'rejection');
  });

  it('is not decided by whoever proposed it, with whatever roles', async () => {
    const from = new Date(0);
    const grants = [
      { role: 'financeOfficer' as const, from, until: null },
      { role: 'approver' as const, level: 'board-deputy', from, until: null },
    ];
    const email = 'both@test.example';
    await upsertPeople([{ _id: 'both', nameAr: 'كلاهما', nameEn: 'Both', email, suspended: false, grants }]);
    const before = await source('gift');
    expect((await propose('gift', { sectors: ['care'] }, { by: 'both' })).status).toBe(200);

    expect(await decide('gift', 'approval', 'both')).toMatchObject({ status: 403, body: { code: 'dutyConflict' } });
    expect(await decide('gift', 'rejection', 'both')).toMatchObject({ status: 403, body: { code: 'dutyConflict' } });
    expect(await source('gift')).toMatchObject({ programmes: before?.['programmes'] });
    expect(await decide('gift', 'rejection')).toMatchObject({ status: 200 });
  });

  it('sent twice under one key is one change', async () => {
    const key = randomUUID();
    const expectedVersion = await versionOf('gift');
    const answers = [
      await propose('gift', { sectors: ['care'] }, { key, expectedVersion }),
      await propose('gift', { sectors: ['care'] }, { key, expectedVersion }),
    ];

    expect(answers.map(({ body }) => body['version'])).toEqual([expectedVersion + 1, expectedVersion + 1]);
    await decide('gift', 'rejection');
  });

  it('survives the sample data being loaded again', async () => {
    await changed('gift', { programmes: ['disability'], governorates: ['EG-ASN'] });
    await upsertFundingSources([budget, gift]);

    expect(await source('gift')).toMatchObject({ governorates: ['EG-ASN'] });
  });

  it.each([
    ['of a source that is not there', 'nowhere', { sectors: ['care'] }, 404],
    ['to a programme that is not there', 'gift', { programmes: ['moon-landing'] }, 409],
    ['to what they are already', 'gift', { programmes: ['disability'], governorates: ['EG-ASN'] }, 409],
    ['to nothing at all', 'gift', { programmes: [] }, 400],
    ['to a governorate that is none', 'gift', { governorates: ['EG-XX'] }, 400],
    ['to an end before the beginning', 'gift', { from: '2030-01-02T00:00:00Z', until: '2030-01-01T00:00:00Z' }, 400],
    ['by an operator of the database', 'gift', { programmes: { $ne: [] } }, 400],
  ])('%s is refused', async (_what, code, terms, status) => {
    expect((await propose(code, terms, { expectedVersion: await versionOf('gift') })).status).toBe(status);
  });
});

describe('requests when the terms of their source change', () => {
  const proof = { evidence: [{ fileId: 'file-1', sha256: 'c'.repeat(64) }] };
  const screen = (told: Told) =>
    act(world, told, 'hana', '/screening', { verdict: 'eligible', checklist: checklist(world), ...proof });
  const seen = async (told: Told, reader = 'hana') => (await world.as(reader).get(told.path)).body;

  it('draw on the money only as the terms say when it is reserved, and people see what stopped them', async () => {
    const told = await handIn(world);
    await changed('state-budget', { governorates: ['EG-ASN'] });
    await screen(told);
    await eventually('the treasury answers', async () => rowsOf((await seen(told))['awaited']).length > 0);

    const stop = { name: 'screen-funds-missing', stoppedBy: 'source-governorates' };
    expect(await seen(told)).toMatchObject({ stage: 'screening', award: null, awaited: [stop] });
    expect(await seen(told, 'samira')).toMatchObject({ awaited: [{ name: 'recordScreening', stoppedBy: null }] });
    const inbox = await world.as('hana').get('/v1/inbox');
    expect(inbox.body['items']).toMatchObject([{ requestId: told.id, ...stop }]);
    const timeline = await world.as('auditor').get(`${told.path}/timeline`);
    expect(JSON.stringify(at(timeline.body, 'items'))).toContain('"rule":"source-governorates"');

    await changed('state-budget', {});
    await screen(told);
    await eventually('the award is reserved', async () => (await seen(told))['stage'] === 'authority');
    await changed('state-budget', { governorates: ['EG-ASN'] });
    for (const approver of ['programme-director', 'executive-director', 'deputy'])
      if ((await seen(told))['stage'] === 'authority')
        await act(world, told, approver, '/approvals', { verdict: 'approve' });
    expect(await seen(told)).toMatchObject({ stage: 'implementation', award: { amountMinor: '60000000' } });
  });

  it('are refused at the submission already, by the same terms', async () => {
    const { id, version } = await draftReady(world);
    const reply = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version });

    expect(reply).toMatchObject({ status: 409, body: { rule: 'source-governorates', accepted: 'state-budget' } });
  });
});
