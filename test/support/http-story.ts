// A request's way over HTTP, as the people of the tests would go it; each step waits until it can be read.
import { expect } from '@jest/globals';
import { eventually } from './eventually.js';
import { members, reviewers } from './people.js';
import type { Reply, World } from './world.js';
import { numberIn, textIn } from './world.js';
import { completeSections, openCallId } from './world-seed.js';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
/** What stands at a path of an answer, or undefined. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => fieldsOf(inner)[name], value);
export const rowsOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

export type Told = { readonly id: string; readonly path: string; readonly version: number };

export const draftReady = async (
  world: World,
  callId = openCallId,
): Promise<{ readonly id: string; readonly version: number }> => {
  const draft = await world.as('adel').post('/v1/drafts', { callId });
  const id = textIn(draft, 'draftId');
  const saved = await world.as('adel').patch(`/v1/drafts/${id}`, { sections: completeSections }, { 'if-match': '"1"' });
  return { id, version: numberIn(saved, 'version') };
};

export const handIn = async (world: World, callId = openCallId): Promise<Told> => {
  const { id, version } = await draftReady(world, callId);
  const reply = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version });
  expect(reply).toMatchObject({ status: 201, body: { requestId: id, version: 1 } });
  return { id, path: `/v1/requests/${id}`, version: 1 };
};

export const versionOf = async (world: World, { path }: Told): Promise<number> =>
  numberIn(await world.as('auditor').get(path), 'version');

/** Acts with the version that can be read now, and expects a yes. */
export const act = async (
  world: World,
  told: Told,
  personId: string,
  below: string,
  body: object = {},
): Promise<Reply> => {
  const expectedVersion = await versionOf(world, told);
  const reply = await world.as(personId).post(`${told.path}${below}`, { expectedVersion, ...body });
  if (reply.status !== 200) throw new Error(`${personId} ${below}: ${reply.status} ${JSON.stringify(reply.body)}`);
  expect(reply.body['readModel']).toBe('current');
  return reply;
};

export const checklist = (world: World) => world.plan.checklist.map((item) => ({ item, answer: 'met' }));
export const scores = (world: World, score = 8) =>
  Object.fromEntries(world.plan.review.criteria.map(({ code }) => [code, score]));

export const screen = (world: World, told: Told) =>
  act(world, told, 'hana', '/screening', { verdict: 'eligible', checklist: checklist(world) });

export const review = async (world: World, told: Told): Promise<void> => {
  await act(world, told, 'cairo', '/opinions', { governorate: 'EG-C', verdict: 'support' });
  const panel = reviewers.slice(0, world.plan.review.reviewers).map(({ personId }) => personId);
  await act(world, told, 'secretary', '/reviewers', { reviewers: panel });
  for (const reviewer of panel) await act(world, told, reviewer, '/interests', { interest: 'none' });
  for (const reviewer of panel) await act(world, told, reviewer, '/scores', { scores: scores(world) });
};

const everybody = ['chair', ...members.map(({ personId }) => personId)];
export type Terms = { readonly ballot?: 'open' | 'secret'; readonly present?: readonly string[] };

/** One call of the secretary on a session, with its version as it is now. */
export const inSession = async (world: World, sessionId: string, below: string, body: object = {}): Promise<Reply> => {
  const path = `/v1/sessions/${sessionId}`;
  const expectedVersion = numberIn(await world.as('secretary').get(path), 'version');
  return world.as('secretary').post(`${path}${below}`, { expectedVersion, ...body });
};

/** A session with these requests on its agenda, open, with everybody in the room. */
export const convene = async (
  world: World,
  agenda: readonly Pick<Told, 'id'>[],
  { ballot = 'open', present = everybody }: Terms = {},
): Promise<string> => {
  const scheduled = await world.as('secretary').post('/v1/sessions', {
    ...{ heldAt: new Date().toISOString(), ballot, chair: 'chair', secretary: 'secretary', members: everybody },
    agenda: agenda.map(({ id }) => id),
  });
  expect(scheduled).toMatchObject({ status: 201, body: { version: 1, state: 'scheduled' } });
  const sessionId = textIn(scheduled, 'sessionId');
  expect(await inSession(world, sessionId, '/opening')).toMatchObject({ status: 200, body: { state: 'open' } });
  const movements = present.map((personId) => ({ personId, movement: 'came' }));
  expect(await inSession(world, sessionId, '/attendance', { movements })).toMatchObject({ status: 200 });
  return sessionId;
};

export const sit = async (world: World, told: Told, terms: Terms = {}): Promise<void> => {
  const sessionId = await convene(world, [told], terms);
  await act(world, told, 'secretary', '/committee-item', { sessionId });
  for (const { personId } of members.slice(0, 8)) await act(world, told, personId, '/votes', { vote: 'approve' });
};

/** The reservation is the treasury's answer, which comes a moment after the chair's decision. */
export const reserved = (world: World, told: Told): Promise<void> =>
  eventually('the award is reserved', async () => {
    const { body } = await world.as('auditor').get(told.path);
    return body['stage'] === 'authority' || body['stage'] === 'agreement';
  });

export const award = async (world: World, told: Told): Promise<void> => {
  await sit(world, told);
  await act(world, told, 'chair', '/committee-item/closing', { verdict: 'approve', reason: 'حاز المشروع الأغلبية' });
  await reserved(world, told);
  await act(world, told, 'programme-director', '/approvals', { verdict: 'approve' });
  await act(world, told, 'executive-director', '/approvals', { verdict: 'approve' });
  await act(world, told, 'deputy', '/approvals', { verdict: 'approve' });
};

export const agree = async (world: World, told: Told): Promise<void> => {
  const text = await world.as('samira').get(`${told.path}/agreement`);
  const documentSha256 = textIn(text, 'documentSha256');
  await act(world, told, 'samira', '/agreement/signature', { documentSha256 });
  await act(world, told, 'fund-signatory', '/agreement/countersignature', { documentSha256 });
};

/** A request whose first tranche is released and waits for a batch. */
export const releaseFirstTranche = async (world: World): Promise<Told> => {
  const told = await handIn(world);
  await screen(world, told);
  await review(world, told);
  await award(world, told);
  await agree(world, told);
  await act(world, told, 'finance', '/tranches/1/preparation');
  await act(world, told, 'releaser', '/tranches/1/release');
  return told;
};

/** One tranche from its preparation to the confirmed receipt, in a payment batch of its own. */
export const pay = async (world: World, told: Told, number: number): Promise<void> => {
  await act(world, told, 'finance', `/tranches/${number}/preparation`);
  await act(world, told, 'releaser', `/tranches/${number}/release`);
  const built = await world.as('finance').post('/v1/payment-batches', { limit: 50 });
  const batchId = textIn(built, 'batchId');
  const batch = await world.as('releaser').get(`/v1/payment-batches/${batchId}?minVersion=1`);
  expect(batch.body).toMatchObject({ state: 'awaiting-release', count: 1 });
  const { amountMinor: controlSumMinor } = fieldsOf(batch.body['controlSum']);
  const seen = { expectedVersion: batch.body['version'], count: batch.body['count'], controlSumMinor };
  const released = await world.as('releaser').post(`/v1/payment-batches/${batchId}/release`, seen);
  expect(released).toMatchObject({ status: 200, body: { state: 'released' } });
  await eventually(`tranche ${number} is settled`, async () => {
    const { body } = await world.as('finance').get(told.path);
    return rowsOf(body['tranches']).some((tranche) => tranche['number'] === number && tranche['state'] === 'settled');
  });
  await act(world, told, 'samira', `/tranches/${number}/receipt`);
};

export const report = async (world: World, told: Told, number: number, spentMinor: string): Promise<void> => {
  const documentSha256 = 'd'.repeat(64);
  const indicators = [{ code: 'children', total: 12, parts: { girls: 7, boys: 5 } }];
  await act(world, told, 'adel', `/reports/${number}/submission`, { spentMinor, indicators, documentSha256 });
  await act(world, told, 'monitor', `/reports/${number}/review`, { verdict: 'accepted' });
};
