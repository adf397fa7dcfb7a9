// Drafts over HTTP: started once per key, saved by themselves, never lost to somebody else's change, invisible to others.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';
import { closedCallId, completeSections, openCallId } from '../support/world-seed.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ withWorker: false });
});
afterAll(() => world.close());

const startDraft = async (person = 'adel'): Promise<string> => {
  const reply = await world.as(person).post('/v1/drafts', { callId: openCallId });
  return textIn(reply, 'draftId');
};

describe('an applicant starts a draft', () => {
  it('answers 201 with an empty draft, its version as a strong ETag, and its address', async () => {
    const reply = await world.as('adel').post('/v1/drafts', { callId: openCallId });

    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ version: 1, sections: {}, organisationId: 'ngo-mashael', submittedAt: null });
    expect(reply.body['requestId']).toBe(reply.body['draftId']);
    expect(reply.body['draftId']).toMatch(/^[a-z0-9]{16}$/);
    expect(reply.headers.get('etag')).toBe('"1"');
    expect(reply.headers.get('location')).toBe(`/v1/drafts/${textIn(reply, 'draftId')}`);
  });

  it('makes one draft of a call sent twice with one key', async () => {
    const key = randomUUID();
    const first = await world.as('adel').post('/v1/drafts', { callId: openCallId }, { key });
    const second = await world.as('adel').post('/v1/drafts', { callId: openCallId }, { key });

    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
  });

  it('is refused when the call has closed, and for people without an NGO', async () => {
    const closed = await world.as('adel').post('/v1/drafts', { callId: closedCallId });
    const officer = await world.as('hana').post('/v1/drafts', { callId: openCallId });

    expect(closed).toMatchObject({ status: 409, body: { code: 'pastDeadline' } });
    expect(officer).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
  });
});

describe('a draft that is being written', () => {
  it('keeps what was saved before and adds what is saved now', async () => {
    const id = await startDraft();
    const adel = world.as('adel');
    await adel.patch(`/v1/drafts/${id}`, { sections: { project: { titleAr: 'حضانة' } } }, { 'if-match': '"1"' });
    const saved = await adel.patch(`/v1/drafts/${id}`, { sections: { project: { months: 9 } } }, { 'if-match': '"2"' });
    const read = await adel.get(`/v1/drafts/${id}`);

    expect(saved).toMatchObject({ status: 200, body: { version: 3 } });
    expect(saved.headers.get('etag')).toBe('"3"');
    expect(read.body).toMatchObject({ sections: { project: { titleAr: 'حضانة', months: 9 } } });
  });

  it('takes an answer away with null', async () => {
    const id = await startDraft();
    const adel = world.as('adel');
    await adel.patch(`/v1/drafts/${id}`, { sections: { project: { titleAr: 'أ', months: 9 } } }, { 'if-match': '"1"' });
    const saved = await adel.patch(
      `/v1/drafts/${id}`,
      { sections: { project: { months: null } } },
      { 'if-match': '"2"' },
    );

    expect(saved.body['sections']).toEqual({ project: { titleAr: 'أ' } });
  });

  it('is not overwritten by a page that has an older version open', async () => {
    const id = await startDraft();
    const adel = world.as('adel');
    const change = { sections: { project: { titleAr: 'الأولى' } } };
    await adel.patch(`/v1/drafts/${id}`, change, { 'if-match': '"1"' });
    const stale = await adel.patch(
      `/v1/drafts/${id}`,
      { sections: { project: { titleAr: 'الثانية' } } },
      { 'if-match': '"1"' },
    );
    const missing = await adel.patch(`/v1/drafts/${id}`, change);
    const read = await adel.get(`/v1/drafts/${id}`);

    expect(stale).toMatchObject({ status: 412, body: { code: 'draftChanged', currentVersion: 2 } });
    expect(missing).toMatchObject({ status: 428, body: { code: 'preconditionMissing' } });
    expect(read.body).toMatchObject({ sections: { project: { titleAr: 'الأولى' } } });
  });

  it('answers 304 to a page that has the latest version', async () => {
    const id = await startDraft();
    const reply = await world.as('adel').get(`/v1/drafts/${id}`, { 'if-none-match': '"1"' });

    expect(reply.status).toBe(304);
  });

  it('looks absent to other NGOs and to the Fund', async () => {
    const id = await startDraft();
    const replies = await Promise.all([
      world.as('stranger').get(`/v1/drafts/${id}`),
      world.as('hana').get(`/v1/drafts/${id}`),
      world.as('stranger').patch(`/v1/drafts/${id}`, { sections: {} }, { 'if-match': '"1"' }),
      world.as('adel').get('/v1/drafts/aaaaaaaaaaaaaaaa'),
    ]);

    expect(replies.map(({ status, body }) => [status, body['code']])).toEqual(replies.map(() => [404, 'notFound']));
    expect(replies[0]?.body['title']).toBe(replies[3]?.body['title']);
  });

  it('refuses unknown fields, other shapes and text that is not text', async () => {
    const id = await startDraft();
    const save = (sections: unknown) => world.as('adel').patch(`/v1/drafts/${id}`, { sections }, { 'if-match': '"1"' });
    const replies = await Promise.all([
      save({ project: { titleEn: 'x', $where: '1' } }),
      save({ secret: {} }),
      save({ project: { titleAr: 'a\u0000b' } }),
      save({ project: { titleAr: '\ud800' } }),
      save({ project: { titleAr: 'ا'.repeat(201) } }),
      save({ project: { months: '9' } }),
    ]);

    expect(replies.map(({ status, body }) => [status, body['code']])).toEqual(replies.map(() => [400, 'invalidInput']));
    expect(replies[0]?.body['errors']).toMatchObject([{ pointer: '/body/sections/project/$where' }]);
  });
});

describe('the list of drafts', () => {
  it('shows the own NGO its drafts a page at a time, newest first', async () => {
    const ids = [await startDraft('stranger'), await startDraft('stranger'), await startDraft('stranger')];
    const first = await world.as('stranger').get('/v1/drafts?limit=2');
    const next = await world.as('stranger').get(textIn(first, 'next'));

    const seen = [first, next].flatMap(({ body }) => body['items']);
    expect(seen).toMatchObject([...ids].reverse().map((draftId) => ({ draftId })));
    expect(next.body['next']).toBeNull();
    expect(first.headers.get('link')).toContain('rel="next"');
  });

  it('refuses a cursor that was changed or belongs to another list', async () => {
    await startDraft();
    await startDraft();
    const page = await world.as('adel').get('/v1/drafts?limit=1');
    const cursor = new URL(textIn(page, 'next'), world.url).searchParams.get('cursor') ?? '';
    const changed = await world.as('adel').get(`/v1/drafts?cursor=${cursor.slice(0, -2)}xx`);
    const foreign = await world.as('stranger').get(`/v1/drafts?cursor=${cursor}`);

    expect(changed).toMatchObject({ status: 400, body: { code: 'badCursor' } });
    expect(foreign).toMatchObject({ status: 400, body: { code: 'badCursor' } });
  });
});

describe('handing in a draft that is not complete', () => {
  it('names every missing answer by its place in the form, and changes nothing', async () => {
    const id = await startDraft();
    const { project, beneficiaries } = completeSections;
    const saved = await world
      .as('adel')
      .patch(
        `/v1/drafts/${id}`,
        { sections: { project: { ...project, titleAr: 'قصي' }, beneficiaries } },
        { 'if-match': '"1"' },
      );
    const reply = await world
      .as('samira')
      .post(`/v1/drafts/${id}/submission`, { expectedVersion: saved.body['version'] });

    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidInput' } });
    expect(reply.body['errors']).toMatchObject([
      { pointer: '/sections/project/titleAr' },
      { pointer: '/sections/budget' },
    ]);
    expect((await world.as('adel').get(`/v1/drafts/${id}`)).body).toMatchObject({ submittedAt: null, reference: null });
  });

  it('is not for the applicant, and not for a version that somebody has changed since', async () => {
    const id = await startDraft();
    await world.as('adel').patch(`/v1/drafts/${id}`, { sections: completeSections }, { 'if-match': '"1"' });
    const applicant = await world.as('adel').post(`/v1/drafts/${id}/submission`, { expectedVersion: 2 });
    const stale = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: 1 });

    expect(applicant).toMatchObject({ status: 403, body: { code: 'notYourRole', accepted: 'signatory' } });
    expect(stale).toMatchObject({ status: 409, body: { code: 'staleVersion', currentVersion: 2 } });
    expect(await world.trail(id)).toEqual([
      'adel submitRequest refused notYourRole',
      'samira submitRequest refused staleVersion',
    ]);
  });
});
