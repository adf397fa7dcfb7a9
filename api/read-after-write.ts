// Waits, a short bounded time, until what a workflow accepted can be read. One change stream wakes all waiters of the process.
import { seemsReachable } from '../persistence/outage.js';
import { recordedBatchVersion } from '../persistence/payment-batch.reads.js';
import { recordedVersion } from '../persistence/request.reads.js';
import type { VersionedCollection, VersionSeen } from '../persistence/version-stream.js';
import { watchVersions } from '../persistence/version-stream.js';
import { putNewest } from '../platform/newest.js';
import type { Logger } from '../platform/logger.js';

export type Readable = { readonly collection: VersionedCollection; readonly id: string; readonly version: number };
export type ReadModel = 'current' | 'behind';

export type ReadAfterWrite = {
  /** `current` once the read model has this version, `behind` when the time is up first. */
  readonly wait: (wanted: Readable, withinMs: number) => Promise<ReadModel>;
  readonly close: () => Promise<void>;
};

type Waiter = { readonly version: number; readonly wake: () => void };

/** Versions seen lately, so that what is already there needs no question to the database. */
const mostRemembered = 20_000;

const read = ({ collection, id }: Readable): Promise<number> =>
  collection === 'requests' ? recordedVersion(id) : recordedBatchVersion(id);

export const createReadAfterWrite = (log: Logger): ReadAfterWrite => {
  const waiters = new Map<string, Set<Waiter>>();
  const latest = new Map<string, number>();
  let isLive = false;
  const nameOf = ({ collection, id }: Pick<Readable, 'collection' | 'id'>): string => `${collection}/${id}`;

  const seen = (change: VersionSeen): void => {
    const name = nameOf(change);
    putNewest(latest, name, change.version, mostRemembered);
    for (const waiter of waiters.get(name) ?? []) if (waiter.version <= change.version) waiter.wake();
  };
  const live = (now: boolean, why?: unknown): void => {
    if (isLive !== now) log[now ? 'info' : 'warn']({ err: why }, now ? 'change stream open' : 'change stream broken');
    isLive = now;
    if (!now) latest.clear();
  };
  const stream = watchVersions({ seen, live });

  const knows = (wanted: Readable): boolean => (latest.get(nameOf(wanted)) ?? -1) >= wanted.version;

  const register = (
    wanted: Readable,
    withinMs: number,
  ): { readonly woken: Promise<boolean>; readonly wake: () => void } => {
    const name = nameOf(wanted);
    const mine = waiters.get(name) ?? new Set<Waiter>();
    waiters.set(name, mine);
    let wake = (): void => undefined;
    const woken = new Promise<boolean>((resolve) => {
      const finish = (came: boolean): void => {
        clearTimeout(timer);
        mine.delete(waiter);
        if (mine.size === 0 && waiters.get(name) === mine) waiters.delete(name);
        resolve(came);
      };
      const timer = setTimeout(() => finish(false), withinMs);
      wake = () => finish(true);
      const waiter: Waiter = { version: wanted.version, wake };
      mine.add(waiter);
    });
    return { woken, wake };
  };

  const isThere = async (wanted: Readable): Promise<boolean> => (await read(wanted)) >= wanted.version;

  return {
    wait: async (wanted, withinMs) => {
      if (knows(wanted)) return 'current';
      if (!seemsReachable()) return 'behind';
      // With a live stream a change is either known by now or still to come; without one the database is asked.
      const { woken, wake } = register(wanted, withinMs);
      if (!isLive && (await isThere(wanted))) wake();
      // Recorded before the stream opened, or while it was broken: nobody wakes for that, so look once at the end.
      return (await woken) || (await isThere(wanted)) ? 'current' : 'behind';
    },
    close: () => stream.close(),
  };
};
