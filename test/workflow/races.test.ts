// Two people in the same instant, a vote against the closing, a withdrawal against an approval, a decision against the deadline:
// on the real server one of them is first, and the other meets the rules as they stand after it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { Stage } from '../../domain/lifecycle.js';
import type { Plan } from '../../domain/plan.js';
import type { Engine, LiveRequest } from '../support/engine.js';
import { connectEngine, openRequest, quietRuntime } from '../support/engine.js';
import { eventually } from '../support/eventually.js';
import { bodyOf } from '../support/bodies.js';
import { approveBody, fileOf, journeyTo, metChecklist, openWith } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { calmPlan, hastyPlan } from '../support/plans.js';
import { refusalCodeOf } from '../support/refused.js';

const rounds = [1, 2, 3, 4, 5];

/** Sends all at once; each answers `accepted` or the code it was refused with. */
const atOnce = (sends: readonly (() => Promise<unknown>)[]): Promise<string[]> =>
  Promise.all(
    sends.map(async (send) => {
      const sent = send();
      const accepted = await sent.then(
        () => true,
        () => false,
      );
      return accepted ? 'accepted' : refusalCodeOf(sent);
    }),
  );

describe('a race on a real server', () => {
  let engine: Engine;
  beforeAll(async () => {
    quietRuntime();
    engine = await connectEngine();
    await engine.startWorker();
  });
  afterAll(() => engine.close());

  const requestAt = async (stage: Stage, plan: Plan = calmPlan): Promise<LiveRequest> => {
    const request = await openRequest(engine, plan);
    await request.follow(journeyTo(stage, plan, request.id));
    return request;
  };

  it.each(rounds)('between two approvers of one level leaves one approval at it (%i)', async () => {
    const request = await requestAt('authority');
    const { version: expectedVersion } = await request.state();
    const twin: Actor = { ...people.programmeDirector, personId: 'programme-director-2' };
    const approve = (by: Actor) => () => request.act(by, 'recordApproval', bodyOf.recordApproval, { expectedVersion });

    const answers = await atOnce([approve(people.programmeDirector), approve(twin)]);

    expect([...answers].sort()).toEqual(['accepted', 'notYourRole']);
    expect((await request.state()).authority?.approvals).toHaveLength(1);
  });

  it.each(rounds)('between a vote and the closing never loses a vote that was accepted (%i)', async () => {
    const request = await requestAt('committee');
    await request.act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) await request.act(member, 'castVote', { vote: 'approve' });
    const { version: expectedVersion } = await request.state();
    const late = members[8] ?? people.chair;

    const [closing, vote] = await atOnce([
      () => request.act(people.chair, 'closeItem', approveBody, { reason: 'sound', expectedVersion }),
      () => request.act(late, 'castVote', { vote: 'reject' }, { expectedVersion }),
    ]);

    const { ballot } = await request.state();
    if (closing === 'accepted') expect(vote).toBe('ballotClosed');
    else expect([closing, vote]).toEqual(['staleVersion', 'accepted']);
    expect(ballot?.closed).toBe(closing === 'accepted');
    expect(ballot?.votes[late.personId]).toBe(vote === 'accepted' ? 'reject' : undefined);
  });

  it.each(rounds)('between the withdrawal and the last approval gives the money back once (%i)', async () => {
    const request = await requestAt('authority');
    for (const approver of [people.programmeDirector, people.executiveDirector])
      await request.act(approver, 'recordApproval', bodyOf.recordApproval);
    const { version: expectedVersion } = await request.state();

    const [withdrawal, approval] = await atOnce([
      () => request.act(people.samira, 'withdraw', {}, { reason: 'no longer needed', expectedVersion }),
      () => request.act(people.deputy, 'recordApproval', bodyOf.recordApproval, { expectedVersion }),
    ]);

    expect(approval).toMatch(/^(accepted|requestEnded)$/);
    expect(withdrawal).toMatch(/^(accepted|staleVersion)$/);
    await eventually('everything accepted is recorded', async () => (await request.unrecorded()) === 0);
    const released = (engine.storage.entries.get(request.id) ?? [])
      .flatMap(({ events }) => events)
      .filter(({ kind }) => kind === 'fundsReleased');
    expect(released).toHaveLength(withdrawal === 'accepted' ? 1 : 0);
    expect(request.recorded().outcome).toBe(withdrawal === 'accepted' ? 'withdrawn' : null);
  });

  it.each(rounds)(
    'between a decision and its deadline is settled by the instant, not by the timer (%i)',
    async (round) => {
      const dueMs = 300;
      const request = await openRequest(engine, hastyPlan({ correction: dueMs }));
      await request.act(people.samira, 'submitRequest', { file: fileOf() }, { expectedVersion: 0 });
      await request.act(people.hana, 'recordScreening', {
        verdict: 'incomplete',
        checklist: metChecklist(calmPlan),
        points: [{ section: 'budget', note: 'sums' }],
        reasonCodes: [],
      });
      const { position, version: expectedVersion } = await request.state();
      const around = position.dueAtMs - 45 + round * 15;
      await eventually('the instant is near', () => Date.now() >= around);

      const [answer] = await atOnce([
        () => request.act(people.samira, 'resubmit', bodyOf.resubmit, { expectedVersion }),
      ]);

      if (answer === 'accepted') {
        await eventually('it is recorded', () => request.recorded().version >= 3);
        const [, , resubmission] = engine.storage.entries.get(request.id) ?? [];
        expect(resubmission).toMatchObject({ command: 'resubmit', after: 'screening' });
        expect(resubmission?.atMs).toBeLessThan(position.dueAtMs);
      } else {
        expect(answer).toMatch(/^(pastDeadline|requestEnded)$/);
        expect(await request.result()).toMatchObject({ outcome: 'lapsed' });
      }
    },
  );
});
