// The technical review as each person meets it: suggestion, declaration before the text, sealed scores by role, alarm, calibration.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../domain/actor.js';
import { timelineOf } from '../../persistence/audit-entry.reads.js';
import { organisationById, upsertOrganisations } from '../../persistence/organisation.repository.js';
import type { PersonDocument } from '../../persistence/person.model.js';
import { upsertPeople } from '../../persistence/person.repository.js';
import { act, at, handIn, rowsOf, screen, scores, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import { organisationId } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

const strict = {
  ...calmPlan,
  review: {
    ...calmPlan.review,
    suggestion: { expertise: 60, perOpenTask: 10, perEarlierReview: 20, deviationNeedsReason: true },
  },
};

const person = (_id: string, role: Role, more: Partial<PersonDocument>): PersonDocument => ({
  ...{ _id, nameAr: _id, nameEn: _id, email: `${_id}@test.example`, suspended: false },
  grants: [{ role, from: new Date(0), until: null }],
  ...more,
});

let world: World;
let told: Told;

beforeAll(async () => {
  world = await openWorld({ plan: strict });
  const organisation = await organisationById(organisationId);
  if (organisation === null) throw new Error('the NGO of the tests is there');
  await upsertOrganisations([{ ...organisation, boardHashes: ['board-1', 'board-2'], phoneHash: 'phone-1' }]);
  await upsertPeople([
    person('expert', 'reviewer', { expertise: ['disability'] }),
    person('on-board', 'reviewer', { expertise: ['disability'], nationalIdHash: 'board-2' }),
    person('same-phone', 'screeningOfficer', { phoneHash: 'phone-1' }),
  ]);
  told = await handIn(world);
});
afterAll(() => world.close());

const bodyFor = async (who: string, below = '') => (await world.as(who).get(`${told.path}${below}`)).body;
const pageAndTimeline = async (who: string) =>
  JSON.stringify([await bodyFor(who), await bodyFor(who, '/timeline?limit=100')]);
const idsIn = (value: unknown) => rowsOf(value).map(({ personId }) => personId);
const sees = async (who: string) => {
  const internal = at(await bodyFor(who), 'internal');
  return {
    names: idsIn(at(internal, 'assigned')),
    scores: idsIn(at(internal, 'scores')),
    spread: at(internal, 'scoreSpread', 'spread') ?? null,
  };
};

describe('an officer whom data connect with the NGO', () => {
  it('is refused by the rules and told why, in the actions too', async () => {
    const checklist = world.plan.checklist.map((item) => ({ item, answer: 'met' }));
    const reply = await world
      .as('same-phone')
      .post(`${told.path}/screening`, { expectedVersion: 1, verdict: 'eligible', checklist });
    const actions = rowsOf((await bodyFor('same-phone', '/allowed-actions'))['items']);

    expect(reply).toMatchObject({ status: 403, body: { code: 'conflictOfInterest', rule: 'same-phone' } });
    expect(actions.find(({ command }) => command === 'recordScreening')).toMatchObject({
      allowed: false,
      refusal: { code: 'conflictOfInterest', rule: 'same-phone' },
    });
    expect(await world.as('same-phone').get(`${told.path}/submission`)).toMatchObject({
      status: 403,
      body: { code: 'conflictOfInterest' },
    });
  });

  it('leaves the way to others, whose entry says that nothing was found', async () => {
    await screen(world, told);
    const [submitted, screened] = await timelineOf({ kind: 'request', id: told.id }, 0, 10);

    expect(submitted?.actor).not.toHaveProperty('interests');
    expect(screened?.actor).toMatchObject({ personId: 'hana', interests: [] });
  });
});

describe('the suggestion of reviewers', () => {
  beforeAll(() => act(world, told, 'cairo', '/opinions', { governorate: 'EG-C', verdict: 'support' }));

  it('ranks them with reasons in both languages and leaves out who is connected', async () => {
    const body = await bodyFor('secretary', '/reviewer-suggestions');
    const items = rowsOf(body['items']);

    expect(body['missing']).toBe(3);
    expect(items.map(({ personId, suggested }) => [personId, suggested])).toEqual([
      ['expert', true],
      ['reviewer-1', true],
      ['reviewer-2', true],
      ['reviewer-3', false],
      ['reviewer-4', false],
      ['on-board', false],
    ]);
    expect(items.at(-1)).toMatchObject({
      points: null,
      reasons: [{ code: 'connected', messages: { en: "Excluded: sits on the organisation's board." } }],
    });
  });

  it('is for the secretary', async () => {
    const statusFor = async (who: string) => (await world.as(who).get(`${told.path}/reviewer-suggestions`)).status;

    expect(await Promise.all(['hana', 'reviewer-1', 'samira', 'stranger'].map(statusFor))).toEqual([
      403, 403, 403, 404,
    ]);
  });

  it('refuses the connected reviewer, and another choice without a reason', async () => {
    const expectedVersion = await versionOf(world, told);
    const assign = (...people: string[]) =>
      world.as('secretary').post(`${told.path}/reviewers`, { expectedVersion, reviewers: people });

    expect(await assign('expert', 'reviewer-1', 'on-board')).toMatchObject({
      status: 403,
      body: { code: 'conflictOfInterest', rule: 'board-member' },
    });
    expect(await assign('expert', 'reviewer-1', 'reviewer-4')).toMatchObject({
      status: 409,
      body: { code: 'conditionsNotMet', rule: 'deviation-needs-reason', accepted: 'reason' },
    });
  });

  it('is recorded with the assignment, and the connected reviewer as excluded', async () => {
    const reviewers = ['expert', 'reviewer-1', 'reviewer-4'];
    await act(world, told, 'secretary', '/reviewers', { reviewers, reason: 'reviewer-2 في إجازة' });
    const items = rowsOf((await bodyFor('auditor', '/timeline?limit=100'))['items']);

    expect(items.at(-1)).toMatchObject({
      reason: 'reviewer-2 في إجازة',
      events: [
        { kind: 'interestDerived', personId: 'on-board', kinds: ['board-member'] },
        { kind: 'reviewersAssigned', suggested: ['expert', 'reviewer-1', 'reviewer-2'] },
      ],
    });
  });
});

describe('the text of a request at review', () => {
  const open = (who: string) => world.as(who).get(`${told.path}/submission`);

  it('opens to an assigned reviewer after the declaration only', async () => {
    expect(await open('expert')).toMatchObject({
      status: 409,
      body: { code: 'conditionsNotMet', rule: 'declare-interest-first' },
    });
    for (const reviewer of ['expert', 'reviewer-1', 'reviewer-4'])
      await act(world, told, reviewer, '/interests', { interest: 'none' });
    expect(await open('expert')).toMatchObject({ status: 200, body: { titleEn: 'An inclusive nursery' } });
  });

  it('stays closed to reviewers of other requests and to who is connected', async () => {
    expect(await open('reviewer-2')).toMatchObject({ status: 403, body: { code: 'notAssigned' } });
    expect(await open('on-board')).toMatchObject({ status: 403, body: { code: 'conflictOfInterest' } });
  });

  it('leaves a record of each reading by the Fund, for the auditor', async () => {
    await open('samira');
    await open('hana');
    const { items } = await bodyFor('auditor', '/accesses');

    expect(rowsOf(items).map((row) => [row['seq'], row['kind'], at(row, 'actor', 'personId')])).toEqual([
      [1, 'access', 'expert'],
      [2, 'access', 'hana'],
    ]);
    expect((await world.as('secretary').get(`${told.path}/accesses`)).status).toBe(403);
    expect((await world.as('samira').get(`${told.path}/accesses`)).status).toBe(403);
  });
});

describe('a review with one score of three', () => {
  beforeAll(() => act(world, told, 'expert', '/scores', { scores: scores(world, 1), reason: 'ضعيف' }));

  it('shows each person what is theirs to see', async () => {
    const three = ['expert', 'reviewer-1', 'reviewer-4'];

    expect(await sees('expert')).toEqual({ names: ['expert'], scores: ['expert'], spread: null });
    expect(await sees('reviewer-1')).toEqual({ names: ['reviewer-1'], scores: [], spread: null });
    expect(await sees('reviewer-2')).toEqual({ names: [], scores: [], spread: null });
    expect(await sees('secretary')).toEqual({ names: three, scores: [], spread: null });
    expect(await sees('chair')).toEqual({ names: [], scores: [], spread: null });
    expect(await sees('auditor')).toEqual({ names: three, scores: ['expert'], spread: null });
    expect((await bodyFor('samira'))['internal']).toBeNull();
  });

  it.each([
    ['reviewer-1', ['expert', 'reviewer-4', 'ضعيف', '"total"', 'on-board']],
    ['chair', ['expert', 'reviewer-1', 'reviewer-4', 'ضعيف', '"total"', 'on-board']],
    ['samira', ['expert', 'reviewer-1', 'reviewer-4', 'ضعيف', '"total"', 'on-board', 'secretary"']],
    ['secretary', ['ضعيف', '"total"']],
  ])('leaks nothing to %s through the page or the timeline', async (who, secrets) => {
    const shown = await pageAndTimeline(who);

    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    expect(shown).toContain('recordScore');
  });

  it('has a sheet with guidance and the own scores', async () => {
    const own = await bodyFor('expert', '/score-sheet');
    const other = await bodyFor('reviewer-1', '/score-sheet');

    expect(rowsOf(own['criteria'])[0]).toMatchObject({
      code: 'need-and-targeting',
      weight: 30,
      labels: { ar: 'الاحتياج والاستهداف' },
      guidance: { en: expect.stringMatching(/\?$/) },
    });
    expect(own).toMatchObject({ assigned: true, declared: true, own: { total: 1_000 } });
    expect(other).toMatchObject({ assigned: true, own: null });
    expect((await world.as('samira').get(`${told.path}/score-sheet`)).status).toBe(403);
  });
});

describe('a review with enough scores that lie wide apart', () => {
  beforeAll(async () => {
    await act(world, told, 'reviewer-1', '/scores', { scores: scores(world, 9) });
  });

  it('opens to those who have scored, and to nobody else', async () => {
    expect((await sees('expert')).scores).toEqual(['expert', 'reviewer-1']);
    expect((await sees('reviewer-4')).scores).toEqual([]);
    expect((await sees('secretary')).scores).toEqual([]);
  });

  it('asks the secretary for one more, with the spread and no score', async () => {
    await act(world, told, 'reviewer-4', '/scores', { scores: scores(world, 9) });
    const inbox = rowsOf((await world.as('secretary').get('/v1/inbox')).body['items']);

    expect(inbox).toMatchObject([{ requestId: told.id, name: 'assign-extra', command: 'assignReviewers' }]);
    expect(at(await bodyFor('secretary'), 'internal')).toMatchObject({
      scores: [],
      scoreSpread: { spread: 8_000, threshold: 3_000, widened: true, scoresDisagree: false },
    });
    expect(at(await bodyFor('chair'), 'internal', 'scoreSpread')).toBeNull();
  });

  it.each(['chair', 'hana', 'reviewer-2', 'samira'])('does not tell %s that the scores differ', async (who) => {
    const shown = await pageAndTimeline(who);

    expect(['assign-extra', 'reviewWidened', '8000', '"total"'].filter((word) => shown.includes(word))).toEqual([]);
    expect((await bodyFor(who))['review']).toEqual({ wanted: 3, received: 3 });
  });

  it('tells who has scored, for whom the review is open', async () => {
    expect(await sees('reviewer-4')).toMatchObject({ scores: ['expert', 'reviewer-1', 'reviewer-4'], spread: 8_000 });
    expect((await bodyFor('secretary'))['review']).toEqual({ wanted: 4, received: 3 });
  });

  it('has no figures in the calibration while it goes on', async () => {
    const { body } = await world.as('secretary').get('/v1/calls/disability-open/reviewer-calibration');
    expect(body).toMatchObject({ requests: 0, items: [] });
  });

  it('goes on after the extra score, open to the committee and flagged', async () => {
    await act(world, told, 'secretary', '/reviewers', { reviewers: ['reviewer-2'] });
    await act(world, told, 'reviewer-2', '/interests', { interest: 'none' });
    await act(world, told, 'reviewer-2', '/scores', { scores: scores(world, 5) });
    const chair = await bodyFor('chair');

    expect(chair['stage']).toBe('committee');
    expect(at(chair, 'internal', 'scoreSpread')).toMatchObject({ spread: 8_000, scoresDisagree: true });
    expect((await sees('chair')).scores).toEqual(['expert', 'reviewer-1', 'reviewer-4', 'reviewer-2']);
    const ngo = await pageAndTimeline('samira');
    expect(['expert', 'reviewer-', '"total"', '8000'].filter((secret) => ngo.includes(secret))).toEqual([]);
  });
});

describe('the calibration of a call', () => {
  const read = (who: string, call = 'disability-open') => world.as(who).get(`/v1/calls/${call}/reviewer-calibration`);

  it('compares the reviewers of finished reviews', async () => {
    const { body } = await read('chair');

    // 1000, 9000, 9000, 5000: the panel's mean is 6000.
    expect(body).toMatchObject({ callId: 'disability-open', requests: 1 });
    expect(rowsOf(body['items']).map(({ personId, mean, leniency }) => [personId, mean, leniency])).toEqual([
      ['expert', 1_000, -5_000],
      ['reviewer-1', 9_000, 3_000],
      ['reviewer-2', 5_000, -1_000],
      ['reviewer-4', 9_000, 3_000],
    ]);
  });

  it('is for secretary, chair and auditor, and knows its calls', async () => {
    const statuses = await Promise.all(
      ['secretary', 'auditor', 'hana', 'reviewer-1', 'samira'].map((who) => read(who)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 403, 403, 403]);
    expect((await read('chair', 'no-such-call')).status).toBe(404);
  });
});
