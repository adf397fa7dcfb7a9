// One running request put under a newer plan: what follows obeys the new numbers, what happened stays, and what does not fit is refused.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import { personCommand, personCommandKinds } from '../../domain/command.js';
import { decide } from '../../domain/decide.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Stage } from '../../domain/lifecycle.js';
import type { Plan } from '../../domain/plan.js';
import { migrationFault, stagesSoFar, stagesWithout } from '../../domain/plan-migration.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { tasksOf } from '../../domain/task.js';
import { atStage } from '../support/at-stage.js';
import type { Journey } from '../support/journey.js';
import {
  approveBody,
  dayMs,
  fullScores,
  journeyTo,
  metChecklist,
  openWith,
  owing,
  recovering,
  text,
  walk,
} from '../support/journey.js';
import { members, people, peopleByLevel, reviewers } from '../support/people.js';
import { appealingPlan, calmPlan, owingPlan } from '../support/plans.js';
import { relieved, screened, submitted } from '../support/variants.js';

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
  const award = (told: Journey) => {
    const { award: given } = told.request();
    if (given === null) throw new Error('there is an award');
    return given;
  };
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

  it('counts what the organisation was awarded within the year, as at any other time', () => {
    const told = waiting();
    const many = { ...told.request(), award: { ...award(told), cumulativeMinor: '600000000' } };
    const by = { by: people.administrator, key: 'k', fingerprint: 'f', expectedVersion: many.version, ...reason };
    const command = personCommand('migratePlan', bodyOf(newer()), by);
    const { entry } = decide(many, command, { plan: { ...calmPlan, authority: [] }, nowMs: told.nowMs() });
    expect(entry?.events[1]).toMatchObject({ kind: 'authorityResolved', row: 'up-to-50m', basisMinor: '600000000' });
  });

  it('is the only one that asks the matrix again', () => {
    for (const stage of ['screening', 'authority', 'agreement'] as const)
      expect(move(journeyTo(stage), newer()).entries().at(-1)?.events).toHaveLength(1);
  });

  it('goes on waiting when the newer plan has no row either', () => {
    expect(move(waiting(), newer({ authority: [] })).request().authority?.row).toBeNull();
  });
});

describe('what is bound by what happened', () => {
  const signed = (): Journey => journeyTo('agreement').act(people.samira, 'signAgreement', { documentSha256: text });
  const scored = (): Journey => {
    const named = reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name }));
    const told = journeyTo('technical-review').act(people.secretary, 'assignReviewers', { reviewers: named });
    for (const reviewer of reviewers.slice(0, 1))
      told
        .act(reviewer, 'declareInterest', { interest: 'none' })
        .act(reviewer, 'recordScore', { scores: fullScores(calmPlan) });
    return told;
  };
  const closing = (): Journey =>
    journeyTo('final-review').act(people.monitor, 'closeRequest', {
      ...{ verdict: 'settled', unspentMinor: '0', returnedMinor: '0' },
    });
  const decidedAgainst = (stage: 'appeal-window' | 'appeal'): Journey => {
    const told = journeyTo('screening', appealingPlan).act(people.hana, 'recordScreening', {
      ...{ verdict: 'ineligible', checklist: metChecklist(appealingPlan), points: [], reasonCodes: ['licence'] },
    });
    return stage === 'appeal' ? told.act(people.samira, 'fileAppeal', {}, { reason: 'the file shows it' }) : told;
  };
  const voting = (): Journey => journeyTo('committee').act(people.secretary, 'openItem', openWith());
  const { review, committee, tranches, appeal, recovery } = { ...developmentGrant, ...calmPlan };
  if (appeal === undefined || recovery === undefined) throw new Error('the reference plan has appeals and a recovery');

  const criteria = { review: { ...review, criteria: review.criteria.map((one) => ({ ...one, max: 20 })) } };
  const standing = { committee: { ...committee, opening: 'standing', closing: 'at-quorum', ballot: 'open' } } as const;
  const { sessions, ...unkept } = standing.committee;
  const openedAlone = { committee: unkept };
  const assumptions = calmPlan.assumptions.filter((path) => !path.startsWith('tranches.parts'));
  const parts = { tranches: { ...tranches, parts: [{ shareBasisPoints: 10_000, requires: [] }] }, assumptions };
  const retention = { tranches: { ...tranches, retentionBasisPoints: 500 } };
  const reports = { reports: calmPlan.reports.slice(1), ...parts };
  const signoffs = { closure: { signoffs: ['financeOfficer'] } } as const;
  const panel = { appeal: { ...appeal, panel: { ...appeal.panel, people: 5 } } };
  const longest = { recovery: { ...recovery, longest: { unit: 'working-days', count: 1 } } } as const;

  type Bound = readonly [what: string, told: () => Journey, plan: Plan, change: Partial<Plan>, accepted: string | null];
  const rows: readonly Bound[] = [
    ['the score sheet once somebody scored', scored, calmPlan, criteria, 'review.criteria'],
    ['the score sheet, not before', () => journeyTo('technical-review'), calmPlan, criteria, null],
    ['the score sheet, not after the review', () => journeyTo('committee'), calmPlan, criteria, null],
    ['how an item opens and closes while it is open', voting, calmPlan, openedAlone, 'committee.opening committee.closing'],
    ['how an item opens, not before it does', () => journeyTo('committee'), calmPlan, openedAlone, null],
    ['how an item opens, not after the vote', () => journeyTo('authority'), calmPlan, openedAlone, null],
    ['tranches once the agreement is signed', signed, calmPlan, parts, 'tranches.parts'],
    ['the retention once the agreement is signed', signed, calmPlan, retention, 'tranches.retentionBasisPoints'],
    ['reports once the agreement is signed', signed, calmPlan, reports, 'tranches.parts reports'],
    ['nothing of that before', () => journeyTo('agreement'), calmPlan, { ...retention, ...reports }, null],
    ['sign-offs once one was given', closing, calmPlan, signoffs, 'closure.signoffs'],
    ['sign-offs, not before', () => journeyTo('final-review'), calmPlan, signoffs, null],
    ['the appeal in its window', () => decidedAgainst('appeal-window'), appealingPlan, panel, 'appeal'],
    ['the appeal before the panel', () => decidedAgainst('appeal'), appealingPlan, panel, 'appeal'],
    ['the appeal, not before', () => journeyTo('screening', appealingPlan), appealingPlan, panel, null],
    ['what is owed once instalments are agreed', () => recovering(owingPlan), owingPlan, longest, 'recovery'],
    ['what is owed, not before', () => owing(owingPlan), owingPlan, longest, null],
  ]; // prettier-ignore

  it.each(rows)('%s', (_what, told, plan, change, accepted) => {
    expect(sessions).toBe('kept');
    const refused = migrationFault(told().request(), plan, { ...plan, version: '2027-1', ...change })?.refusal;
    expect(refused ?? null).toEqual(
      accepted === null ? null : { code: 'planNotApplicable', rule: 'unchanged-so-far', accepted },
    );
  });

  it('is more where money goes out before the committee judges', () => {
    const { award, afterReview, ...rest } = reliefFastLane;
    const { provisional, ...later } = reliefFastLane.tranches;
    expect([award, provisional]).toEqual([{ by: 'screening' }, { number: 1, approvers: 2 }]);
    const asked = (told: Journey, change: Partial<Plan>, from: Plan = reliefFastLane) =>
      migrationFault(told.request(), reliefFastLane, { ...from, version: '2027-1', assumptions: [], ...change })?.refusal;
    const bound = (accepted: string) => ({ code: 'planNotApplicable', rule: 'unchanged-so-far', accepted });
    const patient = { afterReview: { due: { unit: 'working-days', count: 60 } } } as const;
    const three = { tranches: { ...reliefFastLane.tranches, provisional: { number: 1, approvers: 3 } } } as const;
    const daily = { unit: 'time', ms: dayMs } as const;
    const fewer = { reports: reliefFastLane.reports.map((one) => ({ ...one, due: daily })) };
    expect(afterReview).toBeDefined();
    expect(asked(relieved(), { ...patient, ...three, ...fewer })).toEqual(bound('reports tranches.provisional afterReview'));
    expect(asked(submitted(), { ...patient, ...three, ...fewer })).toBeUndefined();

    const byCommittee: Partial<Plan> = {
      route: ['screening', 'committee', 'authority', 'agreement', 'implementation', 'final-review'],
      stages: developmentGrant.stages,
      tranches: later,
    };
    expect(asked(submitted(), byCommittee, rest)).toBeUndefined();
    expect(asked(screened().reserve(), byCommittee, rest)).toEqual(bound('award'));
  }); // prettier-ignore
});

describe('a request that stands beside the route', () => {
  const returned = (): Journey => {
    const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    const body = { ...approveBody, verdict: 'return', points: [{ section: 'budget', note: 'sums' }] } as const;
    return told.act(people.chair, 'closeItem', body, { reason: 'the sums' });
  };
  const lostIn = (request: GrantRequest, to: Plan, from: Plan = calmPlan): string =>
    stagesWithout(request, from, to).join(' ');

  it.each<readonly [Stage, string]>([
    ['draft', 'draft'],
    ['screening', 'screening'],
    ['correction', 'screening correction'],
    ['technical-review', 'screening regional-opinion technical-review'],
    ['appeal-window', 'screening appeal-window'],
    ['appeal', 'screening appeal'],
    ['recovery', [...calmPlan.route, 'recovery'].join(' ')],
  ])('at %s has come to: %s', (stage, soFar) => {
    expect(stagesSoFar(atStage(stage), calmPlan).join(' ')).toBe(soFar);
  });

  it('for a correction has passed the stage that asked for it', () => {
    const { route } = calmPlan;
    expect(returned().request().position.stage).toBe('correction');
    expect(stagesSoFar(returned().request(), calmPlan)).toEqual([
      ...route.slice(0, route.indexOf('committee') + 1),
      'correction',
    ]);
  });

  it('needs a due time there in the other plan, and an appeal its rules too', () => {
    const { stages } = calmPlan;
    const lacking = (stage: Stage, change: Partial<Plan> = {}): Plan => ({
      ...calmPlan,
      ...change,
      stages: Object.fromEntries(Object.entries(stages).filter(([name]) => name !== stage)),
    });
    const appealed = { appeal: developmentGrant.appeal ?? { panel: { level: 'x', people: 1 }, sendBackTo: [] } };
    expect(lostIn(atStage('correction'), lacking('correction'))).toBe('correction');
    expect(lostIn(atStage('recovery'), lacking('recovery'))).toBe('recovery');
    expect(lostIn(atStage('correction'), lacking('recovery'))).toBe('');
    expect(lostIn(atStage('draft'), lacking('draft'))).toBe('');
    expect(lostIn(atStage('screening'), lacking('screening'))).toBe('');
    for (const stage of ['appeal-window', 'appeal'] as const) {
      expect(lostIn(atStage(stage), { ...calmPlan, ...appealed })).toBe('');
      expect(lostIn(atStage(stage), lacking(stage, appealed))).toBe(stage);
      expect(lostIn(atStage(stage), calmPlan)).toBe(stage);
    }
  });

  it('is moved with its appeal, and judged under the newer plan', () => {
    const told = journeyTo('screening', appealingPlan).act(people.hana, 'recordScreening', {
      ...{ verdict: 'ineligible', checklist: metChecklist(appealingPlan), points: [], reasonCodes: ['licence'] },
    });
    move(told, { ...appealingPlan, version: '2027-1', correctionRounds: 1 });
    expect(told.entries().at(-1)?.events.map(({ kind }) => kind)).toEqual(['planMigrated']);
    told.act(people.samira, 'fileAppeal', {}, { reason: 'the file shows it' });
    expect(told.request().position.stage).toBe('appeal');
    const elsewhere = { ...appealingPlan, version: '2027-2', route: appealingPlan.route.filter((name) => name !== 'screening') };
    expect(migrationFault(told.request(), appealingPlan, elsewhere)?.refusal.rule).toBe('appeal.sendBackTo');
  }); // prettier-ignore
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
    const code = 'planNotApplicable';
    expect(ask(told, newer({ code: 'relief' })).refusal).toEqual({ code, rule: 'same-code', accepted: 'calm' });
    expect(ask(told, calmPlan).refusal).toEqual({ code, rule: 'another-version' });
    expect(ask(told, newer({ correctionRounds: -1 })).refusal).toEqual({ code, rule: 'correctionRounds' });
    expect(ask(told, newer({ purpose: 'measurement' })).refusal).toEqual({
      ...{ code, rule: 'same-purpose', accepted: 'grants' },
    });
    const otherRules = Object.assign(newer(), { rules: 2 });
    expect(ask(told, otherRules).refusal).toEqual({ code, rule: 'same-rules', accepted: '1' });
  });

  it('where several stages are missing: each is named', () => {
    const short = newer({ route: ['screening', 'committee', 'agreement', 'implementation', 'final-review'] });
    expect(ask(journeyTo('committee'), short).refusal).toEqual({
      ...{ code: 'planNotApplicable', rule: 'stages-so-far-exist', accepted: 'regional-opinion technical-review' },
    });
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
    expect(blind.refusal).toEqual({ code: 'staleVersion', rule: 'plan-seen', accepted: '2' });
  });
});
