// A test runner for StrykerJS: loads the rules and their tests once and runs the tests in the same process, mutant after mutant.
// The rules are pure, so nothing of one run is left for the next; jest would load everything again, seconds for each mutant.
// @ts-check
import { register } from 'node:module';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { register as registerTypeScript } from 'tsx/esm/api';
import { beginFile, cases } from './jest-globals.mjs';

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
const tookFile = 'took.json';

/** @typedef {import('./jest-globals.mjs').Case} Case */
/** @typedef {import('@stryker-mutator/api/core').InstrumenterContext} Context */
/** What the instrumented rules read; Stryker's name for it. @type {{ __stryker__?: Context }} */
const shared = /** @type {any} */ (globalThis);
const context = () => (shared.__stryker__ ??= {});

/** @param {unknown} error */
const wordsOf = (error) => (error instanceof Error ? error.message : String(error));

class RulesRunner {
  loadings = 0;
  /** Milliseconds of each case in the run without a mutant: what is quick is tried first. @type {Record<string, number>} */
  took = {};
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

  /** What is computed while loading is computed anew by each loading, with the mutant that is active then. */
  async load() {
    this.loadings += 1;
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
    const tests = [];
    for (const one of this.wanted()) {
      const startedAt = performance.now();
      if (coverageAnalysis === 'perTest') context().currentTestId = one.id;
      const failure = await this.failureOf(one);
      const timeSpentMs = performance.now() - startedAt;
      this.took[one.id] = timeSpentMs;
      tests.push(this.told(one, timeSpentMs, failure));
    }
    delete context().currentTestId;
    // Mutants are tried in other processes, which share this folder.
    writeFileSync(tookFile, JSON.stringify(this.took));
    const { mutantCoverage } = context();
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
    return killed < 0 ? (this.took[id] ?? 0) : killed - mostKillers;
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
  async mutantRun({ activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit }) {
    const mutation = context();
    Object.assign(mutation, { hitCount: 0, hitLimit });
    Object.assign(mutation, { activeMutant: mutantActivation === 'static' ? activeMutant.id : undefined });
    try {
      if (this.loadings === 0 || reloadEnvironment) await this.load();
    } catch (error) {
      return { status: MutantRunStatus.Killed, killedBy: ['loading'], failureMessage: wordsOf(error), nrOfTests: 0 };
    }
    mutation.activeMutant = activeMutant.id;
    if (Object.keys(this.took).length === 0) this.took = JSON.parse(readFileSync(tookFile, 'utf8'));
    const wanted = this.wanted()
      .filter(({ id }) => testFilter?.includes(id) ?? true)
      .sort((a, b) => this.rankOf(a) - this.rankOf(b));
    for (const [index, one] of wanted.entries()) {
      const failureMessage = await this.failureOf(one);
      if (failureMessage === null) continue;
      this.killers = [one.id, ...this.killers.filter((id) => id !== one.id)].slice(0, mostKillers);
      if ((mutation.hitCount ?? 0) > (mutation.hitLimit ?? Infinity)) return { status: MutantRunStatus.Timeout };
      return { status: MutantRunStatus.Killed, killedBy: [one.id], failureMessage, nrOfTests: index + 1 };
    }
    return { status: MutantRunStatus.Survived, nrOfTests: wanted.length };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'rules', /** @type {any} */ (RulesRunner))];
