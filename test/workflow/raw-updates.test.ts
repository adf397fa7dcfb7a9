// Past the API, straight to Temporal: a sample of the permission matrix as raw updates. The rules sit in the workflow, so each
// that must be refused is refused there, with the code that the hand-written truth names, and leaves no event.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, RoleHeld } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import type { PersonCommandKind } from '../../domain/command.js';
import { personCommandKinds } from '../../domain/command.js';
import type { Stage } from '../../domain/lifecycle.js';
import { bodyOf } from '../support/bodies.js';
import type { Engine, LiveRequest } from '../support/engine.js';
import { connectEngine, openRequest, quietRuntime } from '../support/engine.js';
import { eventually } from '../support/eventually.js';
import { journeyTo, paymentFacts } from '../support/journey.js';
import { people } from '../support/people.js';
import type { Case, Relation } from '../support/permission-case.js';
import { expected, visitor } from '../support/permission-case.js';
import { calmPlan } from '../support/plans.js';
import { refusalCodeOf } from '../support/refused.js';

/** Relations that a raw sender can claim without a past on the request. */
const claimed: readonly Relation[] = [
  { kind: 'own' },
  { kind: 'foreign' },
  { kind: 'no-roles-now' },
  { kind: 'also-holds', role: 'auditor' },
];
const everyNth = 29; // coprime to the lengths of all lists, so that the sample walks through each of them

const casesAt = (stage: Stage): Case[] =>
  roles
    .flatMap((role) =>
      claimed.flatMap((relation) =>
        personCommandKinds.map(
          (command): Case => ({ command, role, relation, stage, mode: 'open', ballotWasClosed: false }),
        ),
      ),
    )
    .filter((one, index) => index % everyNth === 0 && expected(one) !== 'allowed');

const also = (actor: Actor, ...held: RoleHeld[]): Actor => ({ ...actor, roles: [...actor.roles, ...held] });

describe('raw updates on a real server', () => {
  let engine: Engine;
  beforeAll(async () => {
    quietRuntime();
    engine = await connectEngine();
    await engine.startWorker();
  });
  afterAll(() => engine.close());

  const requestAt = async (stage: Stage): Promise<LiveRequest> => {
    const request = await openRequest(engine, calmPlan);
    await request.follow(journeyTo(stage, calmPlan, request.id));
    await eventually('everything so far is recorded', async () => (await request.unrecorded()) === 0);
    return request;
  };
  const send = (request: LiveRequest, by: Actor, command: PersonCommandKind): Promise<string> =>
    refusalCodeOf(request.act(by, command, bodyOf[command], { reason: 'sent past the API' }));

  it.each(['screening', 'technical-review', 'committee', 'implementation'] as const)(
    'are refused at %s as the truth table says, and leave no event',
    async (stage) => {
      const request = await requestAt(stage);
      const before = await request.events();
      const cases = casesAt(stage);
      const answers = [];
      for (const one of cases) answers.push(await send(request, visitor(one.role, one.relation), one.command));
      // A ballot closed on the way makes late votes say so.
      const late = (await request.state()).ballot?.closed === true;
      expect(answers).toEqual(cases.map((one) => expected({ ...one, ballotWasClosed: late })));
      expect(cases.length).toBeGreaterThan(50);
      expect(await request.events()).toBe(before);
    },
    60_000,
  );

  it('are refused for what the same person did before', async () => {
    const atCommittee = await requestAt('committee');
    await atCommittee.act(people.secretary, 'openItem', bodyOf.openItem);
    const atMoney = await requestAt('implementation');
    await atMoney.act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(Date.now()) });
    await atMoney.act(people.monitor, 'suspend', bodyOf.suspend, { reason: 'a finding' });

    expect(await send(atCommittee, also(people.hana, { role: 'committeeMember' }), 'castVote')).toBe('dutyConflict');
    expect(await send(atMoney, people.monitor, 'liftSuspension')).toBe('dutyConflict');
    await atMoney.act(people.deputy, 'liftSuspension', {}, { reason: 'cleared' });
    expect(await send(atMoney, also(people.finance, { role: 'paymentReleaser' }), 'releaseTranche')).toBe(
      'dutyConflict',
    );
  }, 60_000);
});
