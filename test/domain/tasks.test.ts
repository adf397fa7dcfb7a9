// What a request waits for, task by task: whose it is, which command answers it, by when, and what a person must have seen for it.
import { describe, expect, it } from '@jest/globals';
import type { Context } from '../../domain/decision.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import type { Task } from '../../domain/task.js';
import { tasksOf } from '../../domain/task.js';
import { atStage } from '../support/at-stage.js';
import { approveBody, dayMs, fullScores, journeyTo, owing, openWith, recovering, unspent } from '../support/journey.js';
import { members, organisationId, people, reviewers } from '../support/people.js';
import { appealingPlan, calmPlan, owingPlan, workingPlan } from '../support/plans.js';

type Change = Partial<GrantRequest>;
const contextOf = (plan: Plan): Context => ({ plan, nowMs: 0 });
const tasks = (request: GrantRequest, plan: Plan = calmPlan): Task[] => tasksOf(request, contextOf(plan));
const names = (request: GrantRequest, plan: Plan = calmPlan): string[] => tasks(request, plan).map(({ name }) => name);
const changed = (stage: Parameters<typeof atStage>[0], change: Change): GrantRequest => ({
  ...atStage(stage),
  ...change,
});
/** What all tasks of a stage share unless they say otherwise: the stage's due time and the version that entered it. */
const shared = ({ position }: GrantRequest, plan: Plan = calmPlan) => ({
  dueAtMs: position.dueAtMs,
  sinceVersion: position.enteredVersion,
  dueBasis: { fromMs: position.enteredAtMs, period: plan.stages[position.stage]?.due },
});

describe('a stage that one task answers', () => {
  it.each([
    ['screening', { name: 'screen', command: 'recordScreening', role: 'screeningOfficer' }],
    ['correction', { name: 'resubmit', command: 'resubmit', role: 'signatory', organisationId }],
    [
      'regional-opinion',
      { name: 'opinion-EG-C', command: 'recordOpinion', role: 'directorateOfficer', governorate: 'EG-C' },
    ],
    ['technical-review', { name: 'assign', command: 'assignReviewers', role: 'committeeSecretary' }],
    ['committee', { name: 'open', command: 'openItem', role: 'committeeSecretary' }],
    [
      'authority',
      {
        ...{ name: 'approve-programme-director', command: 'recordApproval' },
        ...{ role: 'approver', level: 'programme-director' },
      },
    ],
    ['agreement', { name: 'sign', command: 'signAgreement', role: 'signatory', organisationId }],
    ['appeal-window', { name: 'appeal', command: 'fileAppeal', role: 'signatory', organisationId }],
    ['appeal', { name: 'judge-appeal', command: 'decideAppeal', role: 'approver', level: 'appeal-panel' }],
    ['recovery', { name: 'plan-recovery', command: 'agreeRecoveryPlan', role: 'financeOfficer' }],
  ] as const)('%s asks for it with its due time and how that came about', (stage, expected) => {
    const request = atStage(stage);
    expect(tasks(request, appealingPlan)).toEqual([{ ...shared(request), ...expected }]);
  });

  it('asks an NGO that is not known yet by its role alone', () => {
    expect(tasks(changed('correction', { file: null }))[0]).not.toHaveProperty('organisationId');
  });

  it('explains working time by the basis that entering it recorded', () => {
    const plan = workingPlan(5);
    const request = journeyTo('screening', plan).request();
    const { enteredAtMs: fromMs, dueBasis } = request.position;
    expect(dueBasis).toEqual({ fromMs, period: { unit: 'working-days', count: 5 } });
    expect(tasks(request, plan)).toMatchObject([{ name: 'screen', dueBasis }]);
  });

  it('is not explained where the plan has no due time for it', () => {
    const { screening, ...stages } = calmPlan.stages;
    expect(screening).toBeDefined();
    expect(tasks(atStage('screening'), { ...calmPlan, stages })[0]).not.toHaveProperty('dueBasis');
  });
});

describe('nobody is waited for', () => {
  it.each<[string, GrantRequest]>([
    ['before a request is handed in', atStage('draft')],
    ['after it has ended', changed('screening', { outcome: 'withdrawn' })],
    ['for an appeal under a plan that has none', atStage('appeal')],
  ])('%s', (_when, request) => {
    expect(tasks(request)).toStrictEqual([]);
  });

  it('while funds are asked for, neither at screening nor in the committee', () => {
    const award = { ...{ amountMinor: '1', conditions: [], decisionKey: 'd' }, cumulativeMinor: null };
    for (const stage of ['screening', 'committee'] as const) {
      expect(names(changed(stage, { award: { ...award, funds: 'asked' } }))).toStrictEqual([]);
      expect(names(changed(stage, { award: { ...award, funds: 'released' } }))).toHaveLength(1);
    }
  });

  it('while an item is on hold until a date', () => {
    const hold = { id: 'hold', step: 'due', atMs: dayMs } as const;
    expect(names(changed('committee', { deadlines: [hold] }))).toStrictEqual([]);
  });
});

describe('a suspended request', () => {
  it('waits for somebody to lift the suspension, without a due time', () => {
    const told = journeyTo('screening').act(people.monitor, 'suspend', { ground: 'fraud-alarm' });
    expect(tasks(told.request())).toEqual([
      {
        ...{ name: 'lift-suspension', command: 'liftSuspension', role: 'monitoringOfficer' },
        ...{ dueAtMs: null, sinceVersion: told.request().position.enteredVersion },
      },
    ]);
  });
});

describe('screening whose funds were refused', () => {
  const missing = changed('screening', { fundsMissingMinor: '5' });
  const award = { ...{ amountMinor: '1', conditions: [], decisionKey: 'd' }, cumulativeMinor: null } as const;

  it('is another piece of work until an award stands', () => {
    expect(tasks(missing)).toMatchObject([
      { name: 'screen-funds-missing', command: 'recordScreening', role: 'screeningOfficer' },
    ]);
    expect(names({ ...missing, award: { ...award, funds: 'released' } })).toStrictEqual(['screen']);
  });

  it.each<[string, Change, string | undefined]>([
    ['says which term of the source of money stopped it', { fundsRefusedBy: 'source-period' }, 'source-period'],
    ['does not once that was answered', { fundsRefusedBy: null }, undefined],
    ['does not when no term ever did', {}, undefined],
    [
      'does not once an award stands',
      { fundsRefusedBy: 'source-period', award: { ...award, funds: 'reserved' } },
      undefined,
    ],
  ])('%s', (_rule, change, stoppedBy) => {
    const [task] = tasks({ ...missing, ...change }, { ...calmPlan, award: { by: 'screening' } });
    expect(task?.stoppedBy).toBe(stoppedBy);
  });

  it('says so at the stage that sets the award and at no other', () => {
    expect(tasks({ ...missing, fundsRefusedBy: 'source-period' })[0]).not.toHaveProperty('stoppedBy');
    expect(tasks(changed('committee', { fundsRefusedBy: 'source-period' }))).toMatchObject([
      { stoppedBy: 'source-period' },
    ]);
  });
});

describe('regional opinions', () => {
  it('are waited for from each governorate of the project that has not answered', () => {
    const request = atStage('regional-opinion');
    const file = request.file && { ...request.file, governorates: ['EG-C', 'EG-GZ', 'EG-ALX'] };
    const heard = changed('regional-opinion', { file, opinions: { 'EG-GZ': 'support' } });
    expect(tasks(heard)).toMatchObject([
      { name: 'opinion-EG-C', governorate: 'EG-C' },
      { name: 'opinion-EG-ALX', governorate: 'EG-ALX' },
    ]);
  });
});

describe('technical review', () => {
  const panel = reviewers.slice(0, 3);
  const named = panel.map(({ personId, name }) => ({ personId, name }));
  const assigned = journeyTo('technical-review').act(people.secretary, 'assignReviewers', { reviewers: named });
  const withReview = (change: Partial<GrantRequest['review']>): GrantRequest => ({
    ...assigned.request(),
    review: { ...assigned.request().review, ...change },
  });
  const score = { personId: 'reviewer-1', scores: fullScores(calmPlan), total: 1 };
  const judging = (personId: string, command: string) => ({
    ...{ name: `score-${personId}`, command, role: 'reviewer', personId },
  });

  it('asks each reviewer who has not scored: first for interests, then for the score', () => {
    const request = withReview({ declared: ['reviewer-1', 'reviewer-2'], scores: [score] });
    expect(tasks(request)).toEqual(
      [judging('reviewer-2', 'recordScore'), judging('reviewer-3', 'declareInterest')].map((task) => ({
        ...shared(request),
        ...task,
      })),
    );
  });

  it('asks for scores at once where the plan wants no declaration first', () => {
    const plan: Plan = { ...calmPlan, review: { ...calmPlan.review, declareFirst: false } };
    expect(tasks(assigned.request(), plan).map(({ command }) => command)).toEqual(Array(3).fill('recordScore'));
  });

  it('asks for an assignment while reviewers are missing, of the plan or of a wide spread', () => {
    expect(names(withReview({ assigned: named.slice(1) }))).toStrictEqual([
      'assign',
      'score-reviewer-2',
      'score-reviewer-3',
    ]);
    expect(names(withReview({ wanted: 1, assigned: [] }))).toStrictEqual(['assign']);
    expect(names(withReview({ wanted: 4 }))).toContain('assign');
    expect(names(withReview({ wanted: 4, widened: true }))).toContain('assign-extra');
  });

  it('is open to every reviewer where nobody assigns', () => {
    const plan: Plan = { ...calmPlan, review: { ...calmPlan.review, assignment: 'open' } };
    const request = atStage('technical-review');
    expect(tasks(request, plan)).toEqual([
      { ...shared(request), name: 'score', command: 'recordScore', role: 'reviewer' },
    ]);
  });
});

describe('the committee', () => {
  const opened = journeyTo('committee').act(people.secretary, 'openItem', {
    ...openWith(members.slice(0, 9)),
    recused: ['member-2'],
  });
  for (const member of [members[0], members[3]].flatMap((one) => one ?? []))
    opened.act(member, 'castVote', { vote: 'abstain' });

  it('waits for each member who is present, not recused and has not voted, and for the chair to close', () => {
    const request = opened.request();
    const voting = ['member-3', 'member-5', 'member-6', 'member-7', 'member-8', 'member-9'];
    expect(tasks(request)).toEqual([
      ...voting.map((personId) => ({
        ...shared(request),
        ...{ name: `vote-${personId}`, command: 'castVote', role: 'committeeMember', personId },
      })),
      {
        ...shared(request),
        ...{ name: 'close', command: 'closeItem', role: 'committeeChair', sinceVersion: request.version },
      },
    ]);
  });

  it('waits for the item to be opened again once it was closed', () => {
    const { ballot } = opened.request();
    expect(names({ ...opened.request(), ballot: ballot && { ...ballot, closed: true } })).toStrictEqual(['open']);
  });

  it('waits for votes alone where its ballot always stands open', () => {
    const plan: Plan = { ...calmPlan, committee: { ...calmPlan.committee, opening: 'standing' } };
    const request = atStage('committee');
    expect(tasks(request, plan)).toEqual([
      { ...shared(request), name: 'vote', command: 'castVote', role: 'committeeMember' },
    ]);
  });
});

describe('authority', () => {
  const found = atStage('authority').authority;
  if (found === null) throw new Error('the matrix was asked');
  const mend = { name: 'mend-authority', role: 'administrator' };

  it('waits for the next level in order', () => {
    const approvals = [{ personId: 'programme-director', level: 'programme-director' }];
    expect(tasks(changed('authority', { authority: { ...found, approvals } }))).toMatchObject([
      { name: 'approve-executive-director', level: 'executive-director' },
    ]);
  });

  it.each<[string, GrantRequest['authority'], string]>([
    ['no row', { ...found, row: null, rule: 'no-row' }, 'migratePlan'],
    ['too few people', { ...found, row: null, rule: 'not-enough-people' }, 'resolveAuthority'],
    ['no answer', null, 'migratePlan'],
  ])('is never passed when the matrix gives %s: the administrator mends it', (_why, authority, command) => {
    const request = changed('authority', { authority });
    expect(tasks(request)).toEqual([{ ...shared(request), ...mend, command }]);
  });
});

describe('the agreement', () => {
  it("waits for the Fund's signatory once the NGO has signed", () => {
    const agreement = { documentSha256: 'a', countersigned: false };
    expect(tasks(changed('agreement', { agreement }))).toMatchObject([
      { name: 'countersign', command: 'countersignAgreement', role: 'fundSignatory' },
    ]);
  });
});

describe('final review', () => {
  it('waits for each sign-off of the plan that is missing', () => {
    const request = atStage('final-review');
    const close = (role: string) => ({ ...shared(request), name: `close-${role}`, command: 'closeRequest', role });
    expect(tasks(request)).toEqual([close('monitoringOfficer'), close('financeOfficer')]);
    const closure = { signed: ['monitoringOfficer'], unspentMinor: '0' };
    expect(tasks({ ...request, closure })).toEqual([close('financeOfficer')]);
  });
});

describe('recovery', () => {
  const proposed = recovering(owingPlan)
    .wait(dayMs)
    .act(people.finance, 'recordRecovery', { kind: 'written-off', amountMinor: '6000000' }, { reason: 'it is gone' });
  const recover = { name: 'recover', command: 'recordRecovery', role: 'financeOfficer' };

  it('waits for a plan of instalments first', () => {
    expect(names(unspent().request())).not.toContain('plan-recovery');
    expect(names(owing().request())).toStrictEqual(['plan-recovery']);
    expect(names(changed('recovery', { recovery: null }))).toStrictEqual(['plan-recovery']);
  });

  it('waits for the first instalment that is open, by its due time where the plan gives it one', () => {
    const told = recovering(owingPlan);
    const [instalment] = told.request().recovery?.instalments ?? [];
    const { sinceVersion } = shared(told.request());
    expect(tasks(told.request(), owingPlan)).toEqual([
      { ...recover, number: 1, dueAtMs: instalment?.dueAtMs, sinceVersion },
    ]);
    expect(tasks(recovering().request())).toEqual([{ ...shared(recovering().request()), ...recover }]);
  });

  it('waits for the level that a proposal to write off needs, by whoever has seen the proposal', () => {
    const request = proposed.request();
    const since = { sinceVersion: request.version };
    expect(tasks(request, owingPlan)).toMatchObject([
      { ...recover, ...since, number: 1 },
      {
        ...{ ...shared(request, owingPlan), name: 'write-off-programme-director', command: 'recordRecovery' },
        ...{ role: 'approver', level: 'programme-director', ...since },
      },
    ]);
  });

  it('waits for no level once all of them have agreed', () => {
    const { recovery } = proposed.request();
    const writeOff = recovery?.writeOff && { ...recovery.writeOff, levels: [] };
    const agreed = recovery && { ...recovery, ...(writeOff ? { writeOff } : {}) };
    expect(names({ ...proposed.request(), recovery: agreed }, owingPlan)).toStrictEqual(['recover']);
  });
});

describe('a task that was rerouted', () => {
  const position = { ...atStage('screening').position, reroutedTo: 'administrator' as const };

  it('is shown to the role that sees to it as well', () => {
    const request = changed('screening', { position });
    expect(tasks(request)).toEqual([
      { ...shared(request), name: 'screen', command: 'recordScreening', role: 'screeningOfficer' },
      { ...shared(request), name: 'rerouted', command: 'recordScreening', role: 'administrator', rerouted: true },
    ]);
  });

  it('is shown to nobody where nobody is waited for', () => {
    expect(tasks(changed('draft', { position: { ...position, stage: 'draft' } }))).toStrictEqual([]);
  });
});

describe('a task that was given to one person', () => {
  it('is that person alone, and the others stay everybody of their role', () => {
    const holders = { 'close-financeOfficer': { personId: 'omar', name: 'Omar' } };
    expect(tasks(changed('final-review', { holders })).map(({ name, personId }) => [name, personId])).toEqual([
      ['close-monitoringOfficer', undefined],
      ['close-financeOfficer', 'omar'],
    ]);
  });
});

describe('an item that was put off', () => {
  it('is opened again at once, or after its date', () => {
    const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    const untilMs = told.nowMs() + dayMs;
    const later = { ...approveBody, verdict: 'defer', deferUntilMs: untilMs } as const;
    told.act(people.chair, 'closeItem', later, { reason: 'more facts' });
    expect(names(told.request())).toStrictEqual([]);
    told.passDeadline();
    expect(told.entries().at(-1)?.events).toEqual([{ kind: 'holdEnded' }]);
    expect(names(told.request())).toStrictEqual(['open']);
  });
});
