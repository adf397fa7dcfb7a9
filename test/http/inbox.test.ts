// The inbox as people use it: what is mine, what is my team's, what I wait for; counts, filters, saved views; and notices.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../platform/logger.js';
import { deliverDue } from '../../worker/notice-sender.js';
import { act, handIn, rowsOf, screen } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import type { Reply, World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';

let world: World;
let told: Told;
beforeAll(async () => {
  world = await openWorld();
  told = await handIn(world);
});
afterAll(() => world.close());

const inbox = async (person: string, query = '') =>
  rowsOf((await world.as(person).get(`/v1/inbox${query}`)).body['items']);
const commandsIn = async (person: string, query = '') => (await inbox(person, query)).map(({ command }) => command);
const counts = async (person: string): Promise<Reply['body']> => (await world.as(person).get('/v1/inbox/counts')).body;
const some = (count: number) => ({ count, atLeast: false });

describe('a request at screening', () => {
  it('is in the box of the team that screens, and its NGO waits for it', async () => {
    expect(await commandsIn('hana', '?box=team')).toEqual(['recordScreening']);
    expect(await inbox('hana', '?box=mine')).toEqual([]);
    expect(await inbox('hana', '?box=waiting')).toEqual([]);
    expect(await inbox('samira', '?box=waiting')).toMatchObject([
      { requestId: told.id, command: 'recordScreening', name: 'recordScreening', mine: false, awaitedPersonId: null },
    ]);
    expect(await inbox('adel', '?box=team')).toEqual([]);
    expect(await inbox('stranger', '?box=waiting')).toEqual([]);
  });

  it('is counted for each', async () => {
    expect(await counts('hana')).toMatchObject({ mine: some(0), team: some(1), waiting: some(0), late: some(0) });
    expect(await counts('samira')).toMatchObject({ mine: some(0), team: some(0), waiting: some(1) });
  });

  it('is found by filters that fit, in both directions of every sort, and not by others', async () => {
    const fitting = ['command=recordScreening', 'stage=screening', 'programmeCode=disability', 'governorate=EG-C'];
    const later = new Date(Date.now() + 400 * 86_400_000).toISOString();
    for (const query of [...fitting, `dueBefore=${later}`, 'sort=opened&order=desc', 'sort=amount&order=asc'])
      expect(await commandsIn('hana', `?box=team&${query}`)).toEqual(['recordScreening']);
    for (const query of [
      'command=castVote',
      'stage=committee',
      'governorate=EG-GZ',
      'late=true',
      'programmeCode=other',
    ])
      expect(await commandsIn('hana', `?box=team&${query}`)).toEqual([]);
    expect(await world.as('hana').get('/v1/inbox?box=other')).toMatchObject({ status: 400 });
    expect(await world.as('hana').get('/v1/inbox?late=false')).toMatchObject({ status: 400 });
  });
});

describe('a request that went on', () => {
  beforeAll(async () => {
    await screen(world, told);
    await act(world, told, 'cairo', '/opinions', { governorate: 'EG-C', verdict: 'support' });
    const reviewers = ['reviewer-1', 'reviewer-2', 'reviewer-3'];
    await act(world, told, 'secretary', '/reviewers', { reviewers });
  });

  it('is waited for by those who acted on it, as one thing however many are asked', async () => {
    const waited = { command: 'declareInterest', role: 'reviewer' };
    expect(await inbox('secretary', '?box=waiting')).toMatchObject([{ ...waited, awaitedPersonId: 'reviewer-1' }]);
    // Who reviews is sealed from the others while the review goes on.
    for (const person of ['hana', 'cairo'])
      expect(await inbox(person, '?box=waiting')).toMatchObject([
        { ...waited, name: 'declareInterest', awaitedPersonId: null },
      ]);
    expect(await inbox('reviewer-1', '?box=mine')).toMatchObject([{ command: 'declareInterest', mine: true }]);
    expect(await inbox('reviewer-1', '?box=waiting')).toEqual([]);
    expect(await inbox('reviewer-4', '?box=mine')).toEqual([]);
  });

  it('does not tell its NGO of whom an answer is awaited', async () => {
    const reply = await world.as('samira').get('/v1/inbox?box=waiting');

    expect(reply.body['items']).toMatchObject([{ command: 'declareInterest', awaitedPersonId: null }]);
    expect(JSON.stringify(reply.body)).not.toContain('reviewer-1');
  });
});

describe('saved views', () => {
  const late = { name: 'فحص متأخر', box: 'team', filters: { stage: 'screening', late: true }, sort: 'due' };

  it('are kept for the person, replaced by name and deleted', async () => {
    const saved = await world.as('hana').post('/v1/inbox/views', late);
    const again = await world.as('hana').post('/v1/inbox/views', { ...late, order: 'desc' });
    expect([saved.status, again.status]).toEqual([200, 200]);
    expect((await world.as('hana').get('/v1/inbox/views')).body['items']).toEqual([
      { viewId: saved.body['viewId'], ...late, order: 'desc' },
    ]);
    expect((await world.as('secretary').get('/v1/inbox/views')).body['items']).toEqual([]);

    const deletion = `/v1/inbox/views/${textIn(saved, 'viewId')}/deletion`;
    expect(await world.as('secretary').post(deletion, {})).toMatchObject({ status: 404 });
    expect(await world.as('hana').post(deletion, {})).toMatchObject({ status: 200 });
    expect((await world.as('hana').get('/v1/inbox/views')).body['items']).toEqual([]);
    expect(await world.as('hana').post(deletion, {})).toMatchObject({ status: 404 });
  });

  it('are at most fifty, and are refused where the inbox would not know them', async () => {
    for (let index = 0; index < 50; index += 1)
      expect(await world.as('finance').post('/v1/inbox/views', { ...late, name: `view ${index}` })).toMatchObject({
        status: 200,
      });
    expect(await world.as('finance').post('/v1/inbox/views', { ...late, name: 'one more' })).toMatchObject({
      status: 400,
      body: { code: 'invalidInput', errors: [{ pointer: '/body/name' }] },
    });
    expect(await world.as('finance').post('/v1/inbox/views', { ...late, name: 'view 3' })).toMatchObject({
      status: 200,
    });
    expect(await world.as('hana').post('/v1/inbox/views', { ...late, filters: { $where: '1' } })).toMatchObject({
      status: 400,
    });
  });
});

describe('notices', () => {
  const log = createLogger('test', { logLevel: 'silent' });
  beforeAll(() =>
    deliverDue({
      mailer: null,
      publicUrl: 'http://sanad.example',
      mailDomain: 'sanad.example',
      log,
      observe: () => undefined,
    }),
  );
  const notices = async (person: string) => rowsOf((await world.as(person).get('/v1/notices')).body['items']);

  it('are there for whom they are meant, in both languages, with one link', async () => {
    expect(await notices('samira')).toMatchObject([
      {
        kind: 'submission-received',
        requestId: told.id,
        read: false,
        link: `/requests/${told.id}`,
        texts: {
          ar: { subject: expect.stringContaining('تسلّمنا') },
          en: { subject: expect.stringContaining('received') },
        },
      },
    ]);
    expect((await notices('reviewer-2')).map(({ kind }) => kind)).toEqual(['work-assigned']);
    expect(await notices('hana')).toEqual([]);
    expect(await counts('samira')).toMatchObject({ unreadNotices: some(1) });
  });

  it('are read once by their own receiver', async () => {
    const [first] = await notices('samira');
    const reading = `/v1/notices/${String(first?.['noticeId'])}/reading`;

    expect(await world.as('adel').post(reading, {})).toMatchObject({ status: 404 });
    expect(await world.nobody.post(reading, {})).toMatchObject({ status: 401 });
    const read = await world.as('samira').post(reading, {});
    const again = await world.as('samira').post(reading, {});

    expect(read).toMatchObject({ status: 200, body: { read: true } });
    expect(again.body['readAt']).toBe(read.body['readAt']);
    expect(await counts('samira')).toMatchObject({ unreadNotices: some(0) });
    expect((await notices('adel'))[0]).toMatchObject({ read: false });
  });
});
