// What is given back, what is owed and what is written off, over HTTP: who sees which work, and where the money stands afterwards.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { act, agree, at, award, handIn, pay, review, rowsOf, screen, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import { owingPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

const dayMs = 86_400_000;
const proof = { reason: 'a saving on equipment', evidence: [{ fileId: 'credit-note', sha256: 'c'.repeat(64) }] };
const lost = { kind: 'written-off', amountMinor: '15000000' } as const;

let world: World;
let told: Told;
beforeAll(async () => {
  world = await openWorld({ plan: owingPlan });
  told = await handIn(world);
  await screen(world, told);
  await review(world, told);
  await award(world, told);
  await agree(world, told);
  await pay(world, told, 1);
}, 120_000);
afterAll(() => world.close());

const page = async (personId: string): Promise<unknown> => (await world.as(personId).get(told.path)).body;
const amount = async (personId: string, ...path: string[]) => at(await page(personId), ...path, 'amountMinor');
const refused = async (personId: string, below: string, body: object) => {
  const expectedVersion = await versionOf(world, told);
  const { status, body: problem } = await world.as(personId).post(`${told.path}${below}`, { expectedVersion, ...body });
  return { status, code: at(problem, 'code'), rule: at(problem, 'rule') };
};

describe('money that comes back', () => {
  it('takes a refund with its proof, and no more than is left', async () => {
    expect(await refused('finance', '/refunds', { amountMinor: '21600001', ...proof })).toMatchObject({
      ...{ status: 422, code: 'tranchesDoNotAddUp', rule: 'refund-within-unspent' },
    });
    expect(await refused('finance', '/refunds', { amountMinor: '1600000', reason: 'saved' })).toMatchObject({
      ...{ status: 409, rule: 'refund-evidence' },
    });
    await act(world, told, 'finance', '/refunds', { amountMinor: '1600000', ...proof });
    expect(await amount('samira', 'refunded')).toBe('1600000');
  });

  it('gives each instalment its due time and its work', async () => {
    await act(world, told, 'deputy', '/termination', { reason: 'misuse' });
    expect(await amount('samira', 'recovery', 'due')).toBe('20000000');
    const dueAt = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();
    const late = { instalments: [{ amountMinor: '20000000', dueAt: dueAt(-1) }] };
    expect(await refused('finance', '/recovery-plan', late)).toMatchObject({ rule: 'instalments-in-order' });
    const instalments = [
      { amountMinor: '5000000', dueAt: dueAt(30) },
      { amountMinor: '15000000', dueAt: dueAt(60) },
    ];
    await act(world, told, 'finance', '/recovery-plan', { instalments });
    await act(world, told, 'finance', '/recoveries', { kind: 'received', amountMinor: '5000000' });
    expect(await page('samira')).toMatchObject({ recovery: { nextInstalment: 2 }, internal: null });
    expect(rowsOf(at(await page('finance'), 'awaited'))).toMatchObject([
      { name: 'recover', number: 2, dueAt: instalments[1]?.dueAt },
    ]);
  });

  it('writes the rest off by proposal and by all levels of the matrix', async () => {
    await act(world, told, 'finance', '/recoveries', { ...lost, reason: 'the NGO was dissolved' });
    expect(await page('auditor')).toMatchObject({
      internal: { writeOff: { row: 'up-to-250k', waitsFor: 'programme-director', approvals: [] } },
    });
    expect(rowsOf(at(await page('auditor'), 'awaited')).map(({ name }) => name)).toContain(
      'write-off-programme-director',
    );
    expect(await refused('executive-director', '/recoveries', lost)).toMatchObject({
      status: 403,
      rule: 'authority-level',
    });
    await act(world, told, 'programme-director', '/recoveries', lost);
    await act(world, told, 'executive-director', '/recoveries', lost);
    expect(await page('samira')).toMatchObject({ outcome: 'terminated' });
  });

  it('leaves the ledger with what was written off, and the rest in the envelope', async () => {
    const { body } = await world.as('auditor').get(`/v1/ledger/sums?of=request&id=${told.id}`);
    const moved = rowsOf(at(body, 'movements')).map(({ kind, from, to, sum }) => [
      kind,
      from,
      to,
      at(sum, 'amountMinor'),
    ]);
    expect(moved).toContainEqual(['disburse', 'committed', 'disbursed', '21600000']);
    expect(moved).toContainEqual(['refund', 'disbursed', 'available', '6600000']);
    expect(moved).toContainEqual(['write-off', 'disbursed', 'written-off', '15000000']);
  });
});
