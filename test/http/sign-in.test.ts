// Who may call: tokens of this service only, roles as they are now, and a demo sign-in that exists in demo mode alone.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { issueToken } from '../../api/token.js';
import { PersonModel } from '../../persistence/person.model.js';
import { handIn } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld, textIn, tokenKey } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const key = new TextEncoder().encode(tokenKey);
const withToken = (token: string) => world.nobody.get('/v1/me', { authorization: `Bearer ${token}` });
const claims = () => new SignJWT().setSubject('hana').setIssuedAt().setExpirationTime('1h');

describe('a token', () => {
  it('of this service lets its person in, with the roles held now', async () => {
    const { token } = await issueToken('hana', { key: tokenKey, hours: 1 });

    expect(await withToken(token)).toMatchObject({
      status: 200,
      body: { personId: 'hana', roles: [{ role: 'screeningOfficer' }] },
    });
  });

  it('that is expired, unsigned, of another key, issuer, audience or type is no token', async () => {
    const ours = () => claims().setIssuer('sanad').setAudience('sanad-api');
    const header = { alg: 'HS256', typ: 'at+jwt' };
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const tokens = [
      (await issueToken('hana', { key: tokenKey, hours: 1, nowMs: Date.now() - 7_200_000 })).token,
      (await issueToken('hana', { key: `${tokenKey}!`, hours: 1 })).token,
      await claims().setAudience('sanad-api').setIssuer('other').setProtectedHeader(header).sign(key),
      await claims().setIssuer('sanad').setAudience('other').setProtectedHeader(header).sign(key),
      await ours().setProtectedHeader({ alg: 'HS256' }).sign(key),
      await ours().setProtectedHeader({ alg: 'HS512', typ: 'at+jwt' }).sign(key),
      `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded({ sub: 'hana', iss: 'sanad', aud: 'sanad-api', iat: now, exp: now + 60 })}.`,
      'not-a-token',
    ];
    const replies = await Promise.all(tokens.map(withToken));

    expect(replies.map(({ status, body }) => [status, body['code']])).toEqual(tokens.map(() => [401, 'notSignedIn']));
  });

  it('of a person who does not exist or is suspended lets nobody in', async () => {
    await PersonModel.updateOne({ _id: 'cairo' }, { suspended: true });
    const suspended = await world.as('cairo').get('/v1/me');
    await PersonModel.updateOne({ _id: 'cairo' }, { suspended: false });

    expect(suspended).toMatchObject({ status: 401, body: { code: 'notSignedIn' } });
    expect(await world.as('nobody-of-this-name').get('/v1/me')).toMatchObject({ status: 401 });
    expect(await world.as('cairo').get('/v1/me')).toMatchObject({ status: 200 });
  });

  it('is missing: the answer says which scheme is asked for', async () => {
    const reply = await world.nobody.get('/v1/me');

    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toContain('Bearer');
  });
});

describe('a role that is taken away', () => {
  it('is gone with the very next call', async () => {
    const { path } = await handIn(world);
    const before = await world.as('giza').get(path);
    await PersonModel.updateOne({ _id: 'finance' }, { 'grants.0.until': new Date(Date.now() - 1_000) });
    const reply = await world.as('finance').get('/v1/balances');
    await PersonModel.updateOne({ _id: 'finance' }, { 'grants.0.until': null });

    expect(before.status).toBe(404);
    expect(reply).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
    expect((await world.as('finance').get('/v1/balances')).status).toBe(200);
  });
});

describe('the demo sign-in', () => {
  it('gives a token for a person by name', async () => {
    const reply = await world.nobody.post('/v1/demo/sign-in', { personId: 'samira' });

    expect(await withToken(textIn(reply, 'token'))).toMatchObject({ status: 200, body: { personId: 'samira' } });
    expect(await world.nobody.post('/v1/demo/sign-in', { personId: 'nobody' })).toMatchObject({ status: 404 });
    expect((await world.nobody.get('/v1/demo/people')).status).toBe(200);
  });
});
