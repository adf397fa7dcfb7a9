// What goes wrong at the edge: every malformed call gets its code, in the caller's language, and changes nothing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messagesOf } from '../../api/problem.js';
import { handIn } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';
import { openCallId } from '../support/world-seed.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const adel = () => world.as('adel');

describe('a problem', () => {
  it('is problem+json with code, both sentences and the id of the call', async () => {
    const reply = await adel().get('/v1/requests/aaaaaaaaaaaaaaaa', { 'x-request-id': 'call-of-a-test-1' });

    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.headers.get('x-request-id')).toBe('call-of-a-test-1');
    expect(reply.body).toEqual({
      type: '/docs/problems#notFound',
      title: messagesOf('notFound').ar,
      status: 404,
      detail: messagesOf('notFound').ar,
      instance: 'call-of-a-test-1',
      code: 'notFound',
      messages: messagesOf('notFound'),
    });
  });

  it('speaks Arabic unless English is asked for', async () => {
    const titleFor = async (language: string) =>
      (await adel().get('/v1/nowhere', { 'accept-language': language })).body['title'];

    expect(await titleFor('en-GB,ar;q=0.5')).toBe(messagesOf('notFound').en);
    expect(await titleFor('ar-EG,en;q=0.9')).toBe(messagesOf('notFound').ar);
    expect(await titleFor('fr')).toBe(messagesOf('notFound').ar);
  });

  it('takes no request id that could harm a log', async () => {
    const reply = await adel().get('/v1/nowhere', { 'x-request-id': 'a b "c" {}' });

    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a body that is not what it should be', () => {
  const send = (body: string, headers: Record<string, string> = {}) => adel().post('/v1/drafts', body, { headers });

  it('is not JSON', async () => {
    expect(await send('{"callId":')).toMatchObject({ status: 400, body: { code: 'invalidInput' } });
    expect(await send('"text"')).toMatchObject({ status: 400, body: { code: 'invalidInput' } });
  });

  it('is of another media type or encoding', async () => {
    expect(await send('callId=x', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
      body: { code: 'unsupportedMediaType' },
    });
    expect(await send('{}', { 'content-encoding': 'unknown' })).toMatchObject({ status: 415 });
  });

  it('is too large', async () => {
    expect(await send(JSON.stringify({ callId: 'x'.repeat(300_000) }))).toMatchObject({
      status: 413,
      body: { code: 'tooLarge' },
    });
  });

  it('is not read at all when it may be long and nobody of ours sends it', async () => {
    const long = `<Document>${'x'.repeat(21_000_000)}</Document>`;
    const sendLong = (headers: Record<string, string> = {}) =>
      adel().post('/v1/bank-messages/status', long, { headers: { 'content-type': 'application/xml', ...headers } });

    expect(await sendLong({ authorization: 'Bearer not.of.ours' })).toMatchObject({
      status: 401,
      body: { code: 'notSignedIn' },
    });
    expect(await sendLong()).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
  });

  it('has unknown fields, also dangerous ones', async () => {
    const reply = await send(`{"callId":"${openCallId}","__proto__":{"admin":true},"organisationld":"x"}`);

    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidInput' } });
    expect(reply.body['errors']).toMatchObject([{ pointer: '/body/__proto__' }, { pointer: '/body/organisationld' }]);
  });
});

describe('an address that is not what it should be', () => {
  it('is nothing: unknown paths, broken escapes, ids that cannot be', async () => {
    const paths = ['/v1/requests/%00', '/v1/requests/A_B', '/v1/requests/..%2f..', '/v1/nothing', '/wp-admin'];
    const replies = await Promise.all(paths.map((path) => adel().get(path)));

    expect(replies.map(({ status }) => status)).toEqual(paths.map(() => 404));
    expect(await adel().get('/v1/requests/%E0%A4%A')).toMatchObject({ status: 400 });
  });

  it('has query parameters that are unknown, repeated or out of bounds', async () => {
    const queries = [
      'nope=1',
      'limit=0',
      'limit=201',
      'limit=5&limit=6',
      'status=lost',
      'status[$ne]=closed',
      'sort=name',
    ];
    const replies = await Promise.all(queries.map((query) => adel().get(`/v1/requests?${query}`)));

    expect(replies.map(({ status, body }) => [status, body['code']])).toEqual(queries.map(() => [400, 'invalidInput']));
  });
});

describe('a command that is out of order', () => {
  it('is stale when something happened since it was read, and says where the request is', async () => {
    const { path } = await handIn(world);
    const future = await world.as('hana').post(`${path}/suspension`, { expectedVersion: 7, ground: 'fraud-alarm' });

    expect(future).toMatchObject({ status: 409, body: { code: 'staleVersion', currentVersion: 1 } });
  });

  it('belongs to another stage or another role', async () => {
    const { path } = await handIn(world);
    const vote = await world.as('member-1').post(`${path}/votes`, { expectedVersion: 1, vote: 'approve' });
    const role = await world.as('finance').post(`${path}/votes`, { expectedVersion: 1, vote: 'approve' });

    expect(vote).toMatchObject({
      status: 409,
      body: { code: 'notThisStage', rule: 'screening', accepted: 'committee' },
    });
    expect(role).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
  });

  it('names people who are not what the command needs', async () => {
    const { path } = await handIn(world);
    const reviewers = ['reviewer-1', 'reviewer-2', 'hana'];
    const reply = await world.as('secretary').post(`${path}/reviewers`, { expectedVersion: 1, reviewers });

    expect(reply).toMatchObject({ status: 409, body: { code: 'conditionsNotMet', rule: 'holds-role-reviewer' } });
  });

  it('is on a request that does not exist, which looks like one of another NGO', async () => {
    const { id, path } = await handIn(world);
    const body = { expectedVersion: 1 };
    const absent = await world.as('stranger').post('/v1/requests/aaaaaaaaaaaaaaaa/withdrawal', body);
    const foreign = await world.as('stranger').post(`${path}/withdrawal`, body);
    const wrongRole = await world.as('stranger').post(`${path}/votes`, { ...body, vote: 'approve' });
    const shown = [absent, foreign, wrongRole].map(({ status, body: { code, title, detail, rule } }) => ({
      status,
      code,
      title,
      detail,
      rule,
    }));

    expect(new Set(shown.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(shown[0]).toMatchObject({ status: 404, code: 'notFound' });
    expect(await world.trail(id)).toEqual([
      'samira submitRequest',
      'stranger withdraw refused notYourOrganisation',
      'stranger castVote refused notYourRole',
    ]);
  });
});

describe('more commands at once than a process takes', () => {
  it('are told to come back', async () => {
    const small = await reopened({ maxCommands: 1 });
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => small.as('adel').post('/v1/drafts', { callId: openCallId })),
    );

    const statuses = replies.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([201, 429]));
    expect(replies.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
  });

  const reopened = async (options: Parameters<typeof openWorld>[0]): Promise<World> => {
    await world.close();
    world = await openWorld({ withWorker: false, ...options });
    return world;
  };
});
