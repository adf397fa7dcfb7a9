// The calendar that people edit: versions and audit entries, and every open request told of a change once.
import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CalendarEdit } from '../../domain/holiday.js';
import { calendarKeeper } from '../../domain/actor.js';
import {
  calendarChangeNow,
  calendarId,
  currentCalendar,
  openRequestsBefore,
  writeCalendarEdit,
} from '../../persistence/calendar.repository.js';
import { changeRegister } from '../../persistence/register.repository.js';
import { registerTimelineOf } from '../../persistence/register.reads.js';
import { tasksOfRequest } from '../../persistence/task.reads.js';
import { journeyTo } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { activities, newRequestId, record, toldOfCalendar, useDatabase } from './support.js';

useDatabase();

const edit = (change: Partial<CalendarEdit>, expectedVersion: number, key: string = randomUUID()) =>
  changeRegister(
    { kind: 'calendar', id: calendarId },
    {
      ...{ atMs: Date.UTC(2026, 2, 1), command: 'editCalendar', actor: people.administrator, key },
      ...{ fingerprint: 'a'.repeat(64), reason: 'decided by the cabinet' },
    },
    (session, version) =>
      writeCalendarEdit(session, version, {
        ...{ edit: { declare: [], remove: [], confirm: [], ...change }, expectedVersion },
        at: new Date(),
      }),
  );
const declared = (day: string) => ({ day, nameAr: 'إجازة', nameEn: 'Holiday', kind: 'declared' }) as const;

const openRequest = async (outcome: 'open' | 'withdrawn' = 'open'): Promise<string> => {
  const id = newRequestId();
  const told = journeyTo('screening', calmPlan, id);
  if (outcome === 'withdrawn') told.act(people.samira, 'withdraw', {});
  await record(id, told.entries());
  return id;
};

describe('the calendar', () => {
  it('is the one of the plans until it is edited, and then carries what is new to them', async () => {
    expect(await calendarChangeNow()).toBeNull();
    expect((await currentCalendar()).holidays.some(({ day }) => day === '2026-04-13')).toBe(true);

    expect(await edit({ declare: [declared('2026-03-03')] }, 0)).toMatchObject({ seq: 1 });

    expect(await calendarChangeNow()).toEqual({ version: 1, declaredDays: ['2026-03-03'], removedDays: [] });
    const [entry] = await registerTimelineOf({ kind: 'calendar', id: calendarId }, 0, 10);
    expect(entry).toMatchObject({
      command: 'editCalendar',
      actor: { personId: 'administrator' },
      reason: 'decided by the cabinet',
      changed: [{ field: 'holidays.2026-03-03', before: null, after: { nameEn: 'Holiday', confirmed: true } }],
    });
  });

  it('changes once for each key, and not from an old version', async () => {
    const first = await edit({ remove: ['2026-08-25'] }, 1, 'key-of-one-edit');
    expect(await edit({ remove: ['2026-08-25'] }, 1, 'key-of-one-edit')).toEqual({ ...first, repeated: true });
    expect((await edit({ confirm: ['2026-06-16'] }, 1)).refusal).toMatchObject({ code: 'staleVersion', accepted: '2' });
    expect((await currentCalendar()).change).toMatchObject({ version: 2, removedDays: ['2026-08-25'] });
  });
});

describe('telling the open requests', () => {
  it('goes page by page through those that are open and have not heard of this version', async () => {
    const open = [await openRequest(), await openRequest(), await openRequest()].sort();
    await openRequest('withdrawn');
    const heard = newRequestId();
    const body = { version: 9, declaredDays: ['2026-03-03'], removedDays: [] };
    const told = journeyTo('screening', calmPlan, heard).tell({
      ...{ kind: 'calendarChanged', by: calendarKeeper, key: 'calendar-9', body },
    });
    await record(heard, told.entries());

    expect(await openRequestsBefore(9, '', 2)).toEqual(open.slice(0, 2));
    const walk = async (): Promise<number> => {
      let sum = 0;
      for (let after: string | null = ''; after !== null; ) {
        const page: { told: number; next: string | null } = await activities.tellCalendarChange({
          ...{ change: body, after, limit: 2 },
        });
        sum += page.told;
        after = page.next;
      }
      return sum;
    };
    expect(await walk()).toBe(3);
    expect(await walk()).toBe(3);
    expect([...new Set(toldOfCalendar)].sort()).toEqual(open.map((id) => `${id} 9`).sort());
    expect(await openRequestsBefore(10, '', 10)).toHaveLength(4);
  });
});

describe('a task', () => {
  it('carries how its due time was computed', async () => {
    const [task] = await tasksOfRequest(await openRequest());
    expect(task?.dueBecause).toEqual({
      ...{ fromMs: Date.UTC(2026, 2, 1, 8), unit: 'hours', count: 720, skipped: [], pausedMs: 0 },
    });
  });
});
