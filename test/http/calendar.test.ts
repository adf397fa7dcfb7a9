// The working calendar over HTTP: who edits it, what open and new requests make of it, and how a due time is explained.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { dayText, dueAt, isWorkingDay, localDay } from '../../domain/calendar.js';
import { egyptianCalendar } from '../../domain/plans/calendar-egypt.js';
import { eventually } from '../support/eventually.js';
import type { Told } from '../support/http-story.js';
import { at, handIn, rowsOf } from '../support/http-story.js';
import { calmPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';

const fiveDays = { unit: 'working-days', count: 5 } as const;
const plan = {
  ...calmPlan,
  calendar: egyptianCalendar,
  stages: { ...calmPlan.stages, screening: { due: fiveDays, escalateAfter: fiveDays } },
};
/** The working day after tomorrow at the earliest, so that a test over midnight means the same day. */
const declaredDay = ((): string => {
  const today = localDay(egyptianCalendar, Date.now());
  const found = [2, 3, 4, 5, 6].find((ahead) => isWorkingDay(egyptianCalendar, today + ahead)) ?? 2;
  return dayText(today + found);
})();
const withDeclared = { ...egyptianCalendar, holidays: [...egyptianCalendar.holidays, declaredDay] };
const holiday = { day: declaredDay, nameAr: 'إجازة طارئة', nameEn: 'Emergency holiday', kind: 'declared' };
const edit = (change: object, expectedVersion = 0) => ({ expectedVersion, reason: 'قرار مجلس الوزراء', ...change });
const edits = '/v1/calendars/egypt/edits';

let world: World;
let open: Told;
beforeAll(async () => {
  world = await openWorld({ plan });
  open = await handIn(world);
}, 60_000);
afterAll(() => world.close());

const read = async (told: Told) => (await world.as('auditor').get(told.path)).body;
const dueOf = async (told: Told): Promise<number> => Date.parse(String((await read(told))['nextDueAt']));
const submittedAt = async (told: Told): Promise<number> => Date.parse(String((await read(told))['submittedAt']));

describe('a holiday that an administrator declares late', () => {
  it('is refused to others, from an old version, for a day that is one already, and for a calendar that is not there', async () => {
    const administrator = world.as('administrator');
    const body = edit({ declare: [holiday] });
    expect(await world.as('hana').post(edits, body)).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
    expect(await administrator.post(edits, edit({ declare: [holiday] }, 7))).toMatchObject({
      ...{ status: 409, body: { code: 'staleVersion', currentVersion: 0 } },
    });
    const known = { ...holiday, day: '2026-01-25' };
    expect(await administrator.post(edits, edit({ declare: [known] }))).toMatchObject({
      ...{ status: 409, body: { code: 'conditionsNotMet', rule: 'day-is-a-holiday' } },
    });
    expect((await administrator.post('/v1/calendars/mars/edits', body)).status).toBe(404);
    expect((await administrator.get('/v1/calendars/egypt')).body).toMatchObject({ version: 0, declaredDays: [] });
  });

  it('moves the deadline of an open request through one recorded operation', async () => {
    const before = dueAt(egyptianCalendar, await submittedAt(open), fiveDays);
    const after = dueAt(withDeclared, await submittedAt(open), fiveDays);
    expect([await dueOf(open), after > before]).toEqual([before, true]);

    const key = randomUUID();
    const reply = await world.as('administrator').post(edits, edit({ declare: [holiday] }), { key });
    expect(reply).toMatchObject({ status: 200, body: { calendarId: 'egypt', version: 1, operation: 'calendar-1' } });
    const again = await world.as('administrator').post(edits, edit({ declare: [holiday] }), { key });
    expect(again).toMatchObject({ status: 200, body: { version: 1 } });

    await eventually('the request is told', async () => (await dueOf(open)) === after);
    const timeline = await world.as('auditor').get(`${open.path}/timeline`);
    const moved = rowsOf(at(timeline.body, 'items')).filter(({ command }) => command === 'calendarChanged');
    expect(moved).toMatchObject([
      {
        kind: 'system',
        events: [
          {
            kind: 'deadlinesMoved',
            deadlines: [{ id: 'stage', step: 'due', fromMs: before, toMs: after }],
            change: { version: 1, declaredDays: [declaredDay] },
          },
        ],
      },
    ]);
    const register = await world.as('auditor').get('/v1/register/calendar/egypt/timeline');
    expect(rowsOf(at(register.body, 'items'))).toMatchObject([
      {
        command: 'editCalendar',
        actor: { personId: 'administrator' },
        changed: [{ field: `holidays.${declaredDay}` }],
      },
    ]);
  }, 60_000);

  it('is there from the start for a request handed in afterwards', async () => {
    const later = await handIn(world);
    expect(await dueOf(later)).toBe(dueAt(withDeclared, await submittedAt(later), fiveDays));
    expect(await world.trail(later.id)).toEqual(['samira submitRequest']);
  });

  it('is named where the due time is explained, in both languages', async () => {
    const inbox = await world.as('hana').get('/v1/inbox');
    const task = rowsOf(at(inbox.body, 'items')).find(({ requestId }) => requestId === open.id);
    const because = at(task, 'dueBecause');
    expect(because).toMatchObject({ unit: 'working-days', count: 5, pausedHours: 0 });
    expect(rowsOf(at(because, 'skipped'))).toContainEqual({
      ...{ day: declaredDay, why: 'holiday', nameAr: 'إجازة طارئة', nameEn: 'Emergency holiday' },
    });
    expect(at(because, 'sentence', 'ar')).toMatch(/^٥ أيام عمل من .*لا يُحتسب منها.*إجازة طارئة/);
    expect(at(because, 'sentence', 'en')).toMatch(/^5 working days from .*not counted: .*Emergency holiday/);
    expect(rowsOf((await read(open))['awaited'])).toMatchObject([{ dueBecause: because }]);
  });

  it('can be taken back, which tells the request again; confirming a Hijri day tells nobody', async () => {
    const administrator = world.as('administrator');
    const taken = await administrator.post(edits, edit({ remove: [declaredDay] }, 1));
    expect(textIn(taken, 'operation')).toBe('calendar-2');
    const before = dueAt(egyptianCalendar, await submittedAt(open), fiveDays);
    await eventually('the request is told', async () => (await dueOf(open)) === before);
    const confirmed = await administrator.post(edits, edit({ confirm: ['2028-05-25'] }, 2));
    expect(confirmed).toMatchObject({ status: 200, body: { version: 3, operation: null } });
  }, 60_000);
});
