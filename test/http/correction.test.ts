// A correction over HTTP: points on items and fields, what was changed field by field, what is asked again, who sees what.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Told } from '../support/http-story.js';
import { act, at, checklist, review, rowsOf, screen, sit } from '../support/http-story.js';
import { strictPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { numberIn, openWorld, textIn } from '../support/world.js';
import { completeSections, openCallId } from '../support/world-seed.js';

let world: World;
let told: Told;
let draftVersion: number;
beforeAll(async () => {
  world = await openWorld({ plan: strictPlan });
  const draft = await world.as('adel').post('/v1/drafts', { callId: openCallId });
  const id = textIn(draft, 'draftId');
  const saved = await world.as('adel').patch(`/v1/drafts/${id}`, { sections: completeSections }, { 'if-match': '"1"' });
  draftVersion = numberIn(saved, 'version');
  await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: draftVersion });
  told = { id, path: `/v1/requests/${id}`, version: 1 };
});
afterAll(() => world.close());

const mend = async (sections: object): Promise<void> => {
  const path = `/v1/drafts/${told.id}`;
  const etag = (await world.as('adel').get(path)).headers.get('etag') ?? '';
  const saved = await world.as('adel').patch(path, { sections }, { 'if-match': etag });
  expect(saved.status).toBe(200);
};
const [equipment, training] = completeSections.budget.lines;
const quoted = 'سعر التجهيزات بعد العروض';
const budget = {
  lines: [
    { ...equipment, quantity: 3, amountMinor: '30000000' },
    { ...training, code: 'transport', titleAr: quoted },
  ],
};
const point = { section: 'budget', field: 'lines/equipment/quantity', item: 'relevant-experience', note: 'العدد كبير' };

describe('a return from screening', () => {
  it('names the item and the field, which the NGO sees and answers one by one', async () => {
    const answers = checklist(world).map((answer) =>
      answer.item === point.item ? { ...answer, answer: 'not-met' } : answer,
    );
    const incomplete = { verdict: 'incomplete', checklist: answers, points: [point] };
    await act(world, told, 'hana', '/screening', incomplete);
    expect((await world.as('samira').get(told.path)).body['correction']).toMatchObject({ points: [point] });

    await mend({ budget });
    const vague = { expectedVersion: 2, answers: [{ section: 'budget', note: 'خُفِّض العدد' }] };
    expect(await world.as('samira').post(`${told.path}/resubmission`, vague)).toMatchObject({
      status: 409,
      body: { rule: 'points-unanswered', accepted: 'budget/lines/equipment/quantity/relevant-experience' },
    });
    await act(world, told, 'samira', '/resubmission', { answers: [{ ...point, note: 'خُفِّض العدد' }] });
  });

  it('shows what was asked beside what was answered, and each changed field with its text', async () => {
    const versions = await world.as('samira').get(`${told.path}/versions`);
    expect(rowsOf(versions.body['items'])).toMatchObject([
      { number: 1, seq: 1, by: { personId: 'samira' }, points: [], changedFields: null },
      {
        number: 2,
        points: [{ field: point.field, item: point.item, asked: 'العدد كبير', answered: 'خُفِّض العدد' }],
        changedSections: ['budget'],
      },
    ]);
    const { body } = await world.as('hana').get(`${told.path}/versions/2/diff`);
    expect(rowsOf(body['items'])).toMatchObject([
      { field: 'lines/equipment/amountMinor', kind: 'changed', before: '40000000', after: '30000000' },
      { field: 'lines/equipment/quantity', kind: 'changed', before: 4, after: 3 },
      { field: 'lines/training', kind: 'removed', after: null },
      { field: 'lines/transport', kind: 'added', before: null, after: { titleAr: quoted } },
    ]);
  });

  it('leaves names in the trail and no text of the form', async () => {
    const timeline = await world.as('auditor').get(`${told.path}/timeline`);
    const again = rowsOf(timeline.body['items']).find(({ command }) => command === 'resubmit');
    expect(at(rowsOf(again?.['events'])[0], 'changedFields')).toContainEqual({
      section: 'budget',
      field: 'lines/transport',
      kind: 'added',
    });
    expect(JSON.stringify(timeline.body)).not.toContain(quoted);
  });

  it('is hidden from other NGOs and other directorates', async () => {
    for (const path of ['/versions', '/versions/2/diff'])
      for (const person of ['stranger', 'giza'])
        expect((await world.as(person).get(`${told.path}${path}`)).status).toBe(404);
    expect((await world.as('hana').get(`${told.path}/versions/9/diff`)).status).toBe(404);
    expect((await world.as('hana').get(`${told.path}/versions/1/diff`)).status).toBe(404);
  });

  it('asks the officer again only for what was not met', async () => {
    const { body } = await world.as('hana').get(told.path);
    expect(at(body, 'internal', 'voidedItems')).toEqual([]);
    await act(world, told, 'hana', '/screening', {
      verdict: 'eligible',
      checklist: [{ item: point.item, answer: 'met' }],
    });
    const after = await world.as('hana').get(told.path);
    expect(rowsOf(at(after.body, 'internal', 'checklist'))).toHaveLength(strictPlan.checklist.length);
  });
});

describe('a return from the committee', () => {
  it('voids what the changed budget touches, and asks the same reviewers for that score alone', async () => {
    await review(world, told);
    await sit(world, told);
    const returned = {
      verdict: 'return',
      reason: 'الموازنة تحتاج مراجعة',
      points: [{ section: 'budget', note: 'راجعوا الأسعار' }],
    };
    await act(world, told, 'chair', '/committee-item/closing', returned);
    await mend({ budget: { lines: [{ ...equipment, quantity: 2, amountMinor: '20000000' }] } });
    await act(world, told, 'samira', '/resubmission', { answers: [{ section: 'budget', note: 'رُوجعت' }] });

    const { body } = await world.as('reviewer-1').get(told.path);
    expect(body['stage']).toBe('technical-review');
    expect(at(body, 'internal', 'standingScores')).toMatchObject({ sustainability: 8, 'need-and-targeting': 8 });
    expect(at(body, 'internal', 'standingScores', 'budget-and-value')).toBeUndefined();
    const inbox = await world.as('reviewer-1').get('/v1/inbox');
    expect(rowsOf(inbox.body['items'])).toMatchObject([{ requestId: told.id, command: 'recordScore' }]);

    for (const reviewer of ['reviewer-1', 'reviewer-2', 'reviewer-3'])
      await act(world, told, reviewer, '/scores', { scores: { 'budget-and-value': 9 } });
    expect((await world.as('hana').get(told.path)).body['stage']).toBe('committee');
  });

  it('says in the timeline what was voided and why, to the NGO without the criteria', async () => {
    const voidedFor = async (person: string) => {
      const { body } = await world.as(person).get(`${told.path}/timeline?limit=100`);
      return rowsOf(body['items'])
        .flatMap(({ events }) => rowsOf(events))
        .find(({ kind }) => kind === 'verdictsVoided');
    };
    expect(await voidedFor('hana')).toMatchObject({ because: ['budget'], criteria: ['budget-and-value'] });
    expect(await voidedFor('samira')).toEqual({
      kind: 'verdictsVoided',
      because: ['budget'],
      checklistItems: [],
      governorates: [],
    });
    const versions = await world.as('samira').get(`${told.path}/versions`);
    expect(rowsOf(versions.body['items'])[2]).toMatchObject({
      number: 3,
      voided: { because: ['budget'], criteria: null },
    });
  });
});

describe('the inbox of a directorate', () => {
  it('shows the requests of its own governorate alone', async () => {
    const draft = await world.as('adel').post('/v1/drafts', { callId: openCallId });
    const id = textIn(draft, 'draftId');
    const sections = {
      ...completeSections,
      project: { ...completeSections.project, governorates: ['EG-GZ', 'EG-ALX'] },
    };
    await world.as('adel').patch(`/v1/drafts/${id}`, { sections }, { 'if-match': '"1"' });
    await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: 2 });
    const other: Told = { id, path: `/v1/requests/${id}`, version: 1 };
    await screen(world, other);

    const waiting = async (person: string) =>
      rowsOf((await world.as(person).get('/v1/inbox')).body['items']).map(({ requestId, governorate }) => [
        requestId,
        governorate,
      ]);
    expect(await waiting('giza')).toEqual([[id, 'EG-GZ']]);
    expect(await waiting('cairo')).toEqual([]);
    const foreign = await world
      .as('cairo')
      .post(`${other.path}/opinions`, { expectedVersion: 2, governorate: 'EG-GZ', verdict: 'support' });
    expect(foreign.status).toBe(404);
    const silent = { governorate: 'EG-GZ', verdict: 'object' };
    expect(
      (await world.as('giza').post(`${other.path}/opinions`, { expectedVersion: 2, ...silent })).body,
    ).toMatchObject({
      rule: 'remarks-missing',
    });
    await act(world, other, 'giza', '/opinions', { ...silent, reason: 'ر'.repeat(2_000) });
  });
});
