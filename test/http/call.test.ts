// Calls over HTTP: drafted in Cairo's time, opened by a second administrator, read with documents and score sheet, and answered
// only between opening and closing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { cairoLocal } from '../../api/cairo-time.js';
import { planHashOf } from '../../persistence/plan-version.model.js';
import { at } from '../support/http-story.js';
import { calmPlan } from '../support/plans.js';
import type { Reply, World } from '../support/world.js';
import { openWorld } from '../support/world.js';
import { envelope } from '../support/world-seed.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ withWorker: false });
});
afterAll(() => world.close());

const hourMs = 3_600_000;
const fromNow = (hours: number): string => cairoLocal(new Date(Date.now() + hours * hourMs));
const contentOf = (change: object = {}) => ({
  ...envelope,
  titleAr: 'دعوة جديدة',
  titleEn: 'A new call',
  opensAt: fromNow(-1),
  closesAt: fromNow(48),
  planHash: planHashOf(calmPlan),
  ceilingMinor: '100000000',
  budgetMinor: '500000000',
  documents: [{ code: 'bylaws', titleAr: 'لائحة النظام الأساسي', titleEn: 'Bylaws', required: true }],
  ...change,
});
const draft = (callId: string, change: object = {}): Promise<Reply> =>
  world.as('administrator').post('/v1/call-drafts', { callId, ...contentOf(change) });
const open = (person: string, callId: string, expectedVersion = 1): Promise<Reply> =>
  world.as(person).post(`/v1/call-drafts/${callId}/opening`, { expectedVersion });
const opened = async (callId: string, change: object = {}): Promise<void> => {
  await draft(callId, change);
  expect(await open('other-administrator', callId)).toMatchObject({ status: 200 });
};

describe('a call in the making', () => {
  it('keeps Cairo’s time as an instant, on both sides of summer time', async () => {
    const reply = await draft('summer-2030', { opensAt: '2030-02-03T09:00', closesAt: '2030-07-04T15:00' });

    expect(reply).toMatchObject({
      status: 201,
      body: {
        opensAt: '2030-02-03T07:00:00.000Z',
        opensAtCairo: '2030-02-03T09:00',
        closesAt: '2030-07-04T12:00:00.000Z',
        closesAtCairo: '2030-07-04T15:00',
        openedBy: null,
      },
    });
  });

  it('refuses a time that Cairo’s clocks skip, and a document named twice', async () => {
    const [document] = contentOf().documents;
    const reply = await draft('never-2026', { opensAt: '2026-04-24T00:30', documents: [document, document] });

    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidInput' } });
    const pointers = [0, 1].map((index) => at(reply.body, 'errors', String(index), 'pointer'));
    expect(pointers).toEqual(['/body/opensAt', '/body/documents']);
  });

  it('is seen by administrators and auditors alone, and edited until it is opened', async () => {
    await draft('edited-2030');
    const edit = (seen: number) =>
      world.as('administrator').patch('/v1/call-drafts/edited-2030', contentOf({ titleEn: 'Another title' }), {
        'if-match': `"${seen}"`,
        'idempotency-key': randomUUID(),
      });

    expect(await edit(1)).toMatchObject({ status: 200, body: { version: 2, titleEn: 'Another title' } });
    expect(await edit(1)).toMatchObject({ status: 409, body: { code: 'staleVersion' } });
    expect(await world.as('adel').get('/v1/call-drafts/edited-2030')).toMatchObject({ status: 403 });
    expect(await world.as('adel').get('/v1/calls/edited-2030')).toMatchObject({ status: 404 });
    expect(await open('other-administrator', 'edited-2030', 2)).toMatchObject({ status: 200 });
    expect(await edit(3)).toMatchObject({ status: 409, body: { code: 'alreadyActed' } });
    const trail = await world.as('auditor').get('/v1/register/call/edited-2030/timeline');
    const commands = [0, 1, 2].map((index) => at(trail.body, 'items', String(index), 'command'));
    expect(commands).toEqual(['draftCall', 'editCall', 'openCall']);
  });
});

describe('the opening of a call', () => {
  it('needs a second administrator, a published plan and money in the envelope', async () => {
    await draft('alone-2030');
    await draft('ruleless-2030', { planHash: '0'.repeat(64) });
    await draft('costly-2030', { budgetMinor: '999999999999' });

    expect(await open('administrator', 'alone-2030')).toMatchObject({ status: 403, body: { code: 'dutyConflict' } });
    expect(await open('other-administrator', 'ruleless-2030')).toMatchObject({ body: { code: 'planNotApplicable' } });
    expect(await open('other-administrator', 'costly-2030')).toMatchObject({ body: { code: 'envelopeExceeded' } });
    expect(await world.as('adel').get('/v1/calls/alone-2030')).toMatchObject({ status: 404 });
  });

  it('shows the call to everybody with its documents and the score sheet of its plan', async () => {
    await opened('shown-2030');

    const { body } = await world.as('adel').get('/v1/calls/shown-2030');

    expect(body).toMatchObject({
      isOpen: true,
      budget: { amountMinor: '500000000' },
      documents: [{ code: 'bylaws', titleAr: 'لائحة النظام الأساسي', required: true }],
    });
    expect(at(body, 'scoreSheet', '0')).toMatchObject({ code: 'need-and-targeting', weight: 30, max: 10 });
    expect(at(body, 'scoreSheet', '0', 'guidance', 'ar')).toMatch(/[\u0600-\u06ff]/);
    expect(JSON.stringify((await world.as('adel').get('/v1/calls')).body)).toContain('shown-2030');
  });
});

describe('an NGO that answers a call', () => {
  it('can begin only between opening and closing', async () => {
    await opened('early-2030', { opensAt: fromNow(24) });
    await opened('now-2030');

    const early = await world.as('adel').post('/v1/drafts', { callId: 'early-2030' });
    const inTime = await world.as('adel').post('/v1/drafts', { callId: 'now-2030' });

    expect(early).toMatchObject({ status: 409, body: { code: 'conditionsNotMet', rule: 'call-not-open' } });
    expect(inTime).toMatchObject({ status: 201 });
  });
});
