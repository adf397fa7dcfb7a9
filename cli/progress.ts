// Progress of long work: a bar on a terminal, one line every ten seconds elsewhere, and a word when nothing has moved for a while.
import { SingleBar } from 'cli-progress';
import type { Output } from './output.js';

export type Progress = {
  readonly step: (done: number, remark?: string) => void;
  readonly end: () => void;
};

export type ProgressOptions = { readonly title: string; readonly total: number; readonly unit: string };

const lineEveryMs = 10_000;
const stillWorkingMs = 15_000;

const bar = ({ title, total, unit }: ProgressOptions): Progress => {
  const shown = new SingleBar({
    format: `${title} [{bar}] {value} of {total} ${unit}  {rate}  {remark}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 8,
  });
  const startedAt = Date.now();
  shown.start(total, 0, { rate: '', remark: '' });
  return {
    step: (done, remark = '') => shown.update(done, { remark, rate: rateOf(done, startedAt, unit) }),
    end: () => shown.stop(),
  };
};

const rateOf = (done: number, startedAt: number, unit: string): string => {
  const seconds = (Date.now() - startedAt) / 1000;
  return seconds < 5 ? '' : `${(done / seconds).toFixed(1)} ${unit}/s`;
};

const lines = ({ title, total, unit }: ProgressOptions, say: Output['say']): Progress => {
  const startedAt = Date.now();
  let done = 0;
  let movedAt = startedAt;
  let lastRemark = '';
  const tell = (): void => {
    const still = Date.now() - movedAt > stillWorkingMs ? `; still working, last step at ${timeOf(movedAt)}` : '';
    say(`${title}: ${done} of ${total} ${unit}  ${rateOf(done, startedAt, unit)}  ${lastRemark}${still}`.trimEnd());
  };
  const timer = setInterval(tell, lineEveryMs);
  timer.unref();
  return {
    step: (now, remark = '') => {
      if (now !== done || remark !== lastRemark) movedAt = Date.now();
      done = now;
      lastRemark = remark;
    },
    end: () => clearInterval(timer),
  };
};

const timeOf = (atMs: number): string => new Date(atMs).toISOString().slice(11, 19);

const silent: Progress = { step: () => undefined, end: () => undefined };

export const startProgress = (options: ProgressOptions, output: Output, quiet = false): Progress => {
  if (quiet) return silent;
  return process.stderr.isTTY ? bar(options) : lines(options, output.say);
};
