// A tranche plan over HTTP: a fixed first amount, a minimum spend before the second, which earns by results; seen by the people who wait
// for it, in the ledger, by the public and by the verification.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reservationCollection } from '../../persistence/ledger.model.js';
import { runVerification } from '../../verification/verify.js';
import { addressOf } from '../support/engine.js';
import {
  act,
  agree,
  at,
  handIn,
  pay,
  reserved,
  review,
  rowsOf,
  screen,
  sit,
  versionOf,
} from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import type { Plan } from '../../domain/plan.js';
import { earningPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

/** The second tranche waits for a visit as well. */
const plan: Plan = {
  ...earningPlan,
  tranches: {
    ...earningPlan.tranches,
    parts: earningPlan.tranches.parts.map((part, index) =>
      index === 1 ? { ...part, requires: [...part.requires, { kind: 'visit-passed', number: 1 }] } : part,
    ),
  },
};

let world: World;
let told: Told;
beforeAll(async () => {
  world = await openWorld({ plan });
  told = await handIn(world);
  await screen(world, told);
  await review(world, told);
  await sit(world, told);
}, 120_000);
afterAll(() => world.close());

const egp = (amountMinor: string) => ({ amountMinor, currency: 'EGP' });
const send = async (by: string, below: string, body: object = {}) =>
  world.as(by).post(`${told.path}${below}`, { expectedVersion: await versionOf(world, told), ...body });
const reported = async (number: number, spentMinor: string, total: number): Promise<void> => {
  const indicators = [{ code: 'people-trained', total, parts: { women: total } }];
  const documentSha256 = 'd'.repeat(64);
  await act(world, told, 'adel', `/reports/${number}/submission`, { spentMinor, indicators, documentSha256 });
  await act(world, told, 'monitor', `/reports/${number}/review`, { verdict: 'accepted' });
};
const tranche = async (number: number, by = 'samira') => {
  const { body } = await world.as(by).get(`${told.path}/tranche-conditions`);
  return rowsOf(body['items']).find((one) => one['number'] === number);
};
const condition = async (number: number, name: string) =>
  rowsOf((await tranche(number))?.['conditions']).find((one) => one['condition'] === name);

describe('a request under a tranche plan', () => {
  it('gets no award that is too small for its tranches; the attempt is on record', async () => {
    const closing = { verdict: 'approve', amountMinor: '22222222', reason: 'أقل من المطلوب' };

    expect(await send('chair', '/committee-item/closing', closing)).toMatchObject({
      status: 422,
      body: { code: 'tranchesDoNotAddUp', rule: 'award-carries-tranches', accepted: '22222223' },
    });
    expect(await world.trail(told.id)).toContain('chair closeItem refused tranchesDoNotAddUp');
  });

  it('has the award divided as planned, and the agreement says what depends on results', async () => {
    await act(world, told, 'chair', '/committee-item/closing', { verdict: 'approve', reason: 'حاز المشروع الأغلبية' });
    await reserved(world, told);
    for (const approver of ['programme-director', 'executive-director', 'deputy'])
      await act(world, told, approver, '/approvals', { verdict: 'approve' });
    const text = (await world.as('samira').get(`${told.path}/agreement`)).body;
    await agree(world, told);

    expect(text['en']).toContain('2. tranche: EGP 340,000.00 at most, earned in the proportion of people-trained');
    expect(text['ar']).toContain('بحد أقصى، تُستحق بنسبة المتحقق من المؤشر people-trained');
    const { body } = await world.as('samira').get(told.path);
    expect(rowsOf(body['tranches']).map((one) => one['amount'])).toEqual(['20000000', '34000000', '6000000'].map(egp));
  });

  it('shows what the second tranche waits for, and how much of it is there', async () => {
    await pay(world, told, 1);
    await reported(1, '15999999', 50);

    expect(await condition(2, 'report-accepted')).toMatchObject({ state: 'met', number: 1, spent: null });
    expect(await condition(2, 'spent-share')).toMatchObject({
      ...{ state: 'not-met', number: null, indicator: null },
      spent: { needed: egp('16000000'), reached: egp('15999999') },
      why: { en: 'Accepted reports do not account for enough of the money paid before.' },
    });
    expect((await tranche(2))?.['results']).toEqual({
      ...{ indicator: 'people-trained', target: 100, leastBasisPoints: 2_500, reached: 50 },
      ...{ planned: egp('34000000'), earned: null },
    });
    expect((await send('finance', '/tranches/2/preparation')).body).toMatchObject({
      ...{ code: 'conditionsNotMet', rule: 'spent-share', accepted: '16000000' },
    });
  });

  it('takes no report without the indicator that money hangs on', async () => {
    const body = { spentMinor: '20000000', indicators: [], documentSha256: 'd'.repeat(64) };
    expect((await send('adel', '/reports/2/submission', body)).body).toMatchObject({
      ...{ code: 'conditionsNotMet', rule: 'indicator-stated', accepted: 'people-trained' },
    });
  });

  it('waits for a visit that the monitoring officer has to prove, and shows the organisation what was found', async () => {
    expect(await condition(2, 'visit-passed')).toMatchObject({ state: 'not-met', number: 1 });
    const findings = [{ severity: 'minor', note: 'اللافتة ناقصة' }];
    const visit = { visitedOn: new Date().toISOString().slice(0, 10), verdict: 'passed', findings };
    expect((await send('adel', '/visits', visit)).body).toMatchObject({ code: 'notYourRole' });
    expect((await send('monitor', '/visits', visit)).body).toMatchObject({
      ...{ code: 'conditionsNotMet', rule: 'visit-evidence' },
    });
    expect((await send('monitor', '/visits', { ...visit, visitedOn: '2026-02-31' })).status).toBe(400);

    await act(world, told, 'monitor', '/visits', {
      ...visit,
      evidence: [{ fileId: 'photos', sha256: 'e'.repeat(64) }],
    });

    expect(await condition(2, 'visit-passed')).toMatchObject({ state: 'met' });
    const { body } = await world.as('samira').get(told.path);
    expect(body['visits']).toEqual([expect.objectContaining({ number: 1, verdict: 'passed', findings })]);
    expect(await world.trail(told.id)).toContain('adel recordVisit refused notYourRole');
  });

  it('earns by what was reached once enough is spent, and the rest is free for others at once', async () => {
    await reported(2, '60000000', 80);

    expect(await condition(2, 'spent-share')).toMatchObject({ state: 'met' });
    expect((await tranche(2))?.['results']).toMatchObject({ planned: egp('34000000'), earned: egp('27200000') });
    const { body } = await world.as('samira').get(told.path);
    expect(rowsOf(body['tranches'])[1]).toMatchObject({ amount: egp('27200000'), planned: egp('34000000') });
    const [balance] = rowsOf((await world.as('finance').get('/v1/balances')).body['items']);
    expect(balance).toMatchObject({ available: egp('946800000'), committed: egp('33200000') });
    const [reservation] = await reservationCollection().find({ requestId: told.id }).toArray();
    expect(reservation?.releasedMinor).toBe(6_800_000n);
  });

  it('is told to the organisation on its timeline', async () => {
    const { body } = await world.as('samira').get(`${told.path}/timeline?limit=100`);
    const events = rowsOf(body['items']).flatMap((row) => rowsOf(row['events']));
    expect(events).toContainEqual({
      ...{ kind: 'trancheEarned', number: 2, plannedMinor: '34000000', earnedMinor: '27200000' },
      ...{ indicator: 'people-trained', reached: 80, target: 100 },
    });
  });

  it('closes with its award paid and given back to the piastre, before public and verification', async () => {
    await pay(world, told, 2);
    await pay(world, told, 3);
    const body = { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' };
    await act(world, told, 'monitor', '/closure', body);
    await act(world, told, 'finance', '/closure', body);

    const [balance] = rowsOf((await world.as('finance').get('/v1/balances')).body['items']);
    expect(balance).toMatchObject({ available: egp('946800000'), committed: egp('0'), spent: egp('53200000') });
    const [award] = rowsOf((await world.nobody.get('/v1/public/awards')).body['items']);
    expect(at(award, 'figures')).toMatchObject({
      ...{ awarded: egp('60000000'), cancelled: egp('6800000'), disbursed: egp('53200000') },
    });
    const { findings } = await runVerification({
      config: { temporal: { address: addressOf(), namespace: 'default', taskQueue: world.taskQueue } },
      ...{ only: undefined, requestId: undefined, patienceMs: 3_000, say: () => undefined },
    });
    expect(findings).toEqual([]);
  });
});
