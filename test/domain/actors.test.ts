// Who acts: natural persons with the roles they hold, alone or for somebody absent, and machines, which hold none.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import {
  bank,
  calendarKeeper,
  clock,
  holds,
  peopleBehind,
  registry,
  rolesHeldAs,
  treasury,
} from '../../domain/actor.js';
import { people } from '../support/people.js';

describe('a machine', () => {
  it.each([
    [clock, 'clock'],
    [treasury, 'treasury'],
    [registry, 'registry'],
    [calendarKeeper, 'calendar'],
    [bank, 'bank'],
  ])('is known by its own name and holds no role #%#', (machine, name) => {
    expect(machine).toEqual({ personId: `system:${name}`, name, roles: [] });
  });
});

describe('a person', () => {
  const both: Actor = { ...people.finance, roles: [...people.finance.roles, ...people.monitor.roles] };

  it('holds what was granted and nothing else', () => {
    expect([holds(both, 'monitoringOfficer'), holds(both, 'approver')]).toEqual([true, false]);
    expect(rolesHeldAs(both, ['monitoringOfficer', 'approver'])).toEqual([{ role: 'monitoringOfficer' }]);
  });

  it('who stands in for another counts as the two of them', () => {
    expect(peopleBehind(both)).toEqual(['finance']);
    expect(peopleBehind({ ...both, onBehalfOf: { personId: 'hana', name: 'hana' } })).toEqual(['finance', 'hana']);
  });
});
