// Plans over HTTP: drafted from a published one, previewed, published by a second administrator, and applied to one running request.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Plan } from '../../domain/plan.js';
import { planHashOf } from '../../persistence/plan-version.model.js';
import { at, handIn } from '../support/http-story.js';
import { calmPlan } from '../support/plans.js';
import type { Reply, World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const submitted = async (): Promise<string> => (await handIn(world)).id;
const calmHash = planHashOf(calmPlan);
/** As the reference matrix, with levels that the people of the tests hold. */
const levels = [
  { level: 'programme-director', people: 1 },
  { level: 'executive-director', people: 1 },
];
const planOf = (version: string, change: Partial<Plan> = {}): Plan => ({
  ...calmPlan,
  version,
  authority: [{ row: 'all', aboveMinor: '0', upToMinor: '1000000000000', levels }],
  ...change,
});
const drafted = async (plan: Plan): Promise<string> =>
  textIn(await world.as('administrator').post('/v1/plan-drafts', { plan, basedOn: calmHash }), 'planId');
const edit = (person: string, planId: string, plan: Plan, seen: number): Promise<Reply> =>
  world
    .as(person)
    .patch(`/v1/plan-drafts/${planId}`, { plan }, { 'if-match': `"${seen}"`, 'idempotency-key': randomUUID() });
const publish = (person: string, planId: string, expectedVersion: number, more: object = {}): Promise<Reply> =>
  world.as(person).post(`/v1/plan-drafts/${planId}/publication`, { expectedVersion, ...more });
const published = async (plan: Plan): Promise<string> => {
  const reply = await publish('other-administrator', await drafted(plan), 1);
  return textIn(reply, 'publishedHash');
};

describe('a draft of a plan', () => {
  it('starts as a copy of a published plan and shows what would keep it from being published', async () => {
    const reply = await world.as('administrator').post('/v1/plan-drafts', { basedOn: calmHash, version: '2030-1' });

    expect(reply).toMatchObject({ status: 201, body: { version: 1, basedOn: calmHash, publishedHash: null } });
    expect(reply.headers.get('etag')).toBe('"1"');
    expect(at(reply.body, 'plan', 'version')).toBe('2030-1');
    // Nobody of the tests holds the highest levels of the reference matrix.
    expect(at(reply.body, 'faults', '0', 'path')).toBe('authority.up-to-50m');
  });

  it('is edited by administrators alone, and not over a change that was not seen', async () => {
    const planId = await drafted(planOf('2030-2'));

    const saved = await edit('administrator', planId, planOf('2030-2', { correctionRounds: 5 }), 1);
    const stale = await edit('other-administrator', planId, planOf('2030-2'), 1);
    const officer = await edit('hana', planId, planOf('2030-2'), 2);

    expect(saved).toMatchObject({ status: 200, body: { version: 2 } });
    expect(stale).toMatchObject({ status: 409, body: { code: 'staleVersion', currentVersion: 2 } });
    expect(officer).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
    const trail = await world.as('auditor').get(`/v1/register/plan/${planId}/timeline`);
    expect(at(trail.body, 'items', '1', 'command')).toBe('editPlanDraft');
    expect(at(trail.body, 'items', '1', 'changed')).toEqual([{ field: 'correctionRounds', before: 3, after: 5 }]);
  });

  it('that is malformed is refused with every field that is wrong', async () => {
    const plan = { ...planOf('2030-3'), committee: undefined, colour: 'green' };
    const reply = await world.as('administrator').post('/v1/plan-drafts', { plan });

    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidInput' } });
    const pointers = [0, 1].map((index) => at(reply.body, 'errors', String(index), 'pointer'));
    expect(pointers).toEqual(['/body/plan/committee', '/body/plan/colour']);
  });
});

describe('the publication of a plan', () => {
  it('is refused to whoever edited last, and with every fault while the plan is unsound', async () => {
    const unsound = planOf('2031-1', { correctionRounds: -1, closure: { signoffs: [] } });
    const planId = await drafted(unsound);

    const alone = await publish('administrator', planId, 1);
    const broken = await publish('other-administrator', planId, 1);

    expect(alone).toMatchObject({ status: 403, body: { code: 'dutyConflict', rule: 'second-administrator' } });
    expect(broken).toMatchObject({ status: 409, body: { code: 'planNotApplicable', rule: 'closure' } });
    const pointers = [0, 1].map((index) => at(broken.body, 'errors', String(index), 'pointer'));
    expect(pointers).toEqual(['/plan/closure', '/plan/correctionRounds']);
  });

  it('is refused for the past, and for a version whose name is taken', async () => {
    const past = await publish('other-administrator', await drafted(planOf('2031-2')), 1, {
      effectiveFrom: '2020-01-01T00:00:00Z',
    });
    const taken = await publish('other-administrator', await drafted(planOf('2026-1')), 1);

    expect(past).toMatchObject({ status: 409, body: { rule: 'effective-from-not-past' } });
    expect(taken).toMatchObject({ status: 409, body: { rule: 'plan-version-free' } });
  });

  it('makes it immutable under the hash of its content, once, and ends the draft', async () => {
    const plan = planOf('2031-3');
    const planId = await drafted(plan);
    const key = randomUUID();
    const body = { expectedVersion: 1, effectiveFrom: '2099-01-01T00:00:00Z' };
    const path = `/v1/plan-drafts/${planId}/publication`;

    const first = await world.as('other-administrator').post(path, body, { key });
    const again = await world.as('other-administrator').post(path, body, { key });
    const later = await edit('administrator', planId, planOf('2031-3', { correctionRounds: 1 }), 2);
    const read = await world.as('adel').get(`/v1/plans/${planHashOf(plan)}`);

    expect(first).toMatchObject({ status: 200, body: { version: 2, publishedHash: planHashOf(plan) } });
    expect(again.body).toEqual(first.body);
    expect(later).toMatchObject({ status: 409, body: { code: 'alreadyActed' } });
    expect(read).toMatchObject({ status: 200, body: { version: '2031-3', inForce: false, plan } });
    expect(read.body['diagram']).toContain('committee --> authority: approve');
  });
});

describe('the preview of a draft', () => {
  it('draws its route and says for past requests what would have been different', async () => {
    const requestId = await submitted();
    const planId = await drafted(planOf('2032-1', { committee: { ...calmPlan.committee, quorum: 9 } }));

    const preview = await world.as('administrator').get(`/v1/plan-drafts/${planId}/preview?requests=5`);

    expect(preview).toMatchObject({ status: 200, body: { faults: [] } });
    expect(preview.body['diagram']).toContain('[*] --> draft');
    expect(preview.body['dryRun']).toContainEqual({
      requestId,
      stage: 'screening',
      migration: null,
      changes: [
        { what: 'authority-row', before: 'up-to-5m', after: 'all' },
        { what: 'quorum', before: '7', after: '9' },
      ],
    });
  });
});

describe('the migration of a running request', () => {
  const migrate = (person: string, requestId: string, planHash: string, more: object = {}): Promise<Reply> =>
    world
      .as(person)
      .post(`/v1/requests/${requestId}/plan-migration`, { expectedVersion: 1, planHash, reason: 'ruled so', ...more });

  it('puts it under the newer plan, which is then shown and waited by', async () => {
    const requestId = await submitted();
    const planHash = await published(planOf('2033-1'));

    const moved = await migrate('administrator', requestId, planHash);
    const record = await world.as('hana').get(`/v1/requests/${requestId}`);
    const actions = await world.as('administrator').get(`/v1/requests/${requestId}/allowed-actions`);

    expect(moved).toMatchObject({ status: 200, body: { version: 2, status: 'screening' } });
    expect(JSON.stringify(record.body)).toContain(planHash);
    expect(JSON.stringify(actions.body)).toContain('migratePlan');
    expect(await world.trail(requestId)).toEqual(['samira submitRequest', 'administrator migratePlan']);
  });

  it('is refused without a reason, to everybody else, and to a plan that is not published, not in force or not fitting', async () => {
    const requestId = await submitted();
    const fits = await published(planOf('2033-2'));
    const other = await published(planOf('2033-3', { code: 'relief' }));
    const later = textIn(
      await publish('other-administrator', await drafted(planOf('2033-4')), 1, {
        effectiveFrom: '2099-01-01T00:00:00Z',
      }),
      'publishedHash',
    );

    expect(await migrate('administrator', requestId, fits, { reason: '' })).toMatchObject({ status: 400 });
    expect(await migrate('hana', requestId, fits)).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
    expect(await migrate('stranger', requestId, fits)).toMatchObject({ status: 403 });
    const rules = [];
    for (const hash of ['0'.repeat(64), later, other])
      rules.push((await migrate('administrator', requestId, hash)).body['rule']);
    expect(rules).toEqual(['plan-published', 'plan-in-force', 'same-code']);
  });
});
