// Amounts of money at the edge: the corpus of what is no amount through every route that takes one, and what is one in two scripts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { draftCollection } from '../../persistence/draft.model.js';
import { ledgerOrderCollection } from '../../persistence/ledger-order.model.js';
import { upsertCalls } from '../../persistence/programme.repository.js';
import { at, rowsOf } from '../support/http-story.js';
import type { Reply, World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';
import { completeSections, envelope, openCallId } from '../support/world-seed.js';

let world: World;
let draftId: string;
beforeAll(async () => {
  world = await openWorld({ withWorker: false, decisionDeadlineMs: 1_000 });
  draftId = await started(openCallId);
}, 60_000);
afterAll(() => world.close());

const started = async (callId: string): Promise<string> =>
  textIn(await world.as('adel').post('/v1/drafts', { callId }), 'draftId');

const routes = [
  'draft-line',
  'draft-unit-cost',
  'ledger-order',
  'report',
  'closure',
  'recovery',
  'committee',
  'submission',
] as const;
const corpus = z
  .array(
    z.object({
      id: z.string(),
      group: z.literal('money'),
      route: z.enum(routes),
      input: z.unknown(),
      as: z.string(),
      expect: z.object({
        status: z.int(),
        code: z.string(),
        error: z.string().optional(),
        pointer: z.string().optional(),
      }),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('../corpus/money-amounts.json', import.meta.url), 'utf8')));
type Case = (typeof corpus)[number];

const hash = '3f6b8f1c2d4e5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef';
const expectedVersion = 1;
const order = { kind: 'open', to: 'relief/fines/2026/2027', reason: 'قرار' };

const submitted = async (callId: string, budget: unknown): Promise<Reply> => {
  const id = await started(callId);
  const sections = { ...completeSections, budget };
  expect((await world.as('adel').patch(`/v1/drafts/${id}`, { sections }, { 'if-match': '"1"' })).status).toBe(200);
  return world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: 2 });
};

const send = ({ route, input, as }: Case): Promise<Reply> => {
  const person = world.as(as);
  const save = (line: object) => {
    const sections = { budget: { lines: [line] } };
    return person.patch(`/v1/drafts/${draftId}`, { sections }, { 'if-match': '"1"' });
  };
  const command = (below: string, body: object) =>
    person.post(`/v1/requests/${draftId}${below}`, { expectedVersion, ...body });
  switch (route) {
    case 'draft-line':
      return save({ amountMinor: input });
    case 'draft-unit-cost':
      return save({ unitCostMinor: input });
    case 'ledger-order':
      return person.post('/v1/ledger/orders', { ...order, amountMinor: input });
    case 'report':
      return command('/reports/1/submission', { spentMinor: input, documentSha256: hash });
    case 'closure':
      return command('/closure', { verdict: 'settled', unspentMinor: '0', returnedMinor: input });
    case 'recovery':
      return command('/recoveries', { kind: 'received', amountMinor: input });
    case 'committee':
      return command('/committee-item/closing', { verdict: 'approve', amountMinor: input, reason: 'قرار' });
    case 'submission':
      return submitted(openCallId, input);
  }
};

const standing = async () => ({
  orders: await ledgerOrderCollection().countDocuments(),
  draft: (await draftCollection().findOne({ _id: draftId }))?.version,
});

describe('what is no amount', () => {
  it('is a corpus of more than 250 cases', () => {
    expect(corpus.length).toBeGreaterThan(250);
    expect(new Set(corpus.map(({ id }) => id)).size).toBe(corpus.length);
  });

  it.each(corpus.map((one) => [one.id, one] as const))('%s is refused and changes nothing', async (_id, one) => {
    const before = await standing();
    const { status, body } = await send(one);

    expect([status, body['code']]).toEqual([one.expect.status, one.expect.code]);
    if (one.expect.pointer !== undefined)
      expect(rowsOf(body['errors'])).toContainEqual(
        expect.objectContaining({ pointer: one.expect.pointer, code: one.expect.error }),
      );
    expect(await standing()).toEqual(before);
  });
});

const line = completeSections.budget.lines[0];

describe('an amount', () => {
  it.each([
    ['Latin', '40000000'],
    ['Arabic-Indic', '٤٠٠٠٠٠٠٠'],
  ])('in %s digits is the same amount', async (_script, typed) => {
    const id = await started(openCallId);
    const sections = { budget: { lines: [{ ...line, amountMinor: typed }] } };
    await world.as('adel').patch(`/v1/drafts/${id}`, { sections }, { 'if-match': '"1"' });
    const { body } = await world.as('adel').get(`/v1/drafts/${id}`);

    expect(rowsOf(at(body, 'sections', 'budget', 'lines'))).toMatchObject([{ amountMinor: '40000000' }]);
  });
});

describe('the terms of a call', () => {
  beforeAll(async () => {
    const dayMs = 86_400_000;
    const planHash = textIn(await world.as('adel').get(`/v1/calls/${openCallId}`), 'planHash');
    await upsertCalls([
      {
        ...{ _id: 'with-terms', ...envelope, planHash, ceilingMinor: '100000000' },
        ...{ titleAr: 'دعوة', titleEn: 'Call' },
        ...{ opensAt: new Date(Date.now() - dayMs), closesAt: new Date(Date.now() + dayMs) },
        budgetTerms: {
          shares: [{ category: 'equipment', mostBasisPoints: 6_000 }],
          leastContributionBasisPoints: 1_000,
        },
      },
    ]);
  });

  it('are shown with the call', async () => {
    expect((await world.as('adel').get('/v1/calls/with-terms')).body['budgetTerms']).toEqual({
      shares: [{ category: 'equipment', mostBasisPoints: 6_000 }],
      leastContributionBasisPoints: 1_000,
    });
  });

  it('are each named when a budget breaks them, and what the NGO brings counts', async () => {
    const { status, body } = await submitted('with-terms', completeSections.budget);

    expect(status).toBe(400);
    expect(rowsOf(body['errors']).map(({ code }) => code)).toEqual(['category_above_share', 'contribution_too_small']);
    // 600,000 in all, of which the NGO brings 100,000 of the equipment: 300,000 of 500,000 asked for is 60 %.
    const [equipment, training] = completeSections.budget.lines;
    const brought = { lines: [{ ...equipment, ownMinor: '6000000', inKindMinor: '4000000' }, training] };
    const again = await submitted('with-terms', brought);
    expect(rowsOf(again.body['errors'])).toEqual([]);
  });
});
