// Group commit by patience: when many decisions come in, a recording waits a moment before it is written. Its request's next
// decisions pile up meanwhile and share the write after it, so that a busy machine gets fewer, larger writes. At rest nothing waits.

export type GatheringSettings = {
  /** Decisions a second, seen by this process, from which on recordings wait. */
  readonly abovePerSecond: number;
  readonly waitMs: number;
};

/** The stretch of time over which decisions are counted. */
const windowMs = 2_000;

export type Gathering = {
  /** Counts entries that came in, and says how long their recording should wait, in milliseconds. */
  readonly waitFor: (entries: number, nowMs: number) => number;
};

export const createGathering = ({ abovePerSecond, waitMs }: GatheringSettings): Gathering => {
  const most = (abovePerSecond * windowMs) / 1000;
  let seen: { readonly atMs: number; readonly entries: number }[] = [];
  return {
    waitFor: (entries, nowMs) => {
      seen = [...seen.filter(({ atMs }) => atMs > nowMs - windowMs), { atMs: nowMs, entries }];
      return seen.reduce((sum, one) => sum + one.entries, 0) > most ? waitMs : 0;
    },
  };
};
