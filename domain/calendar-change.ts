// A holiday declared late, or taken back: every open working-time deadline of the request is computed again, and so are later ones.
import { dueAt } from './calendar.js';
import type { Fact } from './command.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import type { CalendarChange } from './due.js';
import { changedCalendar } from './due.js';
import type { Folds } from './fold.js';
import type { GrantRequest, MovedDeadline, Step } from './grant-request.js';
import { reportDeadlineId } from './grant-request.js';
import { refuse } from './refusal.js';

/** The plan stays what it is; what people declared since lies over its calendar, from the request's own state. */
export const withCalendarChange = (context: Context, change: CalendarChange | undefined): Context =>
  change === undefined
    ? context
    : { ...context, plan: { ...context.plan, calendar: changedCalendar(context.plan.calendar, change) } };

export const decideCalendarChange = (
  request: GrantRequest,
  fact: Fact<'calendarChanged'>,
  { plan, nowMs }: Context,
): Decision => {
  if (request.file === null) return refuse('notThisStage', 'not-submitted');
  const change = fact.body;
  // Versions may overtake each other on the way: each carries all that is in force, so an older one has nothing to add.
  if (change.version <= (request.calendarChange?.version ?? 0)) return happened();
  const calendar = changedCalendar(plan.calendar, change);
  // What a suspension has stopped is computed when it goes on, with the calendar that is in force then.
  const deadlines = request.deadlines.flatMap(({ id, step, atMs: fromMs, basis }): MovedDeadline[] => {
    if (basis === undefined || fromMs <= nowMs) return [];
    const toMs = dueAt(calendar, basis.fromMs, basis.period);
    // A holiday taken back never makes somebody late who still had time.
    return toMs === fromMs || toMs <= nowMs ? [] : [{ id, step, fromMs, toMs }];
  });
  return happened({ kind: 'deadlinesMoved', deadlines, change });
};

const laterBy = (moved: readonly MovedDeadline[], { id, step }: { id: string; step: Step }): number => {
  const found = moved.find((one) => one.id === id && one.step === step);
  return found ? found.toMs - found.fromMs : 0;
};

export const calendarFolds: Folds<'deadlinesMoved'> = {
  deadlinesMoved: (request, { deadlines: moved, change }) => {
    const { deadlines, position, reports, afterReview } = request;
    return {
      ...request,
      calendarChange: change,
      position: { ...position, dueAtMs: position.dueAtMs + laterBy(moved, { id: 'stage', step: 'due' }) },
      reports: reports.map((report) => ({
        ...report,
        dueAtMs: report.dueAtMs + laterBy(moved, { id: reportDeadlineId(report.number), step: 'due' }),
      })),
      ...(afterReview
        ? {
            afterReview: {
              ...afterReview,
              dueAtMs: afterReview.dueAtMs + laterBy(moved, { id: 'after-review', step: 'due' }),
            },
          }
        : {}),
      deadlines: deadlines.map((open) => ({ ...open, atMs: open.atMs + laterBy(moved, open) })),
    };
  },
};
