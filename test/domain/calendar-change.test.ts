// A holiday declared late reaches an open request: its working-time deadlines move, what has passed stays, and all of it is recorded.
import { describe, expect, it } from '@jest/globals';
import { calendarKeeper } from '../../domain/actor.js';
import type { CalendarChange } from '../../domain/due.js';
import type { CalendarEdit, EditedCalendar, Holiday } from '../../domain/holiday.js';
import { editedCalendar, movesDays, newCalendar } from '../../domain/holiday.js';
import { egyptianHolidays } from '../../domain/plans/holidays-egypt.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { dayMs, fileOf, journey, journeyTo, metChecklist } from '../support/journey.js';
import type { Plan } from '../../domain/plan.js';
import { people } from '../support/people.js';
import { hastyPlan, workingPlan } from '../support/plans.js';

// Journeys start on Sunday 1 March 2026 at 08:00 UTC.
const plan = workingPlan(5);
const at = (text: string): number => Date.parse(text);
const saying = (version: number, declaredDays: readonly string[], removedDays: readonly string[] = []) => ({
  ...{ version, declaredDays, removedDays },
});
const fact = (change: CalendarChange) =>
  ({ kind: 'calendarChanged', by: calendarKeeper, key: `calendar-${change.version}`, body: change }) as const;
const tell = (told: Journey, change: CalendarChange): Journey => told.tell(fact(change));
const dueOf = (told: Journey): number | undefined =>
  told.request().deadlines.find(({ id, step }) => id === 'stage' && step === 'due')?.atMs;
const lastEvent = (told: Journey) => told.entries().at(-1)?.events[0];
const toScreening = () => journeyTo('screening', plan);
const eligible = { verdict: 'eligible', checklist: metChecklist(plan), points: [], reasonCodes: [] } as const;
const incomplete = { ...eligible, verdict: 'incomplete', points: [{ section: 'budget', note: 'sums' }] } as const;

describe('a holiday declared late', () => {
  it('moves an open deadline, for tasks too, and says which days, from when to when', () => {
    const told = tell(toScreening(), saying(1, ['2026-03-03']));
    expect(told.request().position.dueAtMs).toBe(at('2026-03-09T15:00Z'));
    expect(dueOf(told)).toBe(at('2026-03-09T15:00Z'));
    expect(lastEvent(told)).toEqual({
      kind: 'deadlinesMoved',
      deadlines: [{ id: 'stage', step: 'due', fromMs: at('2026-03-08T15:00Z'), toMs: at('2026-03-09T15:00Z') }],
      change: saying(1, ['2026-03-03']),
    });
    expect(told.entries().at(-1)).toMatchObject({ kind: 'system', actor: { personId: 'system:calendar' } });
    const [task] = tasksOf(told.request(), { plan, nowMs: told.nowMs() });
    expect(task?.dueAtMs).toBe(at('2026-03-09T15:00Z'));
  });

  it('counts for due times that are set afterwards', () => {
    const told = tell(toScreening(), saying(1, ['2026-03-03'])).wait(dayMs / 2);
    told.act(people.hana, 'recordScreening', incomplete);
    told.act(people.samira, 'resubmit', { file: fileOf(), answers: incomplete.points });
    expect(dueOf(told)).toBe(at('2026-03-09T15:00Z'));
  });

  it('changes nothing when it is told twice or after a newer version', () => {
    const told = tell(toScreening(), saying(3, ['2026-03-03', '2026-03-04']));
    const version = told.request().version;
    tell(told, saying(3, ['2026-03-03', '2026-03-04']));
    tell(told, saying(2, ['2026-03-03']));
    expect(told.request().version).toBe(version);
    expect(dueOf(told)).toBe(at('2026-03-10T15:00Z'));
  });

  it('is taken back again by a newer version without it', () => {
    const told = tell(tell(toScreening(), saying(1, ['2026-03-03'])), saying(2, []));
    expect(dueOf(told)).toBe(at('2026-03-08T15:00Z'));
  });

  it('leaves a due time that has passed, and moves the escalation that is still to come', () => {
    const told = toScreening().passDeadline();
    tell(told, saying(1, ['2026-03-08', '2026-03-10']));
    expect(told.request().position).toMatchObject({ lateness: 'late', dueAtMs: at('2026-03-08T15:00Z') });
    expect(told.request().deadlines).toMatchObject([{ step: 'escalate', atMs: at('2026-03-12T15:00Z') }]);
  });

  it('comes too late for a due time whose instant has passed, even when its timer has not struck yet', () => {
    const told = toScreening().wait(at('2026-03-08T15:00Z') - at('2026-03-01T08:00Z'));
    tell(told, saying(1, ['2026-03-03']));
    expect(lastEvent(told)).toMatchObject({ kind: 'deadlinesMoved', deadlines: [] });
    expect(told.passDeadline().request().position.lateness).toBe('late');
  });

  it('never makes somebody late by being taken back', () => {
    const told = tell(toScreening(), saying(1, ['2026-03-03'])).wait(at('2026-03-09T10:00Z') - at('2026-03-01T08:00Z'));
    tell(told, saying(2, []));
    expect(dueOf(told)).toBe(at('2026-03-09T15:00Z'));
    expect(lastEvent(told)).toMatchObject({ kind: 'deadlinesMoved', deadlines: [] });
  });

  it('does not touch a clock that runs round the clock', () => {
    const told = journeyTo('screening', hastyPlan({ screening: 5 * dayMs }));
    const before = dueOf(told);
    tell(told, saying(1, ['2026-03-03']));
    expect(dueOf(told)).toBe(before);
  });

  it('is known to a suspended request, which goes on with the working days that were left', () => {
    const told = toScreening().wait(dayMs).act(people.monitor, 'suspend', { ground: 'fraud-alarm' });
    expect(told.request().suspension?.remaining).toMatchObject([{ left: { unit: 'working-days', count: 4 } }]);
    // Lifted on Sunday 8 March: four working days without the Monday are up on the Sunday after.
    tell(told, saying(1, ['2026-03-09']));
    told.wait(6 * dayMs).act(people.deputy, 'liftSuspension', {});
    expect(dueOf(told)).toBe(at('2026-03-15T15:00Z'));
    expect(told.request().position.dueAtMs).toBe(at('2026-03-15T15:00Z'));
    tell(told, saying(2, ['2026-03-09', '2026-03-10']));
    expect(dueOf(told)).toBe(at('2026-03-16T15:00Z'));
    const [task] = tasksOf(told.request(), { plan, nowMs: told.nowMs() });
    expect(task?.dueBasis).toEqual({ fromMs: at('2026-03-08T08:00Z'), period: { unit: 'working-days', count: 4 } });
  });

  it('leaves the whole of the last day to a request that is suspended on it', () => {
    const told = toScreening().wait(at('2026-03-08T14:00Z') - at('2026-03-01T08:00Z'));
    told.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }).wait(dayMs).act(people.deputy, 'liftSuspension', {});
    expect(dueOf(told)).toBe(at('2026-03-10T15:00Z'));
  });

  it('is there from the start for a request that is handed in afterwards', () => {
    const calendarChange = saying(4, ['2026-03-03']);
    const told = journey(plan).act(people.samira, 'submitRequest', { file: fileOf(), calendarChange });
    expect(dueOf(told)).toBe(at('2026-03-09T15:00Z'));
    tell(told, calendarChange);
    expect(told.request().version).toBe(1);
  });

  it('is recorded as news even where it moves nothing', () => {
    const told = tell(toScreening(), saying(1, ['2026-05-01']));
    expect(lastEvent(told)).toEqual({ kind: 'deadlinesMoved', deadlines: [], change: saying(1, ['2026-05-01']) });
  });

  it('never brings a due time forward to this very moment', () => {
    const told = tell(toScreening(), saying(1, ['2026-03-03'])).wait(at('2026-03-08T15:00Z') - at('2026-03-01T08:00Z'));
    expect(dueOf(tell(told, saying(2, [])))).toBe(at('2026-03-09T15:00Z'));
  });

  it('is an anomaly for a request that has ended, and nothing for one that was never handed in', () => {
    const ended = toScreening().act(people.samira, 'withdraw', {});
    expect(ended.askFact(fact(saying(1, ['2026-03-03']))).refusal?.code).toBe('requestEnded');
    expect(journey(plan).askFact(fact(saying(1, []))).refusal).toEqual({
      ...{ code: 'notThisStage', rule: 'not-submitted' },
    });
  });
});

describe('a holiday declared during implementation', () => {
  const days = (count: number) => ({ unit: 'working-days', count }) as const;
  const due = { due: days(20), escalateAfter: days(3) };
  const several: Plan = {
    ...plan,
    stages: { ...plan.stages, implementation: due },
    reports: plan.reports.map(({ kind }, index) => ({ kind, due: days(2 + 3 * index), escalateAfter: days(3) })),
    afterReview: { due: days(4) },
  };
  const implementing = () => journeyTo('implementation', several);
  /** Due times that people see beside the deadlines that strike: they have to stay the same. */
  const seen = (told: Journey): Record<string, number | undefined> => {
    const { position, reports, afterReview } = told.request();
    return {
      ...Object.fromEntries(reports.map(({ number, dueAtMs }) => [`report-${number}`, dueAtMs])),
      ...{ stage: position.dueAtMs, 'after-review': afterReview?.dueAtMs },
    };
  };
  const striking = (told: Journey): Record<string, number> =>
    Object.fromEntries(told.request().deadlines.flatMap(({ id, step, atMs }) => (step === 'due' ? [[id, atMs]] : [])));

  it('moves each due time by its own days off, for people and for the clock alike', () => {
    const before = seen(implementing());
    const told = tell(implementing(), saying(1, ['2026-03-03', '2026-03-05']));
    const moved = Object.entries(seen(told)).map(([id, atMs]) => [id, ((atMs ?? 0) - (before[id] ?? 0)) / dayMs]);
    // Two days later, and by a weekend more where one comes in between; the first report is due on the first of the two days.
    expect(Object.fromEntries(moved)).toEqual({
      ...{ stage: 2, 'report-1': 1, 'report-2': 2, 'report-3': 4, 'after-review': 4 },
    });
    expect(striking(told)).toEqual(seen(told));
  });

  it('leaves an after-review out of a request that has none', () => {
    const { afterReview, ...without } = several;
    expect(afterReview).toBeDefined();
    const told = tell(journeyTo('implementation', without), saying(1, ['2026-03-03']));
    expect(told.request()).not.toHaveProperty('afterReview');
  });
});

const strike = (day: string): Omit<Holiday, 'confirmed'> => ({
  ...{ day, nameAr: 'إجازة رسمية', nameEn: 'Public holiday', kind: 'declared' },
});
const nothing: CalendarEdit = { declare: [], remove: [], confirm: [] };
const calendarAfter = (...edits: readonly Partial<CalendarEdit>[]): EditedCalendar =>
  edits.reduce<EditedCalendar>((calendar, edit, index) => {
    const edited = editedCalendar(calendar, { ...nothing, ...edit }, index + 1);
    if (edited.refusal) throw new Error(edited.refusal.rule);
    return edited.calendar;
  }, newCalendar(egyptianHolidays));

describe('an edit of the calendar', () => {
  it('declares a day, in its place, and remembers that it is new to published plans', () => {
    const { holidays, change } = calendarAfter({ declare: [strike('2026-03-03')] });
    const place = holidays.findIndex(({ day }) => day === '2026-03-03');
    expect(holidays[place]).toEqual({ ...strike('2026-03-03'), confirmed: true });
    expect(holidays[place - 1]?.day).toBe('2026-01-25');
    expect(change).toEqual(saying(1, ['2026-03-03']));
  });

  it('moves a Hijri feast by one day in one go', () => {
    const { change } = calendarAfter({ remove: ['2026-08-25'], declare: [{ ...strike('2026-08-26'), kind: 'hijri' }] });
    expect(change).toEqual(saying(1, ['2026-08-26'], ['2026-08-25']));
  });

  it('confirms an expected Hijri day without moving any', () => {
    const { holidays, change } = calendarAfter({ confirm: ['2026-08-25'] });
    expect(holidays.find(({ day }) => day === '2026-08-25')?.confirmed).toBe(true);
    expect(change).toEqual(saying(1, []));
  });

  it('goes back to what the plans say when it is undone', () => {
    const undone = calendarAfter(
      { declare: [strike('2026-03-03')], remove: ['2026-08-25'] },
      { remove: ['2026-03-03'], declare: [strike('2026-08-25')] },
    );
    expect(undone.change).toEqual(saying(2, []));
  });

  it('keeps what earlier edits changed, and lists the days in order', () => {
    const { holidays, change } = calendarAfter(
      { declare: [strike('2026-03-10')], remove: ['2026-08-25'] },
      { declare: [strike('2026-03-03')], remove: ['2026-01-25'] },
    );
    expect(change).toEqual(saying(2, ['2026-03-03', '2026-03-10'], ['2026-01-25', '2026-08-25']));
    expect(holidays.map(({ day }) => day)).toEqual(holidays.map(({ day }) => day).sort());
  });

  it('names the day that it cannot take', () => {
    const twice = { ...nothing, declare: [strike('2026-03-03'), strike('2026-03-04'), strike('2026-03-04')] };
    expect(editedCalendar(newCalendar(egyptianHolidays), twice, 1).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'day-named-twice', accepted: '2026-03-04' },
    });
  });

  it.each<[Partial<CalendarEdit>, boolean]>([
    [{ declare: [strike('2026-03-03')] }, true],
    [{ remove: ['2026-08-25'] }, true],
    [{ confirm: ['2026-08-25'] }, false],
  ])('%j moves days: %p', (edit, moves) => {
    expect(movesDays({ ...nothing, ...edit })).toBe(moves);
  });

  it.each<[string, Partial<CalendarEdit>]>([
    ['nothing-to-change', {}],
    ['day-is-a-holiday', { declare: [strike('2026-01-25')] }],
    ['day-is-no-holiday', { remove: ['2026-03-03'] }],
    ['day-is-no-holiday', { confirm: ['2026-03-03'] }],
    ['day-named-twice', { remove: ['2026-08-25'], confirm: ['2026-08-25'] }],
  ])('is refused: %s', (rule, edit) => {
    const edited = editedCalendar(newCalendar(egyptianHolidays), { ...nothing, ...edit }, 1);
    expect(edited.refusal).toMatchObject({ code: 'conditionsNotMet', rule });
  });
});
