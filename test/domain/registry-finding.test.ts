// A finding of the registry freezes the live requests of its NGO; a person lifts it; repeats and late news change nothing.
import { describe, expect, it } from '@jest/globals';
import { registry } from '../../domain/actor.js';
import type { Fact } from '../../domain/command.js';
import { journeyTo } from '../support/journey.js';
import { people } from '../support/people.js';

const finding = (key = 'finding-1'): Fact => ({
  kind: 'registryStatusChanged',
  by: registry,
  key,
  body: { finding: 'open-violation' },
});

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
