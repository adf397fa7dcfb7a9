// Counts the outcome of the tiers and words the closing line. A tier that crashed or ran nothing counts as failed.
// @ts-check

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   numTotalTestSuites: number, numRuntimeErrorTestSuites: number }} JestReport what we read of jest's --json output
 */

/**
 * @param {object} outcome
 * @param {JestReport | undefined} outcome.report nothing: jest wrote none
 * @param {number} outcome.exitCode
 * @param {boolean} outcome.narrowed options for jest may leave files out
 * @returns {Tally & { problem?: string }}
 */
export function tallyTier({ report, exitCode, narrowed }) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, problem: `jest ended with code ${exitCode} and no results` };
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that could not be loaded has no failed test in it.
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  if (report.numTotalTestSuites === 0 && narrowed) return { passed, failed, skipped };
  if (failed === 0 && report.numTotalTestSuites === 0)
    return { passed, failed: 1, skipped, problem: 'no test file ran' };
  if (failed === 0 && passed + skipped === 0) return { passed, failed: 1, skipped, problem: 'no test ran' };
  if (failed === 0 && exitCode !== 0)
    return { passed, failed: 1, skipped, problem: `jest ended with code ${exitCode}` };
  return { passed, failed, skipped };
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** @param {Tally} total */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Nothing failed, and something was tested: an empty run proves nothing. @param {Tally} total */
export const isGreen = ({ passed, failed, skipped }) => failed === 0 && passed + skipped > 0;
