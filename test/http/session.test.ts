// Committee sessions over HTTP: agenda and attendance, one call for many items, secret ballots, minutes that stay as they were published.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { minutesWords } from '../../api/minutes-words.js';
import { personCollection } from '../../persistence/person.model.js';
import { act, at, convene, handIn, inSession, review, rowsOf, screen, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import { members } from '../support/people.js';
import type { Reply, World } from '../support/world.js';
import { numberIn, openWorld, textIn } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const atCommittee = async (): Promise<Told> => {
  const told = await handIn(world);
  await screen(world, told);
  await review(world, told);
  return told;
};
const pathOf = (sessionId: string): string => `/v1/sessions/${sessionId}`;
const voters = members.slice(0, 8).map(({ personId }) => personId);

/** The same body for each item, with the version that can be read now. */
const itemsOf = async (items: readonly Told[], body: object = {}) => ({
  items: await Promise.all(
    items.map(async (told) => ({ requestId: told.id, expectedVersion: await versionOf(world, told), ...body })),
  ),
});
const codesIn = (reply: Reply): unknown[] =>
  rowsOf(reply.body['items']).map((item) => at(item, 'refused', 'rule') ?? at(item, 'accepted', 'status'));

describe('a session', () => {
  let told: Told;
  let sessionId: string;
  beforeAll(async () => {
    told = await atCommittee();
  });

  it('is scheduled by the secretary, with people and requests that fit', async () => {
    const terms = {
      ...{ heldAt: new Date().toISOString(), chair: 'chair', secretary: 'secretary' },
      ...{ members: voters, agenda: [told.id] },
    };
    const schedule = async (change: object, as = 'secretary') => {
      const { status, body } = await world.as(as).post('/v1/sessions', { ...terms, ...change });
      return [status, body['rule'] ?? body['code']];
    };

    expect(await schedule({}, 'chair')).toEqual([403, 'roles']);
    expect(await schedule({ chair: 'member-1' })).toEqual([409, 'holds-role-committeeChair']);
    expect(await schedule({ secretary: 'hana' })).toEqual([409, 'holds-role-committeeSecretary']);
    expect(await schedule({ members: ['hana'] })).toEqual([409, 'committee-members-only']);
    expect(await schedule({ agenda: ['no-such-request'] })).toEqual([409, 'agenda-at-committee']);
    expect(await schedule({ agenda: [told.id, told.id] })).toEqual([409, 'agenda-distinct']);
  });

  it('shows who is in the room and the quorum of each item, and takes the seats from there', async () => {
    sessionId = await convene(world, [told], { present: ['chair', ...voters] });
    await inSession(world, sessionId, '/attendance', { movements: [{ personId: 'member-1', movement: 'left' }] });

    const seen = await world.as('member-2').get(pathOf(sessionId));
    expect(seen.body).toMatchObject({
      state: 'open',
      present: ['chair', ...voters.slice(1)],
      items: [
        {
          ...{ requestId: told.id, stage: 'committee', state: 'waiting' },
          quorum: { present: 8, recused: 0, counted: 8, needed: 7, stands: true },
        },
      ],
    });
    await act(world, told, 'secretary', '/committee-item', { sessionId, recused: ['member-2'] });
    const opened = await world.as('member-3').get(pathOf(sessionId));
    expect(rowsOf(opened.body['items'])).toMatchObject([
      { state: 'open', recused: ['member-2'], quorum: { present: 8, recused: 1, counted: 7 } },
    ]);
    expect(await world.as('samira').get(pathOf(sessionId))).toMatchObject({ status: 403 });
  });

  it('decides alone what is on its agenda', async () => {
    const other = await world.as('secretary').post('/v1/sessions', {
      ...{ heldAt: new Date().toISOString(), chair: 'chair', secretary: 'secretary', members: [], agenda: [told.id] },
    });
    expect(other).toMatchObject({ status: 409, body: { rule: 'on-other-agenda', accepted: told.id } });

    const second = await atCommittee();
    const open = async (id: string) => {
      const expectedVersion = await versionOf(world, second);
      return world.as('secretary').post(`${second.path}/committee-item`, { expectedVersion, sessionId: id });
    };
    expect(await open(sessionId)).toMatchObject({ status: 409, body: { rule: 'not-on-agenda' } });
    expect(await open('no-such-session')).toMatchObject({ status: 409, body: { rule: 'session-not-open' } });
    const scheduled = await world.as('secretary').post('/v1/sessions', {
      ...{ heldAt: new Date().toISOString(), chair: 'chair', secretary: 'secretary', members: [], agenda: [second.id] },
    });
    expect(await open(textIn(scheduled, 'sessionId'))).toMatchObject({
      status: 409,
      body: { rule: 'session-not-open', accepted: 'scheduled' },
    });
    const found = await world.as('chair').get(`/v1/sessions?requestId=${second.id}&state=scheduled`);
    expect(rowsOf(found.body['items']).map(({ id }) => id)).toEqual([scheduled.body['sessionId']]);
  });

  it('counts one person once, whatever accounts they have', async () => {
    await personCollection().updateMany(
      { _id: { $in: ['member-11', 'member-12'] } },
      { $set: { nationalIdHash: 'f'.repeat(64) } },
    );
    const came = (personId: string) =>
      inSession(world, sessionId, '/attendance', { movements: [{ personId, movement: 'came' }] });

    expect(await came('member-11')).toMatchObject({ status: 200 });
    expect(await came('member-12')).toMatchObject({ status: 409, body: { rule: 'present-distinct' } });
    expect(await came('hana')).toMatchObject({ status: 409, body: { rule: 'committee-members-only' } });
    await personCollection().updateMany({}, { $unset: { nationalIdHash: '' } });
  });

  it('cannot be closed over an open ballot, nor changed by who has not seen it', async () => {
    expect(await inSession(world, sessionId, '/closing')).toMatchObject({
      status: 409,
      body: { rule: 'items-closed', accepted: told.id },
    });
    const stale = await world.as('secretary').post(`${pathOf(sessionId)}/closing`, { expectedVersion: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'staleVersion' } });
  });
});

describe('many items of one session', () => {
  let items: Told[];
  let sessionId: string;

  beforeAll(async () => {
    items = [await atCommittee(), await atCommittee(), await atCommittee()];
    sessionId = await convene(world, items);
  });

  it('are opened, voted on and closed in one call each, with an outcome for each item', async () => {
    const [first, second, third] = items;
    if (!first || !second || !third) throw new Error('three items');
    const opened = await world.as('secretary').post(`${pathOf(sessionId)}/openings`, await itemsOf(items));
    expect(codesIn(opened)).toEqual(['committee', 'committee', 'committee']);
    for (const voter of voters)
      await world.as(voter).post(`${pathOf(sessionId)}/votes`, await itemsOf([first, second], { vote: 'approve' }));
    await act(world, second, 'member-1', '/interests', { interest: 'conflict' });

    const reason = 'حاز المشروع الأغلبية';
    const { items: asked } = await itemsOf(items, { verdict: 'approve', reason });
    const decisions = {
      items: asked.map((item) => (item.requestId === first.id ? { ...item, conditions: ['عروض أسعار أولاً'] } : item)),
    };
    const key = 'one-batch-of-decisions';
    const closed = await world.as('chair').post(`${pathOf(sessionId)}/decisions`, decisions, { key });

    expect(closed.status).toBe(200);
    expect(rowsOf(closed.body['items'])).toMatchObject([
      { requestId: first.id, accepted: { status: 'committee' }, refused: null },
      { requestId: second.id, accepted: { status: 'committee' }, refused: null },
      { requestId: third.id, accepted: null, refused: { code: 'quorumMissing', rule: 'votes-cast' } },
    ]);
    expect(await world.trail(third.id)).toContain('chair closeItem refused quorumMissing');
    const again = await world.as('chair').post(`${pathOf(sessionId)}/decisions`, decisions, { key });
    expect(again.body).toEqual(closed.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const fresh = await world.as('chair').post(`${pathOf(sessionId)}/decisions`, decisions);
    expect(codesIn(fresh).slice(2)).toEqual(['votes-cast']);
    expect((await world.trail(first.id)).filter((line) => line === 'chair closeItem')).toHaveLength(1);
  });

  it('are refused to who has no part in them, and named once', async () => {
    const all = await itemsOf(items, { vote: 'approve' });
    expect(await world.as('secretary').post(`${pathOf(sessionId)}/votes`, all)).toMatchObject({ status: 403 });
    const twice = { items: [...all.items, ...all.items] };
    expect(await world.as('member-1').post(`${pathOf(sessionId)}/votes`, twice)).toMatchObject({
      status: 409,
      body: { rule: 'items-distinct' },
    });
  });

  it('are put off to a date in the same call', async () => {
    const third = items.slice(2);
    const deferUntil = new Date(Date.now() + 10 * 86_400_000).toISOString();
    const put = { verdict: 'defer', reason: 'لم يكتمل التصويت', deferUntil };
    const reply = await world.as('chair').post(`${pathOf(sessionId)}/decisions`, await itemsOf(third, put));
    expect(codesIn(reply)).toEqual(['committee']);
    const { body } = await world.as('secretary').get(third[0]?.path ?? '');
    expect(body).toMatchObject({ awaited: [], nextDueAt: deferUntil });
  });
});

describe('the minutes', () => {
  let sessionId: string;
  const words = minutesWords.ar;
  const factsIn = (reply: Reply): Record<string, string>[] =>
    rowsOf(at(reply.body['document'], 'blocks'))
      .filter(({ kind }) => kind === 'facts')
      .map(({ rows }) => Object.fromEntries(rowsOf(rows).map(({ label, value }) => [String(label), String(value)])));
  const read = () => world.as('member-4').get(`${pathOf(sessionId)}/minutes?lang=ar`);

  beforeAll(async () => {
    const { body } = await world.as('chair').get('/v1/sessions?state=open&limit=1');
    sessionId = String(rowsOf(body['items'])[0]?.['id']);
  });

  it('say what the trail says: attendance, quorum, recusals, the count of votes, verdicts, amounts, conditions', async () => {
    const minutes = await read();
    const [, first, second, third] = factsIn(minutes);
    expect(minutes.body).toMatchObject({ published: false, document: { title: words.title, language: 'ar' } });
    expect(first).toMatchObject({
      [words.tally]: 'موافق: 8 · رافض: 0 · ممتنع: 0',
      [words.decision]: words.verdict.approve,
      [words.amount]: '600,000.00 جنيه مصري',
    });
    expect(second).toMatchObject({ [words.tally]: 'موافق: 7 · رافض: 0 · ممتنع: 0', [words.recusedDuring]: 'member-1' });
    expect(third).toMatchObject({ [words.decision]: words.verdict.defer });
    expect(JSON.stringify(minutes.body)).toContain('عروض أسعار أولاً');
    const english = await world.as('chair').get(`${pathOf(sessionId)}/minutes?lang=en`);
    expect(at(english.body, 'document', 'title')).toBe(minutesWords.en.title);
  });

  it('are published by the chair once the session is closed, with their hash in the register', async () => {
    const publish = async (as: string) => {
      const expectedVersion = numberIn(await world.as('chair').get(pathOf(sessionId)), 'version');
      return world.as(as).post(`${pathOf(sessionId)}/minutes`, { expectedVersion });
    };
    expect(await publish('chair')).toMatchObject({ status: 409, body: { rule: 'session-closed' } });
    expect(await inSession(world, sessionId, '/closing')).toMatchObject({ status: 200, body: { state: 'closed' } });
    expect(await publish('secretary')).toMatchObject({ status: 403 });
    expect(await publish('chair')).toMatchObject({ status: 200 });
    expect(await publish('chair')).toMatchObject({ status: 409, body: { code: 'alreadyActed' } });

    const minutes = await read();
    const timeline = await world.as('auditor').get(`/v1/register/session/${sessionId}/timeline`);
    const last = rowsOf(timeline.body['items']).at(-1);
    expect(last).toMatchObject({ command: 'publishMinutes', actor: { personId: 'chair' } });
    expect(JSON.stringify(last)).toContain(String(minutes.body['sha256']));
    expect(minutes.body['published']).toBe(true);
  });

  it('do not change when somebody is recused or renamed later', async () => {
    const before = await read();
    const { body } = await world.as('chair').get(pathOf(sessionId));
    const [requestId] = Array.isArray(body['agenda']) ? body['agenda'].map(String) : [];
    const told = { id: requestId ?? '', path: `/v1/requests/${requestId}`, version: 0 };
    await act(world, told, 'member-5', '/interests', { interest: 'conflict' });
    await personCollection().updateOne({ _id: 'member-6' }, { $set: { nameAr: 'اسم آخر' } });

    expect((await read()).body).toEqual(before.body);
    const ballot = at((await world.as('auditor').get(told.path)).body, 'internal', 'ballot');
    expect(ballot).toMatchObject({ recused: [], tally: { approve: 8 } });
  });
});

describe('a secret ballot', () => {
  let told: Told;
  let sessionId: string;
  beforeAll(async () => {
    told = await atCommittee();
    sessionId = await convene(world, [told], { ballot: 'secret' });
    await act(world, told, 'secretary', '/committee-item', { sessionId });
    for (const voter of voters)
      await act(world, told, voter, '/votes', { vote: voter === 'member-1' ? 'reject' : 'approve' });
    await act(world, told, 'chair', '/committee-item/closing', { verdict: 'approve', reason: 'أغلبية' });
  });

  it.each(['auditor', 'chair', 'secretary', 'member-2'])(
    'shows %s the tally, and no vote but the own',
    async (person) => {
      const own = person === 'member-2' ? { 'member-2': 'approve' } : {};
      const { body } = await world.as(person).get(told.path);
      expect(at(body, 'internal', 'ballot')).toMatchObject({
        secret: true,
        votes: own,
        tally: { approve: 7, reject: 1 },
      });
      const timeline = await world.as(person).get(`${told.path}/timeline?limit=200`);
      const cast = rowsOf(timeline.body['items']).filter(({ command }) => command === 'castVote');
      expect(cast).toHaveLength(8);
      const shown = cast
        .flatMap(({ events }) => rowsOf(events))
        .flatMap(({ vote }) => (vote === undefined ? [] : [vote]));
      expect(shown).toEqual(Object.values(own));
    },
  );

  it('leaves the auditor the proof that votes were cast, without what would give them away', async () => {
    const timeline = await world.as('auditor').get(`${told.path}/timeline?limit=200`);
    const cast = rowsOf(timeline.body['items']).filter(({ command }) => command === 'castVote');
    expect(at(cast[0], 'actor', 'personId')).toBe('member-1');
    expect(cast[0]?.['proof']).toMatchObject({ fingerprint: null, key: null, updateId: null });
    expect(String(at(cast[0], 'proof', 'hash'))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is not told of in the minutes', async () => {
    const minutes = JSON.stringify((await world.as('chair').get(`${pathOf(sessionId)}/minutes?lang=en`)).body);
    expect(minutes).toContain('approve: 7');
    expect(minutes).not.toContain(minutesWords.en.votes + '"');
  });
});
