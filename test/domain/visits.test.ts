// Visits to a project: what each must prove, what waits for one, and what a severe finding asks for.
import { describe, expect, it } from '@jest/globals';
import type { PersonBodies } from '../../domain/command.js';
import { trancheChecks } from '../../domain/money/tranche-checks.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import type { Plan } from '../../domain/plan.js';
import { tasksOf } from '../../domain/task.js';
import { planSchema } from '../../api/schemas/plan.schema.js';
import type { Journey } from '../support/journey.js';
import { journeyTo, paymentFacts, payTranche } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const photos = { evidence: [{ fileId: 'photos', sha256: 'a'.repeat(64) }] };
const minor = { severity: 'minor', note: 'the sign is missing' } as const;
const severe = { severity: 'severe', note: 'there is no workshop' } as const;

const [first, second, ...others] = calmPlan.tranches.parts;
if (first === undefined || second === undefined) throw new Error('the calm plan has two parts');
const visited = (number: number): Plan => ({
  ...calmPlan,
  tranches: {
    ...calmPlan.tranches,
    parts: [first, { ...second, requires: [{ kind: 'visit-passed', number }] }, ...others],
  },
});
const plan = visited(1);

const implementing = (under: Plan = plan): Journey => payTranche(journeyTo('implementation', under), 1);
const dayOf = (told: Journey): string => new Date(told.nowMs()).toISOString().slice(0, 10);
type Body = PersonBodies['recordVisit'];
const bodyOn = (told: Journey, change: Partial<Body> = {}): Body => ({
  ...{ visitedOn: dayOf(told), verdict: 'passed', findings: [] },
  ...change,
});
const visit = (told: Journey, change: Partial<Body> = {}): Journey =>
  told.act(people.monitor, 'recordVisit', bodyOn(told, change), photos);
const state = (told: Journey): string | undefined => told.request().tranches[1]?.state;
const asks = (told: Journey, under: Plan = plan): string[] =>
  tasksOf(told.request(), { plan: under, nowMs: told.nowMs() }).map(({ name, command }) => `${name} ${command}`);

describe('a tranche that waits for a visit', () => {
  it('asks the monitoring officer for one, and can be prepared once the project passed', () => {
    const waiting = implementing();
    expect(state(waiting)).toBe('waiting');
    expect(asks(waiting)).toContain('visit recordVisit');

    const passed = visit(waiting, { findings: [minor] });

    expect(state(passed)).toBe('ready');
    expect(asks(passed)).not.toContain('visit recordVisit');
  });

  it('goes on waiting after a failed visit, until a later one passed', () => {
    const failed = visit(implementing(), { verdict: 'failed', findings: [minor] });
    expect(state(failed)).toBe('waiting');
    expect(asks(failed)).toContain('visit recordVisit');
    expect(state(visit(failed))).toBe('ready');
  });

  it('does not take an older visit for the one it waits for, nor an older word for the latest', () => {
    const twice = visited(2);
    const once = visit(implementing(twice));
    expect(state(once)).toBe('waiting');
    expect(state(visit(once, { verdict: 'failed', findings: [minor] }))).toBe('waiting');
    expect(state(visit(once))).toBe('ready');
  });

  it('says so by name: to people, and to whoever prepares it too early', () => {
    const told = implementing();
    const tranche = told.request().tranches[1];
    if (tranche === undefined) throw new Error('there is no second tranche');
    const facts = paymentFacts(told.nowMs());
    const shown = () => trancheChecks(told.request(), { tranche, facts }, { plan, nowMs: told.nowMs() });
    expect(shown()).toContainEqual({ condition: 'visit-passed', number: 1, met: false });
    expect(told.ask(people.finance, 'prepareTranche', { number: 2, facts }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'visit-passed', accepted: 'visit 1' },
    });
  });
});

describe('a visit', () => {
  const refusal = (change: Partial<Body>, extra: object = photos) => {
    const told = implementing();
    return told.ask(people.monitor, 'recordVisit', bodyOn(told, change), extra).refusal;
  };

  it.each<[string, Partial<Body>, object, string]>([
    ['without evidence', {}, {}, 'visit-evidence'],
    ['on a day to come', { visitedOn: '2999-01-01' }, photos, 'visit-day'],
    ['on no day', { visitedOn: '2026-02-31' }, photos, 'visit-day'],
    ['that passed with a severe finding', { findings: [severe] }, photos, 'severe-finding'],
    ['that failed for nothing', { verdict: 'failed' }, photos, 'visit-findings'],
  ])('%s is refused', (_what, change, extra, rule) => {
    expect(refusal(change, extra)).toMatchObject({ code: 'conditionsNotMet', rule });
  });

  it('is of a day that has come, in the calendar of the plan', () => {
    const told = implementing();
    const tomorrow = new Date(told.nowMs() + 86_400_000).toISOString().slice(0, 10);
    expect(refusal({ visitedOn: tomorrow })).toMatchObject({ rule: 'visit-day', accepted: dayOf(told) });
    expect(refusal({ visitedOn: dayOf(told) })).toBeUndefined();
    expect(refusal({ visitedOn: '2026-01-01' })).toBeUndefined();
  });

  it('that failed may have severe findings, one that passed others', () => {
    expect(refusal({ verdict: 'failed', findings: [minor, severe] })).toBeUndefined();
    expect(refusal({ findings: [minor] })).toBeUndefined();
    expect(refusal({ findings: [minor, severe] })?.rule).toBe('severe-finding');
  });

  it('is numbered from 1, and kept with who made it and what was found', () => {
    const told = visit(implementing(), { findings: [minor] });
    const recorded = { number: 1, visitedOn: dayOf(told), verdict: 'passed', findings: [minor] };
    const events = told.entries().at(-1)?.events ?? [];
    expect(events[0]).toEqual({ kind: 'visitRecorded', ...recorded, byPersonId: people.monitor.personId });
    expect(told.request().visits).toEqual([{ ...recorded, changedVersion: told.request().version }]);
    visit(told, { verdict: 'failed', findings: [severe] });
    expect(told.request().visits?.map(({ number, verdict }) => [number, verdict])).toEqual([
      [1, 'passed'],
      [2, 'failed'],
    ]);
  });

  it('with a severe finding proposes a suspension until a later visit has none', () => {
    const told = visit(implementing(), { verdict: 'failed', findings: [severe] });
    expect(asks(told)).toContain('propose-suspension-visit suspend');
    expect(asks(visit(told))).not.toContain('propose-suspension-visit suspend');
  });
});

describe('a plan that asks for visits', () => {
  it('is taken as a draft and has no fault', () => {
    expect(planSchema.safeParse(plan).success).toBe(true);
    const paths = planFaults(plan).map(({ path }) => path);
    expect(paths).not.toContain('tranches.parts.1.requires.0');
  });

  it.each([0, -1, 1.5])('counts visits from 1, so that %p is a fault', (number) => {
    expect(planFaults(visited(number)).map(({ path }) => path)).toContain('tranches.parts.1.requires.0');
  });
});
