// Where a day ends for people in Egypt. The clock changes there by whole hours and at midnight, so the hours are tried one by one.

const local = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Cairo', dateStyle: 'short' });
const hourMs = 3_600_000;
const longestDayHours = 25;

export const endOfDayInCairo = (now: Date): Date => {
  const today = local.format(now);
  const hour = Math.floor(now.getTime() / hourMs);
  const hours = Array.from({ length: longestDayHours + 1 }, (_, index) => new Date((hour + index + 1) * hourMs));
  const midnight = hours.find((at) => local.format(at) !== today);
  if (midnight === undefined) throw new Error(`${now.toISOString()} is on a day without an end`);
  return midnight;
};
