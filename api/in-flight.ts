// A bound on how many commands one process works on at once: beyond it callers are told to come back, instead of all being slow.
import { Problem } from './problem.js';

export type InFlight = <T>(work: () => Promise<T>) => Promise<T>;

export const createInFlight = (most: number, observe: (count: number) => void): InFlight => {
  let count = 0;
  const change = (by: 1 | -1): void => {
    count += by;
    observe(count);
  };
  return async (work) => {
    if (count >= most) throw new Problem('tooManyRequests');
    change(1);
    try {
      return await work();
    } finally {
      change(-1);
    }
  };
};
