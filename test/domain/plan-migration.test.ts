// One running request put under a newer plan: what follows obeys the new numbers, what happened stays, and what does not fit is refused.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import { personCommandKinds } from '../../domain/command.js';
import type { Stage } from '../../domain/lifecycle.js';
import type { Plan } from '../../domain/plan.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { journeyTo, openWith, approveBody, text, walk } from '../support/journey.js';
import { members, people, peopleByLevel } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const [oldHash, newHash, newestHash] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
const newer = (change: Partial<Plan> = {}): Plan => ({ ...calmPlan, version: '2027-1', ...change });
const bodyOf = (plan: Plan, planHash = newHash, fromPlanHash = oldHash) => ({
  ...{ plan, planHash, fromPlanHash, peopleByLevel },
});
const reason = { reason: 'the board published new rules' };
const ask = (told: Journey, plan: Plan) => told.ask(people.administrator, 'migratePlan', bodyOf(plan), reason);
const move = (told: Journey, plan: Plan) => told.act(people.administrator, 'migratePlan', bodyOf(plan), reason);
const without = (stage: Stage): Plan =>
  newer({
    route: calmPlan.route.filter((name) => name !== stage),
    stages: Object.fromEntries(Object.entries(calmPlan.stages).filter(([name]) => name !== stage)),
  });

describe('a request that is moved to a newer plan', () => {
  it('goes on under the new numbers, and each entry from then on names the new plan', () => {
    const told = move(journeyTo('committee'), newer({ committee: { ...calmPlan.committee, quorum: 9 } }));
    const refused = told.ask(people.secretary, 'openItem', openWith(members.slice(0, 8)));
    told.act(people.secretary, 'openItem', openWith());

    expect(refused.refusal).toMatchObject({ code: 'quorumMissing', accepted: '9' });
    const [before, migration, after] = told.entries().slice(-3);
    expect([before?.planHash, migration?.planHash, after?.planHash]).toEqual([undefined, undefined, newHash]);
    expect(migration?.events).toEqual([
      {
        kind: 'planMigrated',
        code: 'calm',
        fromVersion: '2026-1',
        toVersion: '2027-1',
        fromPlanHash: oldHash,
        planHash: newHash,
      },
    ]);
    expect(told.request().plan).toEqual({ hash: newHash, version: '2027-1' });
  });

  it('keeps the due time people were told, and can be closed', () => {
    const told = journeyTo('screening');
    const { dueAtMs } = told.request().position;
    move(told, newer());
    expect(told.request().position.dueAtMs).toBe(dueAtMs);
    expect(walk(told, 'screening').request().outcome).toBe('closed');
  });

  it('skips a stage that the new plan no longer has and that was not reached yet', () => {
    const told = move(journeyTo('screening'), without('regional-opinion'));
    walk(told, 'screening', 'regional-opinion');
    expect(told.request().position.stage).toBe('technical-review');
  });

  it('remembers the plan its agreement was signed under', () => {
    const told = journeyTo('agreement').act(people.samira, 'signAgreement', { documentSha256: text });
    move(told, newer());
    told.act(people.administrator, 'migratePlan', bodyOf(newer({ version: '2027-2' }), newestHash, newHash), reason);
    expect(told.request().plan).toEqual({ hash: newestHash, version: '2027-2', agreementHash: oldHash });
  });
});

describe('a request that no row of the matrix fits', () => {
  const waiting = (): Journey => {
    const told = journeyTo('committee', { ...calmPlan, authority: [] }).act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    return told.act(people.chair, 'closeItem', approveBody, { reason: 'sound' }).reserve();
  };

  it('waits for the administrator, and goes to its approvers once a plan with a row holds', () => {
    const told = waiting();
    const tasks = () => tasksOf(told.request(), { plan: calmPlan, nowMs: told.nowMs() });
    expect(tasks()).toMatchObject([{ name: 'mend-authority', command: 'migratePlan', role: 'administrator' }]);

    move(told, newer());

    expect(told.request().authority).toMatchObject({ row: 'up-to-5m', approvals: [] });
    expect(tasks()).toMatchObject([{ command: 'recordApproval', level: 'programme-director' }]);
    expect(walk(told, 'authority').request().outcome).toBe('closed');
  });

  it('goes on waiting when the newer plan has no row either', () => {
    expect(move(waiting(), newer({ authority: [] })).request().authority?.row).toBeNull();
  });
});

describe('a migration is refused with planNotApplicable', () => {
  it.each([
    ['a stage that was passed', 'technical-review', 'screening', 'stages-so-far-exist'],
    ['the stage it stands at', 'regional-opinion', 'regional-opinion', 'stages-so-far-exist'],
  ] as const)('where the plan lacks %s', (_what, at, lacking, rule) => {
    expect(ask(journeyTo(at), without(lacking)).refusal).toEqual({
      code: 'planNotApplicable',
      rule,
      accepted: lacking,
    });
  });

  it('where the plan is another one, the same one, or unsound', () => {
    const told = journeyTo('screening');
    expect(ask(told, newer({ code: 'relief' })).refusal?.rule).toBe('same-code');
    expect(ask(told, calmPlan).refusal?.rule).toBe('another-version');
    expect(ask(told, newer({ correctionRounds: -1 })).refusal?.rule).toBe('correctionRounds');
    expect(ask(told, newer({ purpose: 'measurement' })).refusal?.rule).toBe('same-purpose');
  });

  it('where it would change what was signed, an open ballot, or a score sheet in use', () => {
    const tranches = { ...calmPlan.tranches, retentionBasisPoints: 500 };
    const signed = journeyTo('agreement').act(people.samira, 'signAgreement', { documentSha256: text });
    expect(ask(signed, newer({ tranches })).refusal).toMatchObject({
      rule: 'unchanged-so-far',
      accepted: 'tranches.retentionBasisPoints',
    });
    const voting = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    const standing = newer({ committee: { ...calmPlan.committee, closing: 'at-quorum' } });
    expect(ask(voting, standing).refusal?.accepted).toBe('committee.closing');
  });

  it('and the same content in another order of fields is no change', () => {
    const signed = journeyTo('agreement').act(people.samira, 'signAgreement', { documentSha256: text });
    const reports = calmPlan.reports.map(({ kind, ...rest }) => ({ ...rest, kind }));
    expect(ask(signed, newer({ reports })).refusal).toBeUndefined();
  });
});

describe('who may migrate', () => {
  it('says why', () => {
    const silent = journeyTo('screening').ask(people.administrator, 'migratePlan', bodyOf(newer()));
    expect(silent.refusal).toEqual({ code: 'conditionsNotMet', rule: 'reason-missing' });
  });

  it('is the administrator alone, and migration is all that the administrator may do', () => {
    for (const role of roles) {
      const by: Actor = { personId: 'somebody', name: 'somebody', roles: [{ role }] };
      const answer = journeyTo('screening').ask(by, 'migratePlan', bodyOf(newer()), reason);
      expect([role, answer.refusal === undefined]).toEqual([role, role === 'administrator']);
    }
    const context = { plan: calmPlan, nowMs: 0 };
    const open = allowedActions(journeyTo('screening').request(), people.administrator, context);
    expect(open.filter(({ allowed }) => allowed)).toEqual([{ command: 'migratePlan', allowed: true }]);
    const everything: Actor = { ...people.administrator, roles: roles.map((role) => ({ role })) };
    const allowed = allowedActions(journeyTo('screening').request(), everything, context).filter((one) => one.allowed);
    expect(allowed).toEqual([]);
    expect(personCommandKinds).toContain('migratePlan');
  });

  it('decides nothing else on the request, also after laying the role down', () => {
    const told = move(journeyTo('screening'), newer());
    const later: Actor = { ...people.administrator, roles: [{ role: 'screeningOfficer' }] };
    const answer = told.ask(later, 'recordScreening', {
      verdict: 'ineligible',
      checklist: calmPlan.checklist.map((item) => ({ item, answer: 'met' })),
      points: [],
      reasonCodes: ['late'],
    });
    expect(answer.refusal).toEqual({ code: 'dutyConflict', rule: 'administer-with-judge-eligibility' });
  });

  it('has to have seen the plan that holds', () => {
    const told = move(journeyTo('screening'), newer());
    const blind = told.ask(people.otherAdministrator, 'migratePlan', bodyOf(newer({ version: '2027-2' })), reason);
    expect(blind.refusal?.code).toBe('staleVersion');
  });
});
