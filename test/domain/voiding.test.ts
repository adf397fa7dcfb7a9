// After a correction only verdicts that rest on what was changed are given again; the rest stands, and what was voided is recorded.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Plan } from '../../domain/plan.js';
import { enterOnward } from '../../domain/review/onward.js';
import { voidedBy } from '../../domain/review/voiding.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { approveBody, fileOf, fullScores, journeyTo, openWith } from '../support/journey.js';
import { members, people, reviewers } from '../support/people.js';
import { strictPlan } from '../support/plans.js';
import { before, correct, eligible, fieldOf, handedIn, point, returnedByCommittee } from '../support/strict.js';

const stageOf = (told: Journey): string => told.request().position.stage;
const eventsOf = (told: Journey) => told.entries().at(-1)?.events ?? [];
const voidedIn = (told: Journey) => eventsOf(told).find(({ kind }) => kind === 'verdictsVoided');
const tasks = (told: Journey) =>
  tasksOf(told.request(), { plan: strictPlan, nowMs: told.nowMs() }).map(({ name }) => name);
const budget = { sections: { ...before, budget: 'l2' } };
const project = { sections: { ...before, project: 'p2' } };
const panel = reviewers.slice(0, 3);
const [first] = panel;
if (first === undefined) throw new Error('there are reviewers');

describe('a changed budget', () => {
  const told = () => correct(returnedByCommittee(), budget, [fieldOf('budget/lines/training/quantity')]);

  it('voids the scores on the budget criterion alone, and says why', () => {
    expect(voidedIn(told())).toEqual({
      kind: 'verdictsVoided',
      checklistItems: [],
      criteria: ['budget-and-value'],
      governorates: [],
      because: ['budget'],
    });
    expect(eventsOf(told())[0]).toMatchObject({
      kind: 'requestResubmitted',
      changedSections: ['budget'],
      changedFields: [{ section: 'budget', field: 'lines/training/quantity', kind: 'changed' }],
    });
    expect(told().request().opinions).toEqual({ 'EG-C': 'support', 'EG-GZ': 'object' });
    expect(told().request().screening).toEqual({ checklist: eligible.checklist });
  });

  it('goes back to the reviewers, who give that score again and keep the others', () => {
    const scoring = told();
    expect(stageOf(scoring)).toBe('technical-review');
    expect(tasks(scoring)).toEqual(panel.map(({ personId }) => `score-${personId}`));
    for (const reviewer of panel) scoring.act(reviewer, 'recordScore', { scores: { 'budget-and-value': 3 } });

    expect(stageOf(scoring)).toBe('committee');
    expect(scoring.request().review.scores).toEqual(
      panel.map(({ personId }) => ({
        personId,
        scores: { ...fullScores(strictPlan), 'budget-and-value': 3 },
        total: 8_000 - 15 * 50,
      })),
    );
    expect(scoring.request().review.reopened).toEqual([]);
  });

  it('does not let a reviewer change a score that stands, leave out the voided one, or score for another', () => {
    const scoring = told();
    const changed = scoring.ask(first, 'recordScore', { scores: { 'budget-and-value': 3, sustainability: 1 } });
    expect(changed.refusal).toMatchObject({ rule: 'score-stands', accepted: 'sustainability' });
    expect(scoring.ask(first, 'recordScore', { scores: {} }).refusal?.rule).toBe('score-sheet');
    const other = reviewers[3];
    expect(other && scoring.ask(other, 'recordScore', { scores: { 'budget-and-value': 3 } }).refusal?.code).toBe(
      'notAssigned',
    );
  });
});

describe('a changed purpose', () => {
  const told = () => correct(returnedByCommittee(), project, [fieldOf('project/summaryAr')]);

  it('goes back to the earliest stage that has to speak again, and on through all that have', () => {
    const again = told();
    expect(voidedIn(again)).toMatchObject({
      checklistItems: ['purpose-within-statute'],
      criteria: ['need-and-targeting', 'design-and-feasibility', 'sustainability'],
      governorates: ['EG-C', 'EG-GZ'],
      because: ['project/summaryAr'],
    });
    expect(stageOf(again)).toBe('screening');
    const short = { ...eligible, checklist: [] };
    expect(again.ask(people.hana, 'recordScreening', short).refusal).toMatchObject({
      rule: 'checklist-incomplete',
      accepted: 'purpose-within-statute',
    });
    again.act(people.hana, 'recordScreening', {
      ...eligible,
      checklist: [{ item: 'purpose-within-statute', answer: 'met', note: 'article 3' }],
    });
    expect(again.request().screening?.checklist).toHaveLength(strictPlan.checklist.length);
    expect(tasks(again)).toEqual(['opinion-EG-C', 'opinion-EG-GZ']);
    again.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' });
    again.act(people.giza, 'recordOpinion', { governorate: 'EG-GZ', verdict: 'support' });
    expect(stageOf(again)).toBe('technical-review');
  });
});

describe('changed governorates', () => {
  it('ask only the directorate that was added, and drop the opinion on the one that left', () => {
    const told = correct(returnedByCommittee(), { ...project, governorates: ['EG-C', 'EG-ALX'] }, [
      fieldOf('project/governorates'),
    ]);
    expect(voidedIn(told)).toMatchObject({ governorates: ['EG-GZ'], criteria: ['need-and-targeting'] });
    expect(stageOf(told)).toBe('regional-opinion');
    expect(tasks(told)).toEqual(['opinion-EG-ALX']);
    expect(told.request().opinions).toEqual({ 'EG-C': 'support' });
  });

  it('leave a dropped objection without an answer to give in the committee', () => {
    const told = correct(returnedByCommittee(), { ...project, governorates: ['EG-C'] }, [
      fieldOf('project/governorates'),
    ]);
    for (const reviewer of panel) told.act(reviewer, 'recordScore', { scores: { 'need-and-targeting': 8 } });
    told.act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    expect(told.ask(people.chair, 'closeItem', approveBody, { reason: 'sound' }).refusal).toBeUndefined();
  });
});

describe('a change on which nothing rests', () => {
  it('goes straight back to the stage that asked, with every verdict standing', () => {
    const told = correct(returnedByCommittee(), project, [fieldOf('project/titleAr')]);
    expect(voidedIn(told)).toBeUndefined();
    expect(stageOf(told)).toBe('committee');
    expect(told.request().review.scores).toHaveLength(3);
  });

  it('counts as a change of everything in its section when the fields are not known', () => {
    expect(stageOf(correct(returnedByCommittee(), project))).toBe('screening');
  });
});

describe('stages whose verdicts all stand', () => {
  const kept = { criteria: [], checklist: [], opinions: 'kept' } as const;
  const plan = {
    ...strictPlan,
    voiding: [
      { ...kept, changed: 'budget', checklist: ['qualified-staff'] },
      { ...kept, changed: 'project', opinions: 'all' } as const,
    ],
  };

  it('are passed over on the way from the screening', () => {
    const told = correct(returnedByCommittee({ plan }), budget);
    expect(stageOf(told)).toBe('screening');
    const checklist = [{ item: 'qualified-staff', answer: 'met' }] as const;
    expect(stageOf(told.act(people.hana, 'recordScreening', { ...eligible, checklist }))).toBe('committee');
  });

  it('are passed over on the way from the directorates, heard or silent', () => {
    const heard = correct(returnedByCommittee({ plan }), project)
      .act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' })
      .act(people.giza, 'recordOpinion', { governorate: 'EG-GZ', verdict: 'support' });
    expect(stageOf(heard)).toBe('committee');
    expect(stageOf(correct(returnedByCommittee({ plan }), project).passDeadline())).toBe('committee');
  });
});

describe('a return from screening', () => {
  const notMet = eligible.checklist.map(({ item }) => ({
    item,
    answer: item === 'active-board' ? ('not-met' as const) : ('met' as const),
    note: 'seen',
  }));

  it('asks again what was not met and what the change touches, and keeps the other answers', () => {
    const told = handedIn().act(people.hana, 'recordScreening', {
      ...eligible,
      verdict: 'incomplete',
      checklist: notMet,
      points: [point],
    });
    correct(told, project, [fieldOf('project/summaryAr')]);
    const open = told.ask(people.hana, 'recordScreening', { ...eligible, checklist: [] });
    expect(open.refusal?.accepted).toBe('purpose-within-statute active-board');
  });
});

describe('a plan without a table of what a change voids', () => {
  it('keeps every verdict and returns to the stage that asked', () => {
    const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    told.act(people.chair, 'closeItem', { ...approveBody, verdict: 'return', points: [point] }, { reason: 'mend' });
    told.act(people.samira, 'resubmit', {
      file: fileOf({ sections: { project: 'z', budget: 'z' } }),
      answers: [point],
    });
    expect(stageOf(told)).toBe('committee');
    expect(voidedIn(told)).toBeUndefined();
  });
});

describe('a row about one field', () => {
  const row = { criteria: [], checklist: ['qualified-staff'], opinions: 'kept' } as const;
  const struck = (changed: string, ...fields: string[]): boolean => {
    const plan = { ...strictPlan, voiding: [{ ...row, changed }] };
    return voidedIn(correct(returnedByCommittee({ plan }), project, fields.map(fieldOf))) !== undefined;
  };

  it.each<[string, readonly string[], boolean]>([
    ['project/site', ['project/site'], true],
    ['project/site', ['project/site/localityAr'], true],
    ['project/site', ['project/siteAr'], false],
    ['project/site', ['project/titleAr', 'project/site'], true],
    ['project/site', ['project/titleAr/site'], false],
    ['project/site/localityAr', ['project/site/localityAr'], true],
    ['project/site/localityAr', ['project/sitelocalityAr'], false],
    ['project/site/localityAr', ['project/site'], false],
    // The whole section came or went; or nothing is known of its fields.
    ['project/site', ['project'], true],
    ['project/site', [], true],
    ['project/site', ['budget/site'], true],
    // Another section.
    ['budget/site', ['budget/site'], false],
    ['project', ['project/titleAr'], true],
  ])('%s strikes when %j changed: %p', (changed, fields, strikes) => {
    expect(struck(changed, ...fields)).toBe(strikes);
  });
});

describe('what a correction voids', () => {
  const kept = { criteria: [], checklist: [], opinions: 'kept' } as const;

  it('is no score before anybody scored, and no item that nobody answered', () => {
    const told = handedIn().act(people.hana, 'recordScreening', {
      ...eligible,
      verdict: 'incomplete',
      points: [point],
    });
    correct(told, { sections: { ...before, project: 'p2', budget: 'l2' } });
    expect(voidedIn(told)).toEqual({
      ...{ kind: 'verdictsVoided', checklistItems: ['purpose-within-statute'], criteria: [], governorates: [] },
      because: strictPlan.voiding?.map(({ changed }) => changed).filter((path) => path !== 'beneficiaries'),
    });
    const request = returnedByCommittee().request();
    const changed = { changedSections: ['project'], changedFields: undefined, file: fileOf() };
    const asks = { ...strictPlan, voiding: [{ ...kept, changed: 'project', checklist: ['qualified-staff'] }] };
    expect(voidedBy(request, { ...changed, file: twoGovernorates }, asks)?.checklistItems).toEqual(['qualified-staff']);
    const answeredLess = { checklist: eligible.checklist.filter(({ item }) => item !== 'qualified-staff') };
    const less = { ...request, screening: answeredLess };
    expect(voidedBy(less, { ...changed, file: twoGovernorates }, asks)).toBeNull();
    expect(voidedBy({ ...request, screening: null }, { ...changed, file: twoGovernorates }, asks)).toBeNull();
  });

  it('is an opinion on a governorate that left, though no row speaks of it; the sections that changed say why', () => {
    const plan = { ...strictPlan, voiding: [] };
    const told = correct(returnedByCommittee({ plan }), { ...project, governorates: ['EG-C'] });
    expect(voidedIn(told)).toEqual({
      ...{ kind: 'verdictsVoided', checklistItems: [], criteria: [], governorates: ['EG-GZ'] },
      because: ['project'],
    });
    expect(stageOf(told)).toBe('committee');
    expect(told.request().opinions).toEqual({ 'EG-C': 'support' });
  });

  it('is nothing under a plan without a table, whichever governorates come and go', () => {
    const { voiding, ...plan } = strictPlan;
    const told = correct(returnedByCommittee({ plan }), { ...project, governorates: ['EG-C', 'EG-ALX'] });
    expect(voiding).toBeDefined();
    expect(voidedIn(told)).toBeUndefined();
    expect(stageOf(told)).toBe('committee');
  });

  it('is voided again by a second correction while the first sheets are not complete', () => {
    const told = correct(returnedByCommittee(), project, [fieldOf('project/summaryAr')]);
    told.act(people.hana, 'recordScreening', {
      ...{ ...eligible, verdict: 'incomplete', points: [point] },
    });
    correct(told, { sections: { ...before, project: 'p2', budget: 'l2' } }, [fieldOf('budget/lines')]);
    expect(voidedIn(told)).toMatchObject({ criteria: ['budget-and-value'] });
    expect(Object.keys(told.request().review.reopened?.[0]?.scores ?? {})).toEqual(['capacity-and-record']);
  });

  it('leaves the answers, opinions and sheets that no row speaks of as they were', () => {
    const told = returnedByCommittee();
    const { screening, review } = told.request();
    correct(told, { ...project, governorates: ['EG-C'] }, [fieldOf('project/titleAr')]);
    expect(told.request()).toMatchObject({ screening, review, opinions: { 'EG-C': 'support' } });
    expect('reopened' in told.request().review).toBe(false);
    expect(told.request().screening).toStrictEqual(screening);
  });

  it('is recorded with the items whose answer no longer stands', () => {
    const told = correct(returnedByCommittee(), project, [fieldOf('project/summaryAr')]);
    expect(told.request().screening).toEqual({
      ...{ checklist: eligible.checklist, voided: ['purpose-within-statute'] },
    });
    expect(told.request().review).toMatchObject({ scores: [] });
    expect(told.request().review.reopened?.map(({ personId }) => personId)).toEqual(
      panel.map(({ personId }) => personId),
    );
  });
});
const twoGovernorates = fileOf({ governorates: ['EG-C', 'EG-GZ'] });

describe('the way on from a stage that spoke again', () => {
  const kept = { criteria: [], checklist: [], opinions: 'kept' } as const;
  const staff = { checklist: [{ item: 'qualified-staff', answer: 'met' }] } as const;
  const plan = {
    ...strictPlan,
    voiding: [
      { ...kept, changed: 'budget', criteria: ['budget-and-value'] },
      { ...kept, changed: 'beneficiaries', checklist: ['qualified-staff'] },
    ],
  };
  const staffAsked = { sections: { ...before, beneficiaries: 'b2' } };
  const screenedAgain = (told: Journey): Journey => told.act(people.hana, 'recordScreening', { ...eligible, ...staff });
  const askedByCommittee = (told: Journey): Journey => {
    told.act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    const body = { ...approveBody, verdict: 'return', points: [point], answersToObjections: { 'EG-GZ': 'x' } } as const;
    return told.act(people.chair, 'closeItem', body, { reason: 'mend' });
  };

  it('passes over directorates that were heard, to reviewers who are not done', () => {
    const told = correct(returnedByCommittee({ plan }), {
      sections: { ...before, budget: 'l2', beneficiaries: 'b2' },
    });
    expect(stageOf(told)).toBe('screening');
    expect(stageOf(screenedAgain(told))).toBe('technical-review');
  });

  it('stops at reviewers of whom one still owes a score, though enough are in', () => {
    const told = correct(returnedByCommittee({ plan }), budget);
    for (const reviewer of panel.slice(0, 2)) told.act(reviewer, 'recordScore', { scores: { 'budget-and-value': 8 } });
    while (stageOf(told) === 'technical-review') told.passDeadline();
    expect(told.request().review).toMatchObject({ scores: [{}, {}], reopened: [{}] });
    correct(askedByCommittee(told), { sections: { ...budget.sections, beneficiaries: 'b2' } });
    expect(stageOf(screenedAgain(told))).toBe('technical-review');
  });

  it('passes over reviewers of whom just enough scored in time', () => {
    const told = handedIn({ plan }).act(people.hana, 'recordScreening', eligible);
    told.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' });
    told.act(people.giza, 'recordOpinion', { governorate: 'EG-GZ', verdict: 'support' });
    told.act(people.secretary, 'assignReviewers', {
      reviewers: panel.map(({ personId, name }) => ({ personId, name })),
    });
    for (const reviewer of panel.slice(0, 2))
      told
        .act(reviewer, 'declareInterest', { interest: 'none' })
        .act(reviewer, 'recordScore', { scores: fullScores(plan) });
    while (stageOf(told) === 'technical-review') told.passDeadline();
    correct(askedByCommittee(told), staffAsked);
    expect(stageOf(told)).toBe('screening');
    expect(stageOf(screenedAgain(told))).toBe('committee');
  });

  it('passes over nothing under a plan without a table', () => {
    const { voiding, ...without } = plan;
    const request = returnedByCommittee({ plan }).request();
    const next = (given: Plan) => enterOnward(request, 'screening', { plan: given, nowMs: 0 });
    expect(voiding).toHaveLength(2);
    expect([next(plan), next(without)]).toMatchObject([{ stage: 'committee' }, { stage: 'regional-opinion' }]);
  });
});

describe('any correction', () => {
  const paths = [...(strictPlan.voiding ?? []).map(({ changed }) => changed), 'project/titleAr', 'project/titleEn'];

  it('voids exactly the union of its rows and leads back to the committee once they are given again', () => {
    fc.assert(
      fc.property(fc.subarray(paths), (changed) => {
        const sections = Object.fromEntries(
          Object.entries(before).map(([name, hash]) => [
            name,
            changed.some((path) => path.split('/')[0] === name) ? `${hash}*` : hash,
          ]),
        );
        const told = correct(returnedByCommittee(), { sections }, changed.map(fieldOf));
        const rows = (strictPlan.voiding ?? []).filter((row) => changed.includes(row.changed));
        const event = voidedIn(told);
        const criteria = event?.kind === 'verdictsVoided' ? event.criteria : [];
        expect(new Set(criteria)).toEqual(new Set(rows.flatMap((row) => row.criteria)));
        finish(told);
        expect(stageOf(told)).toBe('committee');
        expect(told.request().review.scores.map(({ total }) => total)).toEqual([8_000, 8_000, 8_000]);
      }),
      { numRuns: 60 },
    );
  });
});

/** Gives again whatever is asked again, until the committee is reached. */
const finish = (told: Journey): void => {
  if (stageOf(told) === 'screening') told.act(people.hana, 'recordScreening', eligible);
  if (stageOf(told) === 'regional-opinion') {
    told.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' });
    told.act(people.giza, 'recordOpinion', { governorate: 'EG-GZ', verdict: 'support' });
  }
  if (stageOf(told) === 'technical-review')
    for (const reviewer of panel) told.act(reviewer, 'recordScore', { scores: fullScores(strictPlan) });
};
