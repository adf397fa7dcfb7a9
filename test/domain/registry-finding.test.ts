// A finding of the registry freezes the live requests of its NGO; a person lifts it; repeats and late news change nothing.
import { describe, expect, it } from '@jest/globals';
import { registry } from '../../domain/actor.js';
import type { Fact } from '../../domain/command.js';
import { decideRegistryStatus } from '../../domain/registry.js';
import { dayMs, journeyTo } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, workingPlan } from '../support/plans.js';

const finding = (key = 'finding-1'): Fact => ({
  kind: 'registryStatusChanged',
  by: registry,
  key,
  body: { finding: 'open-violation' },
});

const found: Fact<'registryStatusChanged'> = {
  kind: 'registryStatusChanged',
  ...{ by: registry, key: 'finding-1' },
  body: { finding: 'open-violation' },
};

describe('a finding of the registry', () => {
  it('freezes clocks and acts, in the name of the registry', () => {
    const told = journeyTo('screening').tell(finding());
    expect(told.request()).toMatchObject({
      suspension: { ground: 'registry-finding', byPersonId: 'system:registry' },
      deadlines: [],
    });
    expect(told.entries().at(-1)).toMatchObject({
      kind: 'system',
      actor: { personId: 'system:registry' },
      after: 'suspended',
      events: [{ kind: 'requestSuspended', finding: 'open-violation' }],
    });
    expect(told.ask(people.samira, 'withdraw', {}).refusal?.code).toBe('suspended');
  });

  it('keeps what was left of each clock: nothing of one that had struck', () => {
    const told = journeyTo('screening').wait(dayMs);
    told.passDeadline().wait(dayMs);
    const overdue = { id: 'report-9', step: 'due', atMs: told.nowMs() - 1 } as const;
    const open = [...told.request().deadlines, overdue];
    const nowMs = told.nowMs();
    const { events = [] } = decideRegistryStatus({ ...told.request(), deadlines: open }, found, {
      plan: calmPlan,
      nowMs,
    });
    expect(events).toStrictEqual([
      {
        ...{ kind: 'requestSuspended', ground: 'registry-finding', byPersonId: 'system:registry' },
        remaining: [
          { id: 'stage', step: 'escalate', leftMs: 29 * dayMs },
          { id: 'report-9', step: 'due', leftMs: 0 },
        ],
        finding: 'open-violation',
      },
    ]);
  });

  it('leaves a request the working days that were left, where its plan counts those', () => {
    const told = journeyTo('screening', workingPlan(5)).wait(dayMs).tell(finding());
    expect(told.request().suspension?.remaining).toMatchObject([{ left: { unit: 'working-days', count: 4 } }]);
    // Lifted on Sunday 8 March.
    told.wait(6 * dayMs).act(people.monitor, 'liftSuspension', {}, { reason: 'closed' });
    expect(told.request().position.dueAtMs).toBe(Date.parse('2026-03-12T15:00Z'));
  });

  it('freezes nothing where nothing can be suspended', () => {
    expect(journeyTo(undefined).askFact(finding()).entry).toBeUndefined();
    const draft = journeyTo('draft').request();
    expect(decideRegistryStatus(draft, found, { plan: calmPlan, nowMs: 0 }).events).toEqual([]);
  });

  it('holds money back', () => {
    const told = journeyTo('implementation').tell(finding());
    expect(told.ask(people.releaser, 'releaseTranche', { number: 1 }).refusal?.code).toBe('suspended');
  });

  it('is lifted by a person, and the same finding told again does not come back', () => {
    const told = journeyTo('screening').tell(finding()).act(people.monitor, 'liftSuspension', {}, { reason: 'closed' });
    const { version } = told.request();
    expect(told.tell(finding()).request()).toMatchObject({ suspension: null, version });
    expect(told.tell(finding('finding-2')).request().suspension).not.toBeNull();
  });

  it('is not lifted by the officer who brought it in', () => {
    const body = { finding: 'open-violation', reportedBy: people.monitor.personId } as const;
    const told = journeyTo('screening').tell({ ...finding(), kind: 'registryStatusChanged', body });
    expect(told.ask(people.monitor, 'liftSuspension', {}).refusal?.code).toBe('dutyConflict');
    expect(told.ask(people.executiveDirector, 'liftSuspension', {}).refusal).toBeUndefined();
  });

  it.each([
    ['suspended already', () => journeyTo('screening').act(people.monitor, 'suspend', { ground: 'fraud-alarm' })],
    ['ended', () => journeyTo(undefined)],
    ['not handed in yet', () => journeyTo('draft')],
  ])('leaves a request alone that is %s', (_state, play) => {
    const told = play();
    const before = structuredClone(told.request());
    const answer = told.askFact(finding());
    expect(answer.refusal).toBeUndefined();
    expect(answer.entry).toBeUndefined();
    expect(told.request()).toEqual(before);
  });
});
