// Every role × command × relation to the request × stage, asked of the engine and of the truth written by hand: they agree on each case.
import { describe, expect, it } from '@jest/globals';
import type { Actor, Role } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import type { PersonCommandKind } from '../../domain/command.js';
import { personCommandKinds } from '../../domain/command.js';
import type { Duty, GrantRequest } from '../../domain/grant-request.js';
import type { Outcome, Stage } from '../../domain/lifecycle.js';
import { stageNames } from '../../domain/lifecycle.js';
import { mayAct, permissions } from '../../domain/permissions.js';
import type { Plan } from '../../domain/plan.js';
import { atStage } from '../support/at-stage.js';
import { organisationId, people } from '../support/people.js';
import type { Case, Mode, Relation } from '../support/permission-case.js';
import { expected, modes, relations, visitor, visitorId } from '../support/permission-case.js';
import { calmPlan } from '../support/plans.js';
import { truth } from './permission-truth.js';

const situation = (stage: Stage, mode: Mode, relation: Relation): GrantRequest => {
  const plain = atStage(stage);
  return {
    ...plain,
    outcome: mode === 'ended' ? 'withdrawn' : null,
    ...(mode === 'after-review' ? { afterReview: { verdict: null, dueAtMs: 0 } } : {}),
    suspension: mode === 'suspended' ? { ground: 'fraud-alarm', byPersonId: 'somebody', remaining: [] } : null,
    conflicted: relation.kind === 'conflicted' ? [visitorId] : [],
    acts: relation.kind === 'acted' ? [{ personId: visitorId, duty: relation.duty }] : [],
  };
};

const told = ({ command, role, relation, stage, mode }: Case): string =>
  `${command} by ${role} (${Object.values(relation).join(' ')}) at ${stage}, ${mode}`;

function* everySituation(): Generator<Omit<Case, 'role' | 'command'> & { request: GrantRequest }> {
  for (const stage of stageNames)
    for (const mode of modes)
      for (const relation of relations) {
        const request = situation(stage, mode, relation);
        yield { request, stage, mode, relation, ballotWasClosed: request.ballot?.closed === true };
      }
}
/** The plain case of a command, with nothing against it, and all cases that differ from it in one respect. */
const casesNear = (command: PersonCommandKind): Omit<Case, 'ballotWasClosed'>[] => {
  const { roles: ofCommand, stages } = truth[command];
  const lifting = stages === 'suspended';
  const plain = {
    ...{ command, role: ofCommand[0] ?? 'operator', relation: { kind: 'own' } as const },
    ...(lifting
      ? { stage: 'screening' as const, mode: 'suspended' as const }
      : { stage: stages[0] ?? 'draft', mode: 'open' as const }),
  };
  return [
    ...roles.map((role) => ({ ...plain, role })),
    ...stageNames.flatMap((stage) => modes.map((mode) => ({ ...plain, stage, mode }))),
    ...relations.map((relation) => ({ ...plain, relation })),
  ];
};
function* everyCase(): Generator<Case & { request: GrantRequest }> {
  for (const place of everySituation())
    for (const role of roles) for (const command of personCommandKinds) yield { ...place, role, command };
}

describe('the permission matrix', () => {
  it('agrees with the truth table in every case', () => {
    const differing: string[] = [];
    let allowed = 0;
    let cases = 0;
    for (const { request, ...one } of everyCase()) {
      const actor = visitor(one.role, one.relation);
      const answer = mayAct(request, one.command, actor, calmPlan, organisationId)?.refusal.code ?? 'allowed';
      cases += 1;
      if (answer === 'allowed') allowed += 1;
      if (answer !== expected(one)) differing.push(`${told(one)}: ${answer}, not ${expected(one)}`);
    }
    expect(differing.slice(0, 20)).toEqual([]);
    expect(cases).toBeGreaterThan(200_000);
    expect(allowed).toBeGreaterThan(500);
  }, 60_000);

  it.each(personCommandKinds)('agrees with the truth about %s: each role, each place, each relation', (command) => {
    for (const near of casesNear(command)) {
      const { role, stage, mode, relation } = near;
      const request = situation(stage, mode, relation);
      const one = { ...near, ballotWasClosed: request.ballot?.closed === true };
      const answer = mayAct(request, command, visitor(role, relation), calmPlan, organisationId);
      expect([told(one), answer?.refusal.code ?? 'allowed']).toEqual([told(one), expected(one)]);
    }
  });

  it.each(personCommandKinds)('says in the table how far %s reaches', (command) => {
    const governorate = truth[command].roles.includes('directorateOfficer') ? 'governorate' : 'fund';
    expect(permissions[command].scope).toBe(truth[command].ownOnly ? 'organisation' : governorate);
  });

  it('lets every command be given by somebody somewhere', () => {
    for (const command of personCommandKinds) {
      const row = truth[command];
      const stage = row.stages === 'suspended' ? 'screening' : (row.stages[0] ?? 'draft');
      const mode = row.stages === 'suspended' ? 'suspended' : 'open';
      const actor = visitor(row.roles[0] ?? 'operator', { kind: 'own' });
      const request = situation(stage, mode, { kind: 'own' });
      expect([command, mayAct(request, command, actor, calmPlan, organisationId)]).toEqual([command, null]);
    }
  });
});

describe('the refusal of a command', () => {
  const ask = (command: PersonCommandKind, stage: Stage, actor: Actor, plan = calmPlan) =>
    mayAct(situation(stage, 'open', { kind: 'own' }), command, actor, plan, organisationId)?.refusal;

  it('names the roles that may give it', () => {
    const refusal = { code: 'notYourRole', rule: 'roles', accepted: 'paymentReleaser approver' };
    expect(ask('releaseTranche', 'implementation', people.finance)).toEqual(refusal);
  });

  it.each([
    ['recordScreening', people.hana, 'committee', 'screening'],
    [
      'declareInterest',
      people.hana,
      'implementation',
      'screening regional-opinion technical-review committee authority appeal',
    ],
    ['openItem', people.secretary, 'screening', 'committee'],
    ['withdraw', people.samira, 'final-review', 'withdraw'],
    ['suspend', people.monitor, 'recovery', 'suspend'],
    ['terminate', people.deputy, 'committee', 'terminate'],
    ['liftSuspension', people.deputy, 'committee', 'while-suspended'],
    ['resolveAuthority', people.administrator, 'committee', 'authority'],
    ['reassignTask', people.secretary, 'committee', 'screening technical-review implementation final-review recovery'],
  ] as const)('%s says where the request is and where it would be taken', (command, actor, rule, accepted) => {
    expect(ask(command, rule, actor)).toEqual({ code: 'notThisStage', rule, accepted });
  });

  it('says why the request is suspended', () => {
    const request = situation('screening', 'suspended', { kind: 'own' });
    const refusal = mayAct(request, 'recordScreening', people.hana, calmPlan)?.refusal;
    expect(refusal).toEqual({ code: 'suspended', rule: 'fraud-alarm' });
  });

  it('explains a late vote by the ballot that was closed, where one was', () => {
    const late = (command: PersonCommandKind, actor: Actor, closed: boolean) => {
      const request = situation('authority', 'open', { kind: 'own' });
      const ballot = request.ballot && { ...request.ballot, closed };
      return mayAct({ ...request, ballot }, command, actor, calmPlan)?.refusal;
    };
    expect(late('castVote', people.chair, true)).toEqual({ code: 'ballotClosed' });
    expect(late('closeItem', people.chair, true)).toEqual({ code: 'ballotClosed' });
    expect(late('castVote', people.chair, false)?.code).toBe('notThisStage');
    expect(late('openItem', people.secretary, true)?.code).toBe('notThisStage');
  });

  it('names the role that never decides, and the two duties that exclude each other', () => {
    const request = situation('implementation', 'open', { kind: 'acted', duty: 'prepare-payment' });
    const releasing = visitor('paymentReleaser', { kind: 'own' });
    expect(mayAct(request, 'releaseTranche', releasing, calmPlan)?.refusal).toEqual({
      ...{ code: 'dutyConflict', rule: 'prepare-payment-with-release-payment' },
    });
    const auditing = visitor('paymentReleaser', { kind: 'also-holds', role: 'auditor' });
    expect(mayAct(request, 'releaseTranche', auditing, calmPlan)?.refusal).toEqual({
      ...{ code: 'dutyConflict', rule: 'auditor-never-decides' },
    });
  });

  it('names the appeal that was not brought in time, or was decided', () => {
    const open = situation('appeal-window', 'ended', { kind: 'own' });
    const ended = (verdict: 'uphold' | null, outcome: Outcome) =>
      open.appeal &&
      mayAct({ ...open, outcome, appeal: { ...open.appeal, verdict } }, 'fileAppeal', people.samira, calmPlan)?.refusal;
    expect(ended(null, 'ineligible')).toEqual({ code: 'appealWindowClosed', rule: 'ineligible' });
    expect(ended('uphold', 'ineligible')).toEqual({ code: 'appealAlreadyDecided', rule: 'ineligible' });
    expect(ended('uphold', 'withdrawn')).toEqual({ code: 'requestEnded', rule: 'withdrawn' });
    const ineligible = mayAct({ ...open, outcome: 'ineligible' }, 'withdraw', people.samira, calmPlan)?.refusal;
    expect(ineligible).toEqual({ code: 'requestEnded', rule: 'ineligible' });
    expect(mayAct(open, 'withdraw', people.samira, calmPlan)?.refusal).toEqual({
      code: 'requestEnded',
      rule: 'withdrawn',
    });
  });
});

describe('an NGO', () => {
  it('is only the one that the request is of, or is submitted for', () => {
    const draft = situation('draft', 'open', { kind: 'own' });
    const submits = (actor: Actor, of?: string) => mayAct(draft, 'submitRequest', actor, calmPlan, of)?.refusal.code;
    expect(submits(people.samira, organisationId)).toBeUndefined();
    expect(submits(people.samira, 'ngo-other')).toBe('notYourOrganisation');
    expect(submits({ ...people.samira, roles: [{ role: 'signatory' }] })).toBe('notYourOrganisation');
    // The request itself says whose it is; what comes with a command does not move it.
    const running = situation('implementation', 'open', { kind: 'own' });
    expect(mayAct(running, 'confirmReceipt', people.stranger, calmPlan, 'ngo-other')?.refusal.code).toBe(
      'notYourOrganisation',
    );
    const both = { ...people.stranger, roles: [...people.stranger.roles, ...people.samira.roles] };
    expect(mayAct(running, 'confirmReceipt', both, calmPlan)).toBeNull();
  });
});

describe('what data show of an interest', () => {
  const connected = (actor: Actor): Actor => ({ ...actor, interests: ['board-member', 'same-phone'] });
  const ask = (command: PersonCommandKind, stage: Stage, actor: Actor) =>
    mayAct(situation(stage, 'open', { kind: 'own' }), command, connected(actor), calmPlan)?.refusal;

  it('keeps people of the Fund and of the directorates out, except from telling of it', () => {
    const refusal = { code: 'conflictOfInterest', rule: 'board-member' };
    expect(ask('recordScreening', 'screening', people.hana)).toEqual(refusal);
    expect(ask('recordOpinion', 'regional-opinion', people.cairo)).toEqual(refusal);
    expect(ask('declareInterest', 'screening', people.hana)).toBeUndefined();
  });

  it("does not keep an NGO's own people from acting for it", () => {
    expect(ask('signAgreement', 'agreement', people.samira)).toBeUndefined();
  });
});

describe('a vote and the release of money', () => {
  const voterMayRelease = { ...calmPlan, tranches: { ...calmPlan.tranches, voterMayRelease: true } };
  const ask = (duty: Duty, command: PersonCommandKind, role: Role, plan: Plan) => {
    const request = situation(command === 'castVote' ? 'committee' : 'implementation', 'open', { kind: 'acted', duty });
    return mayAct(request, command, visitor(role, { kind: 'own' }), plan)?.refusal.rule;
  };

  it('exclude each other unless the plan lets voters release', () => {
    expect(ask('vote', 'releaseTranche', 'paymentReleaser', calmPlan)).toBe('vote-with-release-payment');
    expect(ask('release-payment', 'castVote', 'committeeMember', calmPlan)).toBe('release-payment-with-vote');
    expect(ask('vote', 'releaseTranche', 'paymentReleaser', voterMayRelease)).toBeUndefined();
    expect(ask('release-payment', 'castVote', 'committeeMember', voterMayRelease)).toBeUndefined();
  });

  it('are the only pair that such a plan allows', () => {
    expect(ask('prepare-payment', 'releaseTranche', 'paymentReleaser', voterMayRelease)).toBe(
      'prepare-payment-with-release-payment',
    );
    expect(ask('run-session', 'castVote', 'committeeMember', voterMayRelease)).toBe('run-session-with-vote');
    const judging = situation('appeal', 'open', { kind: 'acted', duty: 'vote' });
    expect(mayAct(judging, 'decideAppeal', visitor('approver', { kind: 'own' }), voterMayRelease)?.refusal).toEqual({
      ...{ code: 'panelNotIndependent', rule: 'vote-with-judge-appeal' },
    });
    expect(ask('apply', 'releaseTranche', 'paymentReleaser', voterMayRelease)).toBe('apply-with-release-payment');
  });
});
