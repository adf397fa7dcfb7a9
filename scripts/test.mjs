// `npm test [-- tier…] [-- --jest-options]`: sets up, runs the tiers on fresh services, ends with one closing line.
// @ts-check
import { performance } from 'node:perf_hooks';
import { buildApplication, installPackages, requireNode } from './prepare.mjs';
import { createReporter } from './reporter.mjs';
import { runTier } from './run-tier.mjs';
import { provideForTests } from './services/provide-for-tests.mjs';
import { createShutdown, stopOnSignals } from './shutdown.mjs';
import { closingLine, isGreen, sum } from './tally.mjs';
import { readArguments, testFiles, tiers } from './tiers.mjs';
import { reasonOf } from './wait-until.mjs';

const report = createReporter();
const shutdown = createShutdown(report);

/** @typedef {import('./tally.mjs').Tally} Tally */

/** @returns {Promise<Tally[]>} */
async function test() {
  requireNode();
  const { names, forJest } = readArguments(process.argv.slice(2));
  const asked = names.filter((name) => testFiles(name).length > 0 || report.say(`${name}: no test files, passed over`));
  await installPackages(report);
  if (asked.some((name) => tiers[name]?.build)) await buildApplication(report);
  const services = await provideForTests(asked, { shutdown, report });
  /** @type {Tally[]} */
  const tallies = [];
  const timings = [];
  for (const name of asked) {
    const startedAt = performance.now();
    const missing = services.missingFor(name);
    const tally = missing ? without(name, missing) : await runTier(name, { env: services.env, forJest });
    if ('problem' in tally) report.say(`${name}: ${tally.problem}`);
    tallies.push(tally);
    timings.push(
      `  ${name.padEnd(12)} ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s   ${closingLine(tally)}`,
    );
    if (shutdown.begun()) throw new Error('stopped');
  }
  report.say(`\nTiers:\n${timings.join('\n')}\n`);
  return tallies;
}

/**
 * On a laptop a missing service skips its tiers, loudly; in CI a skip must never pass for a success.
 * @param {string} name
 * @param {string} missing
 * @returns {Tally}
 */
function without(name, missing) {
  const files = testFiles(name).length;
  const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
  report.say(
    `\n!!! ${name}: ${files} test files ${inCi ? 'FAILED' : 'SKIPPED'}, because ${missing} is missing (see above)\n`,
  );
  return { passed: 0, failed: inCi ? files : 0, skipped: inCi ? 0 : files };
}

/** @returns {Promise<Tally[]>} */
async function testOrFail() {
  try {
    return await test();
  } catch (error) {
    report.say(`\n${reasonOf(error)}\n`);
    return [{ passed: 0, failed: 1, skipped: 0 }];
  }
}

stopOnSignals(shutdown, { report, exitCode: 130 });
const total = sum(await testOrFail());
await shutdown.drain();
process.exitCode = isGreen(total) ? 0 : 1;
console.log(closingLine(total));
