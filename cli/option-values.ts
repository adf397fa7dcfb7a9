// Values of options as people type them.
import { InvalidArgumentError } from 'commander';

export const positiveCount = (text: string): number => {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('not a whole number from 1');
  return count;
};
