// The working calendar: read by everyone, edited by administrators; an edit that moves days is brought to every open request.
import { z } from 'zod';
import type { EditedCalendar } from '../../domain/holiday.js';
import { holidayKinds, movesDays } from '../../domain/holiday.js';
import { calendarId, currentCalendar, writeCalendarEdit } from '../../persistence/calendar.repository.js';
import { changeRegister } from '../../persistence/register.repository.js';
import { calendarWorkflowIdOf } from '../../workflows/contract.js';
import { requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf } from '../etag.js';
import { Problem } from '../problem.js';
import { registerDraftOf, registered } from '../register-call.js';
import { day, text, version } from '../schemas/text.schema.js';

const editors = ['administrator'] as const;
const mostDays = 40;

const holiday = z.strictObject({ day, nameAr: text(100), nameEn: text(100), kind: z.enum(holidayKinds) });
const calendarEdit = z.strictObject({
  expectedVersion: version,
  reason: text(500),
  declare: z.array(holiday).max(mostDays).default([]),
  remove: z.array(day).max(mostDays).default([]),
  confirm: z.array(day).max(mostDays).default([]).meta({ description: 'Expected Hijri days that were declared' }),
});

const calendarView = z
  .object({
    calendarId: z.literal(calendarId),
    version,
    holidays: z.array(holiday.extend({ confirmed: z.boolean() })),
    declaredDays: z.array(day).meta({ description: 'Holidays that published plans do not have' }),
    removedDays: z.array(day).meta({ description: 'Holidays of published plans that are no longer in force' }),
  })
  .meta({ id: 'Calendar' });

const viewOf = ({ holidays, change }: EditedCalendar): z.output<typeof calendarView> => ({
  calendarId,
  version: change.version,
  holidays: holidays.map((one) => ({ ...one })),
  declaredDays: [...change.declaredDays],
  removedDays: [...change.removedDays],
});

const calendarParams = z.strictObject({ calendarId: z.literal(calendarId) });
const about = {
  ...{ tag: 'calendar', params: calendarParams, query: nothing },
  subject: () => ({ kind: 'calendar', id: calendarId }) as const,
};

/** After this long the open requests are gone through once more, for those that were just being handed in. */
const lookAgainMs = 120_000;

const edit = async (deps: RouteDeps, input: z.output<typeof calendarEdit>, call: ChangingCall): Promise<Answer> => {
  requireRole(call.caller, editors);
  const { expectedVersion, reason, ...change } = input;
  const draft = registerDraftOf(call, 'editCalendar', reason);
  const outcome = await changeRegister({ kind: 'calendar', id: calendarId }, draft, (session, next) =>
    writeCalendarEdit(session, next, { edit: change, expectedVersion, at: new Date() }),
  );
  const edited = registered(outcome);
  const tells = movesDays(change);
  if (tells) await tellRequests(deps, edited);
  const operation = tells ? calendarWorkflowIdOf(edited) : null;
  return { status: 200, body: { calendarId, version: edited, operation } };
};

/**
 * Each version carries every day in force, so telling the newest is right even when this edit is not the newest any more.
 * When Temporal is away the edit stands already: sending it again under its key starts what is missing.
 */
const tellRequests = async ({ gateway }: RouteDeps, edited: number): Promise<void> => {
  const { change } = await currentCalendar();
  const outcome = await gateway.changeCalendar(edited, { change, lookAgainMs });
  if (outcome.kind !== 'accepted') throw new Problem('unavailable');
};

const example = {
  expectedVersion: 0,
  declare: [{ day: '2026-10-08', nameAr: 'إجازة رسمية', nameEn: 'Public holiday', kind: 'declared' }],
};

export const calendarRoutes = (deps: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      ...about,
      operationId: 'readCalendar',
      method: 'get',
      path: '/calendars/{calendarId}',
      summary: { ar: 'تقويم العمل', en: 'The working calendar with its holidays' },
      roles: [],
      problems: ['notSignedIn', 'notFound'],
      success: 200,
      response: calendarView,
      body: nothing,
    },
    async (): Promise<Answer> => {
      const calendar = await currentCalendar();
      return { status: 200, body: viewOf(calendar), headers: { ETag: etagOf(calendar.change.version) } };
    },
  ),
  changeEndpoint(
    {
      ...about,
      operationId: 'editCalendar',
      method: 'post',
      path: '/calendars/{calendarId}/edits',
      summary: {
        ar: 'تعديل تقويم العمل وإبلاغ الطلبات المفتوحة',
        en: 'Declare, remove or confirm holidays; open requests are told',
      },
      roles: editors,
      problems: [
        ...(['invalidInput', 'idempotencyKeyMissing', 'notSignedIn', 'notYourRole', 'notFound'] as const),
        ...(['staleVersion', 'conditionsNotMet', 'keyInProgress', 'keyReusedWithOtherContent'] as const),
        ...(['tooManyRequests', 'unavailable'] as const),
      ],
      success: 200,
      response: z.object({
        calendarId: z.literal(calendarId),
        version,
        operation: z
          .string()
          .nullable()
          .meta({ description: 'What tells the open requests; null when no day was moved' }),
      }),
      examples: {
        ar: { ...example, reason: 'قرار مجلس الوزراء' },
        en: { ...example, reason: 'Decision of the cabinet' },
      },
      body: calendarEdit,
      keys: 'a-while',
    },
    ({ body }, call) => edit(deps, body, call),
  ),
];
