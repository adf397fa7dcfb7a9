// Appeals: who may bring one and until when, who may judge it, what a verdict does, and that plans without appeals end at once.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import { appealFolds, decideAppeal } from '../../domain/approval/appeal.js';
import type { PersonCommand } from '../../domain/command.js';
import type { Duty, GrantRequest } from '../../domain/grant-request.js';
import type { Stage } from '../../domain/lifecycle.js';
import { statusOf } from '../../domain/lifecycle.js';
import type { Plan } from '../../domain/plan.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { exclusivePairs } from '../../domain/separation-of-duties.js';
import { tasksOf } from '../../domain/task.js';
import { atStage } from '../support/at-stage.js';
import type { Journey } from '../support/journey.js';
import { approveBody, dayMs, journeyTo, metChecklist, openWith, walk } from '../support/journey.js';
import { members, panel, people, reviewers } from '../support/people.js';
import { appealingPlan, calmPlan, hastyPlan } from '../support/plans.js';

const [one, two, three] = panel;
if (!one || !two || !three) throw new Error('the panel has members');
const reason = { reason: 'the file shows it' };
const ineligible = {
  verdict: 'ineligible',
  checklist: metChecklist(calmPlan),
  points: [],
  reasonCodes: ['licence'],
} as const;

const screenedOut = (plan: Plan = appealingPlan): Journey =>
  journeyTo('screening', plan).act(people.hana, 'recordScreening', ineligible);
const rejected = (plan: Plan = appealingPlan): Journey => {
  const told = journeyTo('committee', plan).act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'reject' });
  return told.act(people.chair, 'closeItem', { ...approveBody, verdict: 'reject' }, reason);
};
const filed = (told: Journey): Journey => told.act(people.samira, 'fileAppeal', {}, reason);
const code = (answer: { readonly refusal?: { readonly code: string } | undefined }): string | undefined =>
  answer.refusal?.code;
const onPanel = (actor: Actor): Actor => ({
  ...actor,
  roles: [...actor.roles, { role: 'approver', level: 'appeal-panel' }],
});
const stageOf = (told: Journey): string => told.request().position.stage;

describe('a decision against a request', () => {
  it('ends it at once under a plan without appeals', () => {
    expect(rejected(calmPlan).request().outcome).toBe('rejected');
    expect(screenedOut(calmPlan).request()).not.toHaveProperty('appeal');
  });

  it('stays open until the time for an appeal has passed, then ends it as decided', () => {
    for (const [told, standing] of [
      [rejected(), 'rejected'],
      [screenedOut(), 'ineligible'],
    ] as const) {
      expect(told.request()).toMatchObject({ outcome: null, appeal: { standing, verdict: null } });
      expect(statusOf(told.request())).toBe('appeal-window');
      expect(told.passDeadline().request().outcome).toBe(standing);
    }
  });

  it('lets reserved money go when it is made, not when the window closes', () => {
    const told = journeyTo('authority', appealingPlan).act(people.deputy, 'declareInterest', { interest: 'none' });
    told.act(people.programmeDirector, 'recordApproval', { verdict: 'reject' });
    expect(
      told
        .entries()
        .at(-1)
        ?.events.map(({ kind }) => kind),
    ).toEqual(['approvalRecorded', 'fundsReleased', 'appealOpened', 'stageEntered']);
  });
});

describe('filing an appeal', () => {
  it('is for the signatory of that NGO, with grounds', () => {
    const told = rejected();
    expect(code(told.ask(people.adel, 'fileAppeal', {}, reason))).toBe('notYourRole');
    expect(code(told.ask(people.stranger, 'fileAppeal', {}, reason))).toBe('notYourOrganisation');
    expect(told.ask(people.samira, 'fileAppeal', {}).refusal).toEqual({
      code: 'conditionsNotMet',
      rule: 'grounds-missing',
      accepted: 'reason',
    });
    const evidence = [{ fileId: 'file-1', sha256: 'a'.repeat(64) }];
    told.act(people.samira, 'fileAppeal', {}, { ...reason, evidence });
    expect(stageOf(told)).toBe('appeal');
    expect(told.entries().at(-1)).toMatchObject({ reason: reason.reason, evidence });
  });

  it('is waited for in the inbox of the NGO until the last instant of the window', () => {
    const told = rejected({
      ...hastyPlan({ 'appeal-window': 1_000 }),
      ...(appealingPlan.appeal ? { appeal: appealingPlan.appeal } : {}),
    });
    expect(tasksOf(told.request(), { plan: appealingPlan, nowMs: told.nowMs() })).toMatchObject([
      { command: 'fileAppeal', role: 'signatory', organisationId: 'ngo-mashael', dueAtMs: told.nowMs() + 1_000 },
    ]);
    expect(code(told.wait(999).ask(people.samira, 'fileAppeal', {}, reason))).toBeUndefined();
    expect(code(told.wait(1).ask(people.samira, 'fileAppeal', {}, reason))).toBe('appealWindowClosed');
    expect(code(told.passDeadline().ask(people.samira, 'fileAppeal', {}, reason))).toBe('appealWindowClosed');
  });

  it('never brings back a request that ended in another way', () => {
    const told = journeyTo('screening', appealingPlan).act(people.samira, 'withdraw', {});
    expect(code(told.ask(people.samira, 'fileAppeal', {}, reason))).toBe('requestEnded');
  });
});

describe('the panel', () => {
  it('excludes by rule everybody who acted on the first decision, and the NGO', () => {
    const told = filed(rejected());
    const acted = [
      people.hana,
      people.cairo,
      ...reviewers.slice(0, 3),
      people.secretary,
      ...members.slice(0, 8),
      people.chair,
    ];
    for (const actor of [...acted, people.samira])
      expect(code(told.ask(onPanel(actor), 'decideAppeal', { verdict: 'uphold' }, reason))).toBe('panelNotIndependent');
    const authorised = filed(
      journeyTo('authority', appealingPlan).act(people.programmeDirector, 'recordApproval', { verdict: 'reject' }),
    );
    expect(code(authorised.ask(onPanel(people.programmeDirector), 'decideAppeal', { verdict: 'uphold' }, reason))).toBe(
      'panelNotIndependent',
    );
    expect(code(told.ask(one, 'decideAppeal', { verdict: 'uphold' }, reason))).toBeUndefined();
  });

  it('is kept apart from each duty of the first decision in both directions', () => {
    const first: Duty[] = ['judge-eligibility', 'give-opinion', 'score', 'run-session', 'vote', 'authorise', 'apply'];
    for (const duty of first)
      expect(exclusivePairs.some((pair) => pair.includes(duty) && pair.includes('judge-appeal'))).toBe(true);
    const back = filed(rejected());
    for (const judge of [one, two])
      back.act(judge, 'decideAppeal', { verdict: 'send-back', toStage: 'committee' }, reason);
    const judgeWithSeat: Actor = { ...one, roles: [...one.roles, { role: 'committeeMember' }] };
    back.act(people.secretary, 'openItem', openWith([...members, judgeWithSeat]));
    expect(code(back.ask(judgeWithSeat, 'castVote', { vote: 'approve' }))).toBe('dutyConflict');
  });

  it('consists of people of its level, without an interest, each judging once and with reasons', () => {
    const told = filed(rejected());
    const level = { code: 'notYourRole', rule: 'panel-level', accepted: 'appeal-panel' };
    const roles = [...people.deputy.roles, { role: 'reviewer', level: 'appeal-panel' } as const];
    for (const by of [people.deputy, { ...people.deputy, roles }])
      expect(told.ask(by, 'decideAppeal', { verdict: 'uphold' }, reason).refusal).toEqual(level);
    expect(code(told.ask(onPanel(people.deputy), 'decideAppeal', { verdict: 'uphold' }, reason))).toBeUndefined();
    expect(told.ask(one, 'decideAppeal', { verdict: 'uphold' }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'reason-missing' },
    });
    told.act(three, 'declareInterest', { interest: 'conflict' });
    expect(code(told.ask(three, 'decideAppeal', { verdict: 'uphold' }, reason))).toBe('conflictOfInterest');
    told.act(one, 'decideAppeal', { verdict: 'uphold' }, reason);
    expect(stageOf(told)).toBe('appeal');
    expect(told.ask(one, 'decideAppeal', { verdict: 'uphold' }, reason).refusal).toEqual({
      ...{ code: 'alreadyActed', rule: 'appeal-judged' },
    });
  });

  it('has the appeal in its inbox, and only people of its level are offered it', () => {
    const told = filed(rejected());
    const context = { plan: appealingPlan, nowMs: told.nowMs() };
    expect(tasksOf(told.request(), context)).toMatchObject([{ command: 'decideAppeal', level: 'appeal-panel' }]);
    const offered = (actor: Actor): boolean =>
      allowedActions(told.request(), actor, context).some(
        ({ command, allowed }) => command === 'decideAppeal' && allowed,
      );
    expect([offered(one), offered(people.deputy), offered(onPanel(people.hana))]).toEqual([true, false, false]);
  });

  it('decides as most of it judge: the decision stands, and that is the end', () => {
    const told = filed(rejected()).act(one, 'decideAppeal', { verdict: 'uphold' }, reason);
    told.act(two, 'decideAppeal', { verdict: 'send-back', toStage: 'committee' }, reason);
    told.act(three, 'decideAppeal', { verdict: 'uphold' }, reason);
    expect(told.request()).toMatchObject({ outcome: 'rejected', appeal: { verdict: 'uphold' } });
    expect(code(told.ask(people.samira, 'fileAppeal', {}, reason))).toBe('appealAlreadyDecided');
  });

  it('sends it back to the earliest stage, whoever of the majority named it', () => {
    const told = filed(rejected());
    told.act(one, 'decideAppeal', { verdict: 'send-back', toStage: 'technical-review' }, reason);
    told.act(two, 'decideAppeal', { verdict: 'uphold' }, reason);
    told.act(three, 'decideAppeal', { verdict: 'send-back', toStage: 'committee' }, reason);
    expect(told.entries().at(-1)?.events).toMatchObject([
      { kind: 'appealJudged', personId: 'panel-3', verdict: 'send-back', toStage: 'committee' },
      { kind: 'appealDecided', verdict: 'send-back', toStage: 'technical-review' },
      { kind: 'stageEntered', stage: 'technical-review' },
    ]);
  });

  it('has to agree by more than half', () => {
    const two = appealingPlan.appeal && { ...appealingPlan.appeal, panel: { level: 'appeal-panel', people: 2 } };
    const told = filed(rejected({ ...appealingPlan, ...(two ? { appeal: two } : {}) }));
    told.act(one, 'decideAppeal', { verdict: 'uphold' }, reason);
    expect([stageOf(told), told.entries().at(-1)?.events.length]).toEqual(['appeal', 1]);
  });

  it('sends it back to the earliest stage of those the majority named', () => {
    const told = filed(rejected()).act(one, 'decideAppeal', { verdict: 'send-back', toStage: 'committee' }, reason);
    told.act(two, 'decideAppeal', { verdict: 'send-back', toStage: 'technical-review' }, reason);
    expect(stageOf(told)).toBe('technical-review');
    expect(told.request().review.scores).toEqual([]);
    expect(told.request().opinions).toEqual({ 'EG-C': 'support' });
  });

  it('names no stage that the plan leaves out or that comes after the one that decided', () => {
    const told = filed(screenedOut());
    expect(told.ask(one, 'decideAppeal', { verdict: 'send-back', toStage: 'committee' }, reason).refusal).toEqual({
      code: 'conditionsNotMet',
      rule: 'send-back-to',
      accepted: 'screening',
    });
    expect(told.ask(one, 'decideAppeal', { verdict: 'send-back' }, reason).refusal?.rule).toBe('send-back-to');
    expect(told.ask(one, 'decideAppeal', { verdict: 'uphold', toStage: 'screening' }, reason).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'uphold-names-no-stage' },
    });
    const late = filed(rejected()).ask(one, 'decideAppeal', { verdict: 'send-back', toStage: 'authority' }, reason);
    expect(late.refusal?.accepted).toBe('screening technical-review committee');
  });

  it('is raised when it is late, and still decides', () => {
    const told = filed(rejected()).passDeadline();
    expect(told.request().position.lateness).toBe('late');
    for (const judge of [one, two]) told.act(judge, 'decideAppeal', { verdict: 'uphold' }, reason);
    expect(told.request().outcome).toBe('rejected');
  });
});

describe('a request that was sent back', () => {
  const again = (): Journey => {
    const told = filed(screenedOut());
    for (const judge of [one, two])
      told.act(judge, 'decideAppeal', { verdict: 'send-back', toStage: 'screening' }, reason);
    return told;
  };

  it('is judged again from there and can go all the way', () => {
    expect(walk(again(), 'screening', undefined, appealingPlan).request().outcome).toBe('closed');
  });

  it('can be appealed once more when it is decided against once more: that is another decision', () => {
    const told = again().act(people.hana, 'recordScreening', ineligible);
    expect(told.request()).toMatchObject({ outcome: null, appeal: { verdict: null, judgements: [] } });
    expect(stageOf(filed(told))).toBe('appeal');
  });
});

describe('what was judged', () => {
  const command: PersonCommand<'decideAppeal'> = {
    ...{ kind: 'decideAppeal', by: one, key: 'k', fingerprint: 'f', expectedVersion: 1, ...reason },
    body: { verdict: 'uphold' },
  };
  /** As after the last approval: everything was judged. */
  const judged: GrantRequest = {
    ...atStage('authority'),
    appeal: { standing: 'rejected', at: 'authority', verdict: null, judgements: [] },
  };
  const after = (toStage: Stage | null): GrantRequest =>
    appealFolds.appealDecided(
      judged,
      { kind: 'appealDecided', verdict: toStage === null ? 'uphold' : 'send-back', toStage },
      { version: 99, atMs: 0 },
    );
  const parts = ['screening', 'opinions', 'review', 'authority'] as const;

  it.each([
    ['screening', ['screening', 'opinions', 'review', 'authority']],
    ['regional-opinion', ['opinions', 'review', 'authority']],
    ['technical-review', ['review', 'authority']],
    ['committee', ['authority']],
    ['authority', []],
    [null, []],
  ] as const)('at %s or after it counts no longer: %s', (toStage, cleared) => {
    const request = after(toStage);
    expect(parts.filter((part) => request[part] !== judged[part])).toEqual(cleared);
    expect(request.appeal?.verdict).toBe(toStage === null ? 'uphold' : 'send-back');
  });

  it('is asked for anew: as if nobody had answered', () => {
    const { screening, opinions, review, authority } = after('screening');
    const fresh = { wanted: 0, widened: false, assigned: [], declared: [], scores: [] };
    expect([screening, opinions, review, authority]).toEqual([null, {}, fresh, null]);
  });

  it('cannot be appealed where no appeal is open or the plan knows none', () => {
    const refusal = { code: 'notThisStage', rule: 'no-appeal' };
    const ask = (request: GrantRequest, plan: Plan) => decideAppeal(request, command, { plan, nowMs: 0 }).refusal;
    expect(ask(atStage('authority'), appealingPlan)).toEqual(refusal);
    expect(ask(judged, calmPlan)).toEqual(refusal);
  });
});

describe('a suspension while an appeal is open', () => {
  it('stops the window and gives back what was left of it', () => {
    const told = rejected().wait(dayMs);
    const left = told.request().position.dueAtMs - told.nowMs();
    told.act(people.monitor, 'suspend', { ground: 'registry-finding' }).wait(90 * dayMs);
    expect(code(told.ask(people.samira, 'fileAppeal', {}, reason))).toBe('suspended');
    told.act(people.deputy, 'liftSuspension', {});
    expect(told.request().position.dueAtMs - told.nowMs()).toBe(left);
    expect(stageOf(filed(told))).toBe('appeal');
  });
});

describe('the part of a plan about appeals', () => {
  it('is in the reference plan, as an assumption', () => {
    expect(developmentGrant.appeal?.panel).toEqual({ level: 'appeal-panel', people: 3 });
    expect(developmentGrant.stages['appeal-window']?.due).toEqual({ unit: 'time', ms: 30 * dayMs });
    expect(developmentGrant.assumptions).toContain('appeal');
  });

  it('is refused when the panel could tie, goes back too far, or has no due times', () => {
    const faults = (appeal: Plan['appeal'], stages = calmPlan.stages): string[] =>
      planFaults({ ...calmPlan, stages, ...(appeal ? { appeal } : {}) }).map(({ path }) => path);
    const sound = { panel: { level: 'appeal-panel', people: 3 }, sendBackTo: ['committee'] } as const;
    expect(faults(sound)).toEqual([]);
    expect(faults({ ...sound, panel: { level: 'appeal-panel', people: 2 } })).toEqual(['appeal.panel']);
    expect(faults({ ...sound, sendBackTo: ['agreement'] })).toEqual(['appeal.sendBackTo']);
    expect(faults({ ...sound, sendBackTo: [] })).toEqual(['appeal.sendBackTo']);
    const stages = Object.fromEntries(Object.entries(calmPlan.stages).filter(([name]) => name !== 'appeal'));
    expect(faults(sound, stages)).toEqual(['stages.appeal']);
  });
});
