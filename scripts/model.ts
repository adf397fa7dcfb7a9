// `npm run model [-- --sequences N --seed S]`: the random model at length, for the night; `npm test` walks 20,000 sequences of it.
import fc from 'fast-check';
import { Command, InvalidArgumentError } from 'commander';
import { sequence, walkSequence } from '../test/support/model.js';

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('A whole number from 1 on.');
  return number;
};
const program = new Command('model')
  .description('Walks random sequences of commands through the rules and checks every invariant after each step.')
  .option('--sequences <n>', 'how many sequences', count, 100_000)
  .option('--seed <n>', 'repeats a run', count, Date.now() % 2_147_483_647);
const { sequences, seed } = program.parse().opts<{ sequences: number; seed: number }>();

const everyMs = 10_000;
const startedAt = performance.now();
let walked = 0;
let accepted = 0;
let saidAt = startedAt;

const property = fc.property(sequence, (one) => {
  accepted += walkSequence(one).entries().length;
  walked += 1;
  if (performance.now() - saidAt < everyMs) return;
  saidAt = performance.now();
  console.error(`${walked} of ${sequences} sequences, ${accepted} entries`);
});
const result = fc.check(property, { numRuns: sequences, seed });
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
if (result.failed) {
  console.log(fc.defaultReportMessage(result));
  process.exitCode = 1;
} else console.log(`${walked} sequences walked, ${accepted} entries, no breach (seed ${seed}, ${seconds} s).`);
