// The registry over HTTP: its word recorded and carried into verdicts, its finding freezing the NGO's requests and no other's.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operationIdOf } from '../../api/idempotency.js';
import { keepFinding } from '../../api/organisation-registry.js';
import { organisationById } from '../../persistence/organisation.repository.js';
import { keepRegistryRecord } from '../../persistence/simulated-registry.store.js';
import { eventually } from '../support/eventually.js';
import type { Told } from '../support/http-story.js';
import { act, at, checklist, handIn, rowsOf, screen } from '../support/http-story.js';
import { organisationId, people } from '../support/people.js';
import { strictPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { numberIn, openWorld, textIn } from '../support/world.js';
import { completeSections, openCallId, otherOrganisationId } from '../support/world-seed.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ plan: strictPlan });
});
afterAll(() => world.close());

const registration = { registrationNumber: '90001', directorate: 'EG-C' };
const sound = {
  status: 'active',
  licenceExpiresOn: '2031-05-05',
  lastInspectionOn: '2026-02-02',
  lastInspectionResult: 'satisfactory',
  openViolations: 0,
  finalAccountYears: [2024, 2025],
  board: { members: 9, status: 'active' },
} as const;
const refresh = (personId = 'hana', of = organisationId) =>
  world.as(personId).post(`/v1/organisations/${of}/registry-facts`, { reason: 'قبل الفحص' });
const report = (body: object, key?: string) =>
  world
    .as('monitor')
    .post(`/v1/organisations/${organisationId}/registry-findings`, body, key === undefined ? {} : { key });
const statusOf = async ({ path }: Told) => (await world.as('auditor').get(path)).body['status'];
const becomes = (told: Told, status: string) =>
  eventually(`${told.id} is ${status}`, async () => (await statusOf(told)) === status);
const versionOf = async ({ path }: Told) => numberIn(await world.as('auditor').get(path), 'version');

const handInByOther = async (): Promise<Told> => {
  const draft = await world.as('stranger').post('/v1/drafts', { callId: openCallId });
  const id = textIn(draft, 'draftId');
  await world.as('stranger').patch(`/v1/drafts/${id}`, { sections: completeSections }, { 'if-match': '"1"' });
  const reply = await world.as('stranger').post(`/v1/drafts/${id}/submission`, { expectedVersion: 2 });
  expect(reply.status).toBe(201);
  return { id, path: `/v1/requests/${id}`, version: 1 };
};

describe("the registry's word on an NGO", () => {
  it('is asked for by an officer and recorded with source, time and what it was before', async () => {
    await keepRegistryRecord(registration, sound);
    const reply = await refresh();

    expect(reply).toMatchObject({
      status: 200,
      body: {
        version: 1,
        registry: {
          source: 'registry-simulator',
          board: { members: 9 },
          lastInspectionOn: '2026-02-02',
          finding: null,
        },
        requestsTold: [],
      },
    });
    const trail = await world.as('auditor').get(`/v1/register/organisation/${organisationId}/timeline`);
    const [entry] = rowsOf(trail.body['items']);
    expect(entry).toMatchObject({ command: 'recordRegistryFacts', actor: { personId: 'hana' }, reason: 'قبل الفحص' });
    expect(rowsOf(entry?.['changed'])).toContainEqual({
      field: 'lastInspectionOn',
      before: '2025-06-01',
      after: '2026-02-02',
    });
  });

  it('is asked for by nobody else, and for no NGO that the registry does not know', async () => {
    expect((await refresh('samira')).body).toMatchObject({ code: 'notYourRole' });
    expect((await refresh('finance')).body).toMatchObject({ code: 'notYourRole' });
    expect((await refresh('hana', 'ngo-nowhere')).status).toBe(404);
  });

  it('is carried into the verdict and shown with it', async () => {
    const told = await handIn(world);
    await screen(world, told);

    const { body } = await world.as('hana').get(told.path);
    expect(at(body, 'internal', 'registry')).toMatchObject({
      ...sound,
      ...registration,
      source: 'registry-simulator',
      fetchedAt: expect.any(String),
    });
    expect((await world.as('samira').get(told.path)).body['internal']).toBeNull();
  });

  it('keeps a request from being found eligible while it says otherwise', async () => {
    await keepRegistryRecord(registration, { ...sound, board: { members: 6, status: 'active' } });
    await refresh();
    const told = await handIn(world);
    const verdict = { expectedVersion: 1, verdict: 'eligible', checklist: checklist(world) };

    expect(await world.as('hana').post(`${told.path}/screening`, verdict)).toMatchObject({
      status: 409,
      body: { code: 'conditionsNotMet', rule: 'board-number', accepted: '5..15 odd' },
    });
    await keepRegistryRecord(registration, sound);
    await refresh();
    expect((await world.as('hana').post(`${told.path}/screening`, verdict)).status).toBe(200);
  });
});

describe('a finding of the registry', () => {
  const violation = { findingId: 'violation-2026-17', finding: 'open-violation', reason: 'ورد إخطار من السجل' };
  const key = 'finding-key-0000000000001';
  let first: Told;
  let second: Told;
  let others: Told;
  beforeAll(async () => {
    first = await handIn(world);
    second = await handIn(world);
    others = await handInByOther();
  });

  it('freezes every live request of that NGO and no other', async () => {
    const reply = await report(violation, key);

    expect(reply).toMatchObject({ status: 200, body: { registry: { openViolations: 1, finding: 'open-violation' } } });
    expect(reply.body['requestsTold']).toEqual(expect.arrayContaining([first.id, second.id]));
    expect(reply.body['requestsTold']).not.toContain(others.id);
    await becomes(first, 'suspended');
    await becomes(second, 'suspended');
    expect(await statusOf(others)).toBe('screening');
    expect((await organisationById(otherOrganisationId))?.registry.openViolations).toBe(0);
    const [newest] = rowsOf((await world.as('samira').get(`${first.path}/timeline`)).body['items']).slice(-1);
    expect(newest).toMatchObject({
      command: 'registryStatusChanged',
      kind: 'system',
      events: [{ kind: 'requestSuspended', ground: 'registry-finding', finding: 'open-violation' }],
    });
  });

  it('counts once, whoever reports it again under whatever key', async () => {
    const before = await versionOf(first);
    const again = await report(violation, key);
    const another = await report({ ...violation, reason: 'مرة أخرى' });

    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(another).toMatchObject({ status: 200, body: { version: null, registry: { openViolations: 1 } } });
    expect(await versionOf(first)).toBe(before);
  });

  it('is lifted by a person other than who brought it in, and does not come back by itself', async () => {
    const lifting = { expectedVersion: await versionOf(first), reason: 'زالت المخالفة' };
    const own = await world.as('monitor').post(`${first.path}/suspension/lifting`, lifting);
    expect(own.body).toMatchObject({ code: 'dutyConflict' });

    await act(world, first, 'executive-director', '/suspension/lifting', { reason: 'زالت المخالفة' });
    await report(violation);
    await act(world, first, 'hana', '/interests', { interest: 'none' });
    expect(await statusOf(first)).toBe('screening');
    expect(
      await world.as('hana').post(`${first.path}/screening`, {
        expectedVersion: await versionOf(first),
        verdict: 'eligible',
        checklist: checklist(world),
      }),
    ).toMatchObject({
      body: { rule: 'registry-open-violations' },
    });
  });

  it('freezes again when a further one comes in', async () => {
    await report({ findingId: 'violation-2026-18', finding: 'open-violation' });
    await becomes(first, 'suspended');
  });

  it('reaches the requests on the repeat when the process died after the register was changed', async () => {
    await act(world, first, 'executive-director', '/suspension/lifting', { reason: 'زالت المخالفة' });
    const late = { findingId: 'violation-2026-19', finding: 'open-violation' } as const;
    const kept = await organisationById(organisationId);
    if (kept === null) throw new Error('the NGO is there');
    const lateKey = 'finding-key-0000000000003';
    await keepFinding(kept, late, {
      ...{ atMs: Date.now(), command: 'reportRegistryFinding', actor: people.monitor, fingerprint: 'a'.repeat(64) },
      key: operationIdOf(people.monitor.personId, 'reportRegistryFinding', { organisationId }, lateKey),
    });
    expect(await statusOf(first)).toBe('screening');

    const repeated = await report(late, lateKey);
    expect(repeated).toMatchObject({ status: 200, body: { registry: { openViolations: 3 } } });
    await becomes(first, 'suspended');
  });

  it('is reported by nobody else', async () => {
    const path = `/v1/organisations/${organisationId}/registry-findings`;
    for (const person of ['samira', 'finance', 'auditor', 'cairo'])
      expect((await world.as(person).post(path, violation)).body['code']).toBe('notYourRole');
    expect((await report({ ...violation, finding: 'licence-expired' })).status).toBe(400);
  });
});
