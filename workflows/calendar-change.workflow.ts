// One change of the calendar on its way to every open request, page by page, so that neither a crash nor an outage leaves some untold.
import { sleep } from '@temporalio/workflow';
import { tellCalendarChange } from './activity-proxies.js';
import type { CalendarChangeInput } from './contract.js';

const pageSize = 100;

export async function calendarChange({ change, lookAgainMs }: CalendarChangeInput): Promise<{ told: number }> {
  let told = 0;
  const tellAll = async (): Promise<void> => {
    for (let after: string | null = ''; after !== null; ) {
      const page: { told: number; next: string | null } = await tellCalendarChange({ change, after, limit: pageSize });
      told += page.told;
      after = page.next;
    }
  };
  await tellAll();
  // A request that was being handed in at that moment may have been given the calendar of before.
  await sleep(lookAgainMs);
  await tellAll();
  return { told };
}
