// Stories under the reference plan's review rules: the registry's word, a committee's return, and a correction with its changes.
import type { ChangedField, RequestFile } from '../../domain/command.js';
import type { Plan } from '../../domain/plan.js';
import type { RegistryFacts } from '../../domain/registry-facts.js';
import type { Journey } from './journey.js';
import { approveBody, dayMs, fileOf, journey, metChecklist, openWith, startMs, walk } from './journey.js';
import { members, people } from './people.js';
import { strictPlan } from './plans.js';

export const soundRegistry = (change: Partial<RegistryFacts> = {}): RegistryFacts => ({
  source: 'registry-simulator',
  fetchedAtMs: startMs - dayMs,
  registrationNumber: '90001',
  directorate: 'EG-C',
  status: 'active',
  licenceExpiresOn: '2030-01-01',
  lastInspectionOn: '2025-06-01',
  lastInspectionResult: 'satisfactory',
  openViolations: 0,
  finalAccountYears: [2024, 2025],
  board: { members: 7, status: 'active' },
  ...change,
});

export const eligible = {
  verdict: 'eligible',
  checklist: metChecklist(strictPlan),
  points: [],
  reasonCodes: [],
} as const;

type Start = { readonly plan?: Plan; readonly id?: string; readonly atMs?: number };

/** Handed in for two governorates, with a sound word of the registry. */
export const handedIn = ({ plan = strictPlan, id, atMs = startMs }: Start = {}): Journey =>
  journey(plan, id, atMs).act(people.samira, 'submitRequest', {
    file: fileOf({ governorates: ['EG-C', 'EG-GZ'], sections: before }),
    registry: soundRegistry({ fetchedAtMs: atMs - dayMs }),
  });
export const before = { project: 'p1', beneficiaries: 'b1', budget: 'l1' };

/** Both directorates heard (one objects), scored, and returned by the committee. */
export const returnedByCommittee = (start: Start = {}): Journey => {
  const { plan = strictPlan } = start;
  const told = handedIn(start).act(people.hana, 'recordScreening', eligible);
  told.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' });
  told.act(
    people.giza,
    'recordOpinion',
    { governorate: 'EG-GZ', verdict: 'object' },
    { reason: 'a centre stands there' },
  );
  walk(told, 'technical-review', 'committee', plan).act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
  const asked = { ...approveBody, verdict: 'return', answersToObjections: { 'EG-GZ': 'another district' } } as const;
  return told.act(people.chair, 'closeItem', { ...asked, points: [point] }, { reason: 'mend it' });
};
export const point = { section: 'project', note: 'say more' };

export const correct = (
  told: Journey,
  change: Partial<RequestFile>,
  changedFields?: readonly ChangedField[],
): Journey =>
  told.act(people.samira, 'resubmit', {
    file: fileOf({ governorates: ['EG-C', 'EG-GZ'], sections: before, ...change }),
    answers: [point],
    ...(changedFields ? { changedFields } : {}),
  });

export const fieldOf = (path: string): ChangedField => {
  const [section = '', ...field] = path.split('/');
  return { section, field: field.join('/'), kind: 'changed' };
};
