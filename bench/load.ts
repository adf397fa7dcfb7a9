// Load on any side: closed loop (each client goes on when it has its answer) for rates, open loop (on a schedule) for latencies.
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './arithmetic.js';
import type { CpuSeconds, Measured } from './cpu.js';
import { cpuBetween, cpuNow } from './cpu.js';
import { decisionsPerLifecycle, l16Steps } from './l16.js';
import type { Driver, Lifecycle } from './lifecycle.js';

export type Leg = {
  readonly lifecycles: readonly string[];
  readonly seconds: number;
  /** Milliseconds of each decision, until its acknowledgement. */
  readonly latencies: readonly number[];
  /** Milliseconds that clients waited for machines (reservation, payments, last recording), all lifecycles together. */
  readonly machineMs: number;
  readonly cpu: CpuSeconds | null;
};

const measured = async (
  lifecycles: readonly Lifecycle[],
  processes: Measured,
  run: (latency: (ms: number) => void, machine: <T>(work: Promise<T>) => Promise<T>) => Promise<void>,
): Promise<Leg> => {
  const latencies: number[] = [];
  let machineMs = 0;
  const machine = async <T>(work: Promise<T>): Promise<T> => {
    const from = performance.now();
    const answer = await work;
    machineMs += performance.now() - from;
    return answer;
  };
  const cpu = cpuNow(processes);
  const startedAt = performance.now();
  await run((ms) => latencies.push(ms), machine);
  const seconds = (performance.now() - startedAt) / 1000;
  const ids = lifecycles.map(({ id }) => id);
  return { lifecycles: ids, seconds, latencies, machineMs, cpu: cpuBetween(cpu, cpuNow(processes)) };
};

const prepared = (driver: Driver, count: number): Promise<Lifecycle[]> =>
  Promise.all(Array.from({ length: count }, () => driver.prepare()));

export type ClosedLoop = { readonly lifecycles: number; readonly clients: number };

/** Every client walks one lifecycle after another; the leg ends when the last one is recorded. */
export const closedLoop = async (
  driver: Driver,
  { lifecycles: count, clients }: ClosedLoop,
  processes: Measured,
): Promise<Leg> => {
  const lifecycles = await prepared(driver, count);
  const waiting = [...lifecycles];
  return measured(lifecycles, processes, async (latency, machine) => {
    const client = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        for (let step = 0; step < decisionsPerLifecycle; step += 1) {
          await machine(next.ready(step));
          const sentAt = performance.now();
          await next.take(step);
          latency(performance.now() - sentAt);
        }
        await machine(next.finished());
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  });
};

export type OpenLoop = {
  readonly lifecyclesPerSecond: number;
  readonly seconds: number;
  /** From one decision of a lifecycle to its next. */
  readonly gapMs: number;
  readonly random: Random;
};

/** Exponential gaps between arrivals: people do not come in step. */
const arrivals = ({ lifecyclesPerSecond, seconds, random }: OpenLoop): number[] => {
  const times: number[] = [];
  for (let at = 0; at < seconds * 1000; at += (-Math.log(1 - random()) * 1000) / lifecyclesPerSecond) times.push(at);
  return times;
};

const pauseUntil = async (at: number): Promise<void> => {
  const left = at - performance.now();
  if (left > 0) await pause(left);
};

const onSchedule = async (
  lifecycle: Lifecycle,
  startsAt: number,
  gapMs: number,
  latency: (ms: number) => void,
): Promise<void> => {
  let dueAt = startsAt;
  for (let step = 0; step < decisionsPerLifecycle; step += 1) {
    await pauseUntil(dueAt);
    if (l16Steps[step]?.awaits !== undefined) {
      await lifecycle.ready(step);
      dueAt = Math.max(dueAt, performance.now()); // nobody could have acted before the machine was done
    }
    await lifecycle.take(step);
    latency(performance.now() - dueAt);
    dueAt += gapMs;
  }
  await lifecycle.finished();
};

/** Latency counts from the scheduled time, so that a slow answer is also charged for those it held up. */
export const openLoop = async (driver: Driver, load: OpenLoop, processes: Measured): Promise<Leg> => {
  const times = arrivals(load);
  const lifecycles = await prepared(driver, times.length);
  return measured(lifecycles, processes, async (latency) => {
    const zero = performance.now();
    await Promise.all(
      lifecycles.map((lifecycle, index) => onSchedule(lifecycle, zero + (times[index] ?? 0), load.gapMs, latency)),
    );
  });
};
