// CPU time of this process and of the processes it measures, from Linux's accounting.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Pids by the name that results show. */
export type Measured = Readonly<Record<string, number>>;
/** CPU seconds by process; `bench` is the one that makes the load. */
export type CpuSeconds = Readonly<Record<string, number>>;

const ticksPerSecond = (): number => Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
let ticks: number | undefined;

/** Fields 14 and 15 of proc(5), counted behind the command's name, which may itself contain spaces. */
const secondsOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  ticks ??= ticksPerSecond();
  return (Number(fields[11]) + Number(fields[12])) / ticks;
};

const ownSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Null where the system keeps no such accounts. */
export const cpuNow = (measured: Measured): CpuSeconds | null => {
  if (!existsSync('/proc/self/stat')) return null;
  const others = Object.entries(measured).map(([name, pid]): [string, number] => [name, secondsOf(pid)]);
  return { bench: ownSeconds(), ...Object.fromEntries(others) };
};

export const cpuBetween = (before: CpuSeconds | null, after: CpuSeconds | null): CpuSeconds | null => {
  if (before === null || after === null) return null;
  return Object.fromEntries(Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]));
};

export const sumOf = (seconds: CpuSeconds): number => Object.values(seconds).reduce((sum, each) => sum + each, 0);
