// The people of the tests, by name: each with the one role the name says, so that a test reads as a story.
import type { Actor, RoleHeld } from '../../domain/actor.js';

const person = (personId: string, ...roles: RoleHeld[]): Actor => ({ personId, name: personId, roles });

export const organisationId = 'ngo-mashael';
export const people = {
  samira: person('samira', { role: 'signatory', organisationId }),
  adel: person('adel', { role: 'applicant', organisationId }),
  stranger: person('stranger', { role: 'signatory', organisationId: 'ngo-other' }),
  hana: person('hana', { role: 'screeningOfficer' }),
  cairo: person('cairo', { role: 'directorateOfficer', governorate: 'EG-C' }),
  giza: person('giza', { role: 'directorateOfficer', governorate: 'EG-GZ' }),
  secretary: person('secretary', { role: 'committeeSecretary' }),
  chair: person('chair', { role: 'committeeChair' }, { role: 'committeeMember', civilSociety: true }),
  programmeDirector: person('programme-director', { role: 'approver', level: 'programme-director' }),
  executiveDirector: person('executive-director', { role: 'approver', level: 'executive-director' }),
  deputy: person('deputy', { role: 'approver', level: 'board-deputy' }),
  fundSignatory: person('fund-signatory', { role: 'fundSignatory' }),
  finance: person('finance', { role: 'financeOfficer' }),
  releaser: person('releaser', { role: 'paymentReleaser' }),
  secondReleaser: person('second-releaser', { role: 'paymentReleaser' }),
  reconciler: person('reconciler', { role: 'reconciler' }),
  monitor: person('monitor', { role: 'monitoringOfficer' }),
  auditor: person('auditor', { role: 'auditor' }),
  administrator: person('administrator', { role: 'administrator' }),
  otherAdministrator: person('other-administrator', { role: 'administrator' }),
} as const satisfies Record<string, Actor>;

export const reviewers = ['reviewer-1', 'reviewer-2', 'reviewer-3', 'reviewer-4'].map((id) =>
  person(id, { role: 'reviewer' }),
);
/** The panel of appeals: three judge, and one more than that. */
export const panel = ['panel-1', 'panel-2', 'panel-3', 'panel-4'].map((id) =>
  person(id, { role: 'approver', level: 'appeal-panel' }),
);
/** Twelve members, seven of them from civil society. */
export const members = Array.from({ length: 12 }, (_, index) =>
  person(`member-${index + 1}`, { role: 'committeeMember', civilSociety: index < 7 }),
);

/** As the treasury would count them: enough for every row of the reference matrix. */
export const peopleByLevel = {
  'programme-director': 1,
  'executive-director': 1,
  'board-deputy': 2,
  'board-chair': 1,
  'minister-delegate': 1,
};
