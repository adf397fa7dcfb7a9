// Local times of Cairo and instants. Here at the edge alone: rules and workflows know UTC only.

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Africa/Cairo',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** `2026-03-01T09:00`: the local time to the minute. */
export const cairoLocal = (at: Date): string => {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
};

const dayMs = 86_400_000;

/** What the zone was ahead of UTC around a local time: one value, or two next to a change of the clocks. */
const offsetsAround = (utcLike: number): number[] => {
  const offsets = [-dayMs, dayMs].map((far) => {
    const at = utcLike + far;
    return Date.parse(`${cairoLocal(new Date(at))}:00Z`) - at;
  });
  return [...new Set(offsets)];
};

/**
 * The instants that a local time can mean, earliest first: none in the hour that summer time skips, two in the hour that its
 * end repeats.
 */
export const cairoInstants = (local: string): Date[] => {
  const utcLike = Date.parse(`${local}:00Z`);
  if (Number.isNaN(utcLike)) return [];
  return offsetsAround(utcLike)
    .map((offset) => new Date(utcLike - offset))
    .filter((at) => cairoLocal(at) === local)
    .sort((a, b) => a.getTime() - b.getTime());
};
