// Who sees what: lists by scope, a request and its timeline by audience, the inbox, allowed actions with their reasons.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { act, at, handIn, rowsOf, screen, scores, sit, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';

let world: World;
let told: Told;
beforeAll(async () => {
  world = await openWorld();
  told = await handIn(world);
});
afterAll(() => world.close());

describe('a request at screening', () => {
  it('is there for its NGO, its directorate and the Fund, and for nobody else', async () => {
    const statuses = async (people: readonly string[]) =>
      Promise.all(people.map(async (person) => (await world.as(person).get(told.path)).status));

    expect(await statuses(['samira', 'adel', 'cairo', 'hana', 'reviewer-1', 'auditor'])).toEqual(Array(6).fill(200));
    expect([...(await statuses(['stranger'])), ...(await statuses(['giza']))]).toEqual([404, 404]);
  });

  it('is listed for the same people, and filters narrow the list', async () => {
    const idsFor = async (person: string, query = '') =>
      rowsOf((await world.as(person).get(`/v1/requests${query}`)).body['items']).map(({ id }) => id);

    expect(await idsFor('samira')).toEqual([told.id]);
    expect(await idsFor('cairo')).toEqual([told.id]);
    expect(await idsFor('stranger')).toEqual([]);
    expect(await idsFor('giza')).toEqual([]);
    expect(await idsFor('hana', '?status=screening&programmeCode=disability&governorate=EG-C')).toEqual([told.id]);
    expect(await idsFor('hana', '?stage=committee')).toEqual([]);
    expect(await world.as('samira').get('/v1/requests?organisationId=ngo-other')).toMatchObject({ status: 404 });
    expect(await world.as('cairo').get('/v1/requests?governorate=EG-GZ')).toMatchObject({ status: 404 });
  });

  it('says who has it now and until when', async () => {
    const { body } = await world.as('samira').get(told.path);

    expect(body['awaited']).toMatchObject([{ command: 'recordScreening', role: 'screeningOfficer', personId: null }]);
    expect(Date.parse(String(rowsOf(body['awaited'])[0]?.['dueAt']))).toBeGreaterThan(Date.now());
  });

  it('is in the inbox of those who are waited for, with what to send', async () => {
    const inbox = await world.as('hana').get('/v1/inbox');

    expect(inbox.body['items']).toMatchObject([
      {
        requestId: told.id,
        command: 'recordScreening',
        expectedVersion: 1,
        late: false,
        mine: false,
        amount: { amountMinor: '60000000' },
      },
    ]);
    expect((await world.as('finance').get('/v1/inbox')).body['items']).toEqual([]);
  });

  it('tells each person what they may do, and why not the rest', async () => {
    const actionsOf = async (person: string) =>
      rowsOf((await world.as(person).get(`${told.path}/allowed-actions`)).body['items']);

    expect(await actionsOf('hana')).toMatchObject([
      { command: 'recordScreening', allowed: true, refusal: null },
      { command: 'declareInterest', allowed: true },
      { command: 'suspend', allowed: true },
    ]);
    expect((await actionsOf('samira')).find(({ command }) => command === 'signAgreement')).toMatchObject({
      allowed: false,
      refusal: { code: 'notThisStage', messages: { en: expect.any(String), ar: expect.any(String) } },
    });
  });

  it('is not sent again to a page that has it', async () => {
    const reply = await world.as('samira').get(told.path, { 'if-none-match': '"1"' });

    expect(reply.status).toBe(304);
    expect(reply.headers.get('etag')).toBe('"1"');
  });

  it('is waited for by a page that knows of a newer version', async () => {
    const waiting = world.as('samira').get(`${told.path}?minVersion=2`);
    await screen(world, told);

    expect((await waiting).body).toMatchObject({ version: 2, status: 'regional-opinion' });
  });

  it('shows what was handed in', async () => {
    const { body } = await world.as('hana').get(`${told.path}/submission`);

    expect(body).toMatchObject({ sections: { project: { months: 9 } }, titleEn: 'An inclusive nursery' });
  });
});

describe('a request that is judged', () => {
  beforeAll(async () => {
    await act(world, told, 'cairo', '/opinions', { governorate: 'EG-C', verdict: 'object', reason: 'ملاحظة داخلية' });
    const reviewers = ['reviewer-1', 'reviewer-2', 'reviewer-3'];
    await act(world, told, 'secretary', '/reviewers', { reviewers });
    for (const reviewer of reviewers) await act(world, told, reviewer, '/interests', { interest: 'none' });
    await act(world, told, 'reviewer-1', '/scores', { scores: scores(world, 7) });
  });

  it('hides a score from the peers who have not given theirs', async () => {
    const scoresFor = async (person: string) => {
      const { body } = await world.as(person).get(told.path);
      return rowsOf(at(body, 'internal', 'scores')).length;
    };
    const timeline = await world.as('reviewer-2').get(`${told.path}/timeline`);

    expect([await scoresFor('reviewer-1'), await scoresFor('reviewer-2'), await scoresFor('secretary')]).toEqual([
      1, 0, 0,
    ]);
    expect(JSON.stringify(timeline.body)).not.toContain('"total"');
  });

  it('shows the NGO how far it is, but no names, scores, votes or notes', async () => {
    const page = JSON.stringify((await world.as('samira').get(told.path)).body);
    const timeline = JSON.stringify((await world.as('samira').get(`${told.path}/timeline`)).body);

    expect(JSON.parse(page)).toMatchObject({ review: { wanted: 3, received: 1 }, internal: null });
    for (const secret of ['reviewer-1', 'reviewer-2', 'cairo', 'ملاحظة', 'sustainability', '"object"'])
      expect(`${page}${timeline}`).not.toContain(secret);
    expect(rowsOf(at(JSON.parse(timeline), 'items')).at(-1)).toMatchObject({
      command: 'recordScore',
      actor: { role: 'reviewer', name: null },
      events: [],
    });
  });

  it('gives the auditor the chain, and what was refused to whom', async () => {
    await world
      .as('reviewer-1')
      .post(`${told.path}/scores`, { expectedVersion: await versionOf(world, told), scores: scores(world) });
    const { body } = await world.as('auditor').get(`${told.path}/timeline?include=attempts`);
    const [first, second] = rowsOf(body['items']);

    expect(first?.['proof']).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(at(second, 'proof', 'previousHash')).toBe(at(first, 'proof', 'hash'));
    expect(rowsOf(body['attempts']).map(({ seq, command, code }) => [seq, command, code])).toEqual([
      [1, 'readRequest', 'notYourOrganisation'],
      [2, 'readRequest', 'notYourGovernorate'],
      [3, 'recordScore', 'alreadyActed'],
    ]);
    expect(await world.as('hana').get(`${told.path}/timeline?include=attempts`)).toMatchObject({ status: 403 });
  });

  it('pages its timeline without losing or repeating a row', async () => {
    const seqs: unknown[] = [];
    let next: string | null = `${told.path}/timeline?limit=3`;
    while (next !== null) {
      const page = await world.as('hana').get(next);
      seqs.push(...rowsOf(page.body['items']).map(({ seq }) => seq));
      next = page.body['next'] === null ? null : textIn(page, 'next');
    }

    expect(seqs).toEqual(Array.from({ length: await versionOf(world, told) }, (_, index) => index + 1));
  });
});

describe('a request before the committee', () => {
  beforeAll(async () => {
    for (const reviewer of ['reviewer-2', 'reviewer-3'])
      await act(world, told, reviewer, '/scores', { scores: scores(world, 7) });
    await sit(world, told);
  });

  it('keeps open votes to those who gave them', async () => {
    const votesFor = async (person: string) =>
      Object.keys(at((await world.as(person).get(told.path)).body, 'internal', 'ballot', 'votes') ?? {});
    const timeline = JSON.stringify((await world.as('secretary').get(`${told.path}/timeline`)).body);

    expect(await votesFor('member-1')).toEqual(['member-1']);
    expect(await votesFor('secretary')).toEqual([]);
    expect(timeline).not.toContain('"vote":"approve"');
  });

  it('says friendly that an award is more than the envelope has', async () => {
    const body = {
      expectedVersion: await versionOf(world, told),
      verdict: 'approve',
      reason: 'أغلبية',
      answersToObjections: { 'EG-C': 'رُدَّ عليها' },
    };
    const { body: balance } = await world.as('finance').get('/v1/balances');
    const tooMuch = await world
      .as('chair')
      .post(`${told.path}/committee-item/closing`, { ...body, amountMinor: '999999999999' });
    const fine = await world.as('chair').post(`${told.path}/committee-item/closing`, body);

    expect(balance['items']).toMatchObject([{ available: { amountMinor: '1000000000' } }]);
    expect(tooMuch).toMatchObject({ status: 409, body: { code: 'envelopeExceeded', accepted: '1000000000' } });
    expect(fine).toMatchObject({ status: 200 });
  });
});

describe('a request that comes back for correction', () => {
  it('opens its draft again, shows what changed, and closes it when handed in', async () => {
    const other = await handIn(world);
    const points = [{ section: 'project', note: 'يرجى بيان المدة' }];
    await act(world, other, 'hana', '/screening', {
      verdict: 'incomplete',
      checklist: world.plan.checklist.map((item) => ({ item, answer: 'met' })),
      points,
    });
    const seen = await world.as('samira').get(other.path);
    const draft = await world.as('adel').get(`/v1/drafts/${other.id}`);
    const saved = await world
      .as('adel')
      .patch(
        `/v1/drafts/${other.id}`,
        { sections: { project: { months: 12 } } },
        { 'if-match': draft.headers.get('etag') ?? '' },
      );
    await act(world, other, 'samira', '/resubmission', { answers: [{ section: 'project', note: 'أُضيفت المدة' }] });
    const closed = await world
      .as('adel')
      .patch(
        `/v1/drafts/${other.id}`,
        { sections: { project: { months: 6 } } },
        { 'if-match': saved.headers.get('etag') ?? '' },
      );
    const { body } = await world.as('samira').get(`${other.path}/timeline`);

    expect(seen.body).toMatchObject({ status: 'correction', correction: { rounds: 1, points } });
    expect(saved.status).toBe(200);
    expect(closed).toMatchObject({ status: 409, body: { code: 'notThisStage' } });
    expect(rowsOf(body['items']).at(-1)?.['events']).toMatchObject([
      { kind: 'requestResubmitted', changedSections: ['project'] },
      { kind: 'stageEntered', stage: 'screening' },
    ]);
    expect((await world.as('hana').get(`${other.path}/submission`)).body).toMatchObject({
      sections: { project: { months: 12 } },
    });
  });
});

describe('organisations', () => {
  it('are read by their own people and by the Fund', async () => {
    const own = await world.as('samira').get('/v1/organisations/ngo-mashael');
    const fund = await world.as('hana').get('/v1/organisations/ngo-mashael');
    const other = await world.as('stranger').get('/v1/organisations/ngo-mashael');

    expect(own).toMatchObject({ status: 200, body: { account: { ibanMasked: expect.stringContaining('•') } } });
    expect(fund.status).toBe(200);
    expect(other.status).toBe(404);
    expect(JSON.stringify(own.body)).not.toContain('account-ngo');
  });
});
