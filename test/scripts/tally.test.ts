// The closing line of `npm test`, and what counts as a failure besides a failed test.
import { describe, expect, it } from '@jest/globals';
import { closingLine, isGreen, sum, tallyTier } from '../../scripts/tally.mjs';

const report = (changes = {}) => ({
  ...{ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
  ...{ numTotalTestSuites: 2, numRuntimeErrorTestSuites: 0 },
  ...changes,
});
const none = { numPassedTests: 0, numTotalTestSuites: 0 };

describe('the outcome of one tier', () => {
  it.each([
    ['all passed', { report: report(), exitCode: 0 }, '5 passed, 0 failed'],
    ['one failed', { report: report({ numFailedTests: 1 }), exitCode: 1 }, '5 passed, 1 failed'],
    [
      'some skipped',
      { report: report({ numPendingTests: 2, numTodoTests: 1 }), exitCode: 0 },
      '5 passed, 0 failed, 3 skipped',
    ],
    [
      'a file that does not load',
      { report: report({ numRuntimeErrorTestSuites: 1 }), exitCode: 1 },
      '5 passed, 1 failed',
    ],
    ['jest crashed', { report: undefined, exitCode: 134 }, '0 passed, 1 failed'],
    ['jest failed without saying why', { report: report(), exitCode: 1 }, '5 passed, 1 failed'],
    ['no file ran', { report: report(none), exitCode: 0 }, '0 passed, 1 failed'],
    ['files without a test', { report: report({ numPassedTests: 0 }), exitCode: 0 }, '0 passed, 1 failed'],
  ])('%s', (_title, outcome, line) => expect(closingLine(tallyTier({ ...outcome, narrowed: false }))).toBe(line));

  it('may run nothing when options for jest leave its files out', () => {
    expect(tallyTier({ report: report(none), exitCode: 0, narrowed: true })).toEqual({
      passed: 0,
      failed: 0,
      skipped: 0,
    });
  });
});

describe('the whole run', () => {
  it('sums up its tiers', () => {
    const total = sum([
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 2, failed: 1, skipped: 4 },
    ]);

    expect(closingLine(total)).toBe('5 passed, 1 failed, 4 skipped');
    expect(isGreen(total)).toBe(false);
  });

  it('is not green when nothing ran at all', () => expect(isGreen(sum([]))).toBe(false));
});
