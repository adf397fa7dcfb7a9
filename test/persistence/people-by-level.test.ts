// How many people hold each level of approval is counted with the reservation, and a repeated question gets the first count again.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RoleGrant } from '../../persistence/person.model.js';
import { upsertPeople } from '../../persistence/person.repository.js';
import { dayMs, startMs } from '../support/journey.js';
import { entriesUpToFunds, fillEnvelope, newRequestId, record, requestedMinor, useDatabase } from './support.js';

useDatabase();

const approver = (level: string, change: Partial<RoleGrant> = {}): RoleGrant => ({
  ...{ role: 'approver', level, from: new Date(startMs - dayMs), until: null },
  ...change,
});
const person = (_id: string, grants: readonly RoleGrant[], suspended = false) => ({
  ...{ _id, nameAr: _id, nameEn: _id, email: `${_id}@test.example`, suspended, grants },
});
const soon = new Date(startMs + dayMs);

beforeAll(async () => {
  await fillEnvelope(requestedMinor * 10n);
  await upsertPeople([
    person('director', [approver('programme-director')]),
    person('two-levels', [approver('programme-director'), approver('board-deputy')]),
    person('granted-twice', [approver('board-deputy'), approver('board-deputy')]),
    person('away', [approver('board-deputy')], true),
    person('left', [approver('board-chair', { until: new Date(startMs - 1) })]),
    person('not-yet', [approver('board-chair', { from: soon })]),
    person('reviewer', [{ role: 'reviewer', from: new Date(startMs - dayMs), until: null }]),
  ]);
});

describe('a reservation', () => {
  it('says how many hold each level at that time, each person once, without those who are away', async () => {
    const requestId = newRequestId();
    const entries = entriesUpToFunds(requestId);
    const first = await record(requestId, entries);
    await upsertPeople([person('director', [])]);
    const again = await record(requestId, entries);

    expect(first.reservations).toMatchObject([{ peopleByLevel: { 'programme-director': 2, 'board-deputy': 2 } }]);
    expect(Object.keys(first.reservations.flatMap((one) => ('peopleByLevel' in one ? [one.peopleByLevel] : []))[0] ?? {}))
      .toHaveLength(2); // prettier-ignore
    expect(again.reservations).toEqual(first.reservations);
  });
});
