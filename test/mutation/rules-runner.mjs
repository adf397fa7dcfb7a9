// A test runner for StrykerJS: loads the rules and their tests once and runs the tests in the same process, mutant after mutant.
// The rules are pure, so nothing of one run is left for the next; jest would load everything again, seconds for each mutant.
// @ts-check
import { register } from 'node:module';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { register as registerTypeScript } from 'tsx/esm/api';
import { beginFile, cases, skipped } from './jest-globals.mjs';

/** Long walks that touch every rule: they would be run again for every mutant that survives the quick tests. */
const filesLeftOut = [
  ...['model.test.ts', 'sample-data.test.ts', 'bench-arithmetic.test.ts'],
  ...['money-splits.test.ts', 'exact-money.test.ts', 'tranche-sums.test.ts'],
];
const casesLeftOut = [
  'is clean after any sequence of commands that the rules accept',
  'agrees with the truth table in every case',
];

const mostKillers = 40;

/** @typedef {import('./jest-globals.mjs').Case} Case */
/** @typedef {import('@stryker-mutator/api/core').InstrumenterContext} Context */
/** What the instrumented rules read; Stryker's name for it. @type {{ __stryker__?: Context }} */
const shared = /** @type {any} */ (globalThis);
const context = () => (shared.__stryker__ ??= {});

/** @param {unknown} error */
const wordsOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * What the run without a mutant has shown, for the processes that try the mutants; they share this folder.
 *
 * @typedef {object} Shown
 * @property {Record<string, number>} took milliseconds of each case: what is quick is tried first
 * @property {Record<string, string[]>} reaching mutants that loading reaches, with the cases that reach them as well
 */
const shownFile = 'shown.json';

/** @param {import('@stryker-mutator/api/core').MutantCoverage | undefined} coverage */
const reachingIn = (coverage) => {
  /** @type {Record<string, string[]>} */
  const reaching = {};
  for (const [id, reached] of Object.entries(coverage?.perTest ?? {}))
    for (const mutant of Object.keys(reached))
      if (mutant in (coverage?.static ?? {})) (reaching[mutant] ??= []).push(id);
  return reaching;
};

class RulesRunner {
  static inject = tokens(commonTokens.logger);

  /** @param {import('@stryker-mutator/api/logging').Logger} log */
  constructor(log) {
    this.log = log;
  }

  loadings = 0;
  /** The mutant that was active while loading. @type {string | undefined} */
  loadedWith = undefined;
  /** @type {Shown} */
  shown = { took: {}, reaching: {} };
  /** Cases that found mutants, the latest first: the next mutant is often in the same place. @type {string[]} */
  killers = [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // A property that fails has found the mutant; nobody asks for its smallest example. The seed makes two runs comparable.
    fc.configureGlobal({ endOnFailure: true, seed: 1 });
    registerTypeScript();
    register('./resolve.mjs', import.meta.url);
  }

  /**
   * What is computed while loading is computed anew by each loading, with the mutant that is active then.
   *
   * @param {string} [mutant]
   */
  async load(mutant) {
    this.loadings += 1;
    this.loadedWith = mutant;
    cases.length = 0;
    const folder = join(process.cwd(), 'test', 'domain');
    const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && !filesLeftOut.includes(name));
    for (const name of files.sort()) {
      beginFile(`test/domain/${name}`);
      await import(`${pathToFileURL(join(folder, name)).href}?loading=${this.loadings}`);
    }
  }

  wanted() {
    return cases.filter(({ name }) => !casesLeftOut.some((left) => name.includes(left)));
  }

  /** @param {import('@stryker-mutator/api/test-runner').DryRunOptions} options */
  async dryRun({ coverageAnalysis }) {
    // Twice, so that a module that cannot be loaded again is found here and not taken for a mutant that broke the loading.
    await this.load();
    await this.load();
    for (const name of [...filesLeftOut, ...casesLeftOut, ...skipped]) this.log.info('Left out: %s', name);
    const tests = [];
    for (const one of this.wanted()) {
      const startedAt = performance.now();
      if (coverageAnalysis === 'perTest') context().currentTestId = one.id;
      const failure = await this.failureOf(one);
      const timeSpentMs = performance.now() - startedAt;
      this.shown.took[one.id] = timeSpentMs;
      tests.push(this.told(one, timeSpentMs, failure));
    }
    delete context().currentTestId;
    const { mutantCoverage } = context();
    this.shown = { ...this.shown, reaching: reachingIn(mutantCoverage) };
    writeFileSync(shownFile, JSON.stringify(this.shown));
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage ? { mutantCoverage } : {}) };
  }

  /**
   * @param {Case} one
   * @param {number} timeSpentMs
   * @param {string | null} failure
   * @returns {import('@stryker-mutator/api/test-runner').TestResult}
   */
  told({ id, name, fileName }, timeSpentMs, failure) {
    const about = { id, name, fileName, timeSpentMs };
    return failure === null
      ? { ...about, status: TestStatus.Success }
      : { ...about, status: TestStatus.Failed, failureMessage: failure };
  }

  /** @param {Case} one */
  rankOf({ id }) {
    const killed = this.killers.indexOf(id);
    return killed < 0 ? (this.shown.took[id] ?? 0) : killed - mostKillers;
  }

  /** @param {Case} one */
  async failureOf(one) {
    try {
      await one.run();
      return null;
    } catch (error) {
      return wordsOf(error);
    }
  }

  /** @param {import('@stryker-mutator/api/test-runner').MutantRunOptions} options */
  async mutantRun({ activeMutant: { id }, mutantActivation, testFilter, hitLimit }) {
    Object.assign(context(), { hitCount: 0, hitLimit });
    if (Object.keys(this.shown.took).length === 0) this.shown = JSON.parse(readFileSync(shownFile, 'utf8'));
    if (mutantActivation === 'runtime') return this.tried(id, testFilter);
    // Most of what loading reaches is reached by cases as well, and then found without loading anything anew.
    const reaching = this.shown.reaching[id];
    const early = reaching && (await this.tried(id, reaching));
    if (early && early.status !== MutantRunStatus.Survived) return early;
    context().activeMutant = id;
    try {
      await this.load(id);
    } catch (error) {
      return this.killed(['loading'], wordsOf(error), 0);
    }
    return this.survives(undefined);
  }

  /**
   * Active while the cases run, not while anything is loaded.
   *
   * @param {string} mutant
   * @param {readonly string[] | undefined} ids
   */
  async tried(mutant, ids) {
    delete context().activeMutant;
    if (this.loadings === 0 || this.loadedWith !== undefined) await this.load();
    context().activeMutant = mutant;
    return this.survives(ids);
  }

  /**
   * @param {readonly string[] | undefined} ids of the cases to run; all without them
   * @returns {Promise<import('@stryker-mutator/api/test-runner').MutantRunResult>}
   */
  async survives(ids) {
    const among = ids && new Set(ids);
    const wanted = this.wanted()
      .filter((one) => among?.has(one.id) ?? true)
      .sort((a, b) => this.rankOf(a) - this.rankOf(b));
    for (const [index, one] of wanted.entries()) {
      const failure = await this.failureOf(one);
      if (failure === null) continue;
      this.killers = [one.id, ...this.killers.filter((id) => id !== one.id)].slice(0, mostKillers);
      const { hitCount = 0, hitLimit = Infinity } = context();
      return hitCount > hitLimit ? { status: MutantRunStatus.Timeout } : this.killed([one.id], failure, index + 1);
    }
    return { status: MutantRunStatus.Survived, nrOfTests: wanted.length };
  }

  /**
   * @param {string[]} killedBy
   * @param {string} failureMessage
   * @param {number} nrOfTests
   * @returns {import('@stryker-mutator/api/test-runner').MutantRunResult}
   */
  killed(killedBy, failureMessage, nrOfTests) {
    return { status: MutantRunStatus.Killed, killedBy, failureMessage, nrOfTests };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'rules', /** @type {any} */ (RulesRunner))];
