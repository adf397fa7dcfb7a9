// Every role × command × relation to the request × stage, asked of the engine and of the truth written by hand: they agree on each case.
import { describe, expect, it } from '@jest/globals';
import { roles } from '../../domain/actor.js';
import { personCommandKinds } from '../../domain/command.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Stage } from '../../domain/lifecycle.js';
import { stageNames } from '../../domain/lifecycle.js';
import { mayAct } from '../../domain/permissions.js';
import { atStage } from '../support/at-stage.js';
import { organisationId } from '../support/people.js';
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
