// After mutation testing: which surviving mutants nobody has argued, and which arguments no mutant needs any more.
// @ts-check
import { readFileSync } from 'node:fs';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** @typedef {{ file: string, line: string, to: string }} Survivor `line` is the source line it begins on, `to` the replacement. */
/** @typedef {{ why: string, mutants: Survivor[] }} Argument */

const file = new URL('./survivors.json', import.meta.url);

/** @param {Survivor} survivor */
const keyOf = (survivor) => JSON.stringify([survivor.file, survivor.line, survivor.to]);

/** @param {Survivor} survivor */
const told = ({ file, line, to }) => `  ${file}: ${line}  →  ${to}`;

/**
 * @param {string} heading
 * @param {Survivor[]} survivors
 */
const list = (heading, survivors) =>
  survivors.length > 0 && process.stdout.write([heading, ...survivors.map(told), ''].join('\n'));

/**
 * @param {import('@stryker-mutator/api/core').schema.MutationTestResult} report
 * @returns {Survivor[]}
 */
const survivorsIn = ({ files }) =>
  Object.entries(files).flatMap(([name, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location, replacement }) => ({
        file: name,
        line: (lines[location.start.line - 1] ?? '').trim(),
        to: replacement ?? '',
      }));
  });

class SurvivorsReporter {
  /** @param {import('@stryker-mutator/api/core').schema.MutationTestResult} report */
  onMutationTestReportReady(report) {
    /** @type {Argument[]} */
    const argued = JSON.parse(readFileSync(file, 'utf8'));
    const mutants = argued.flatMap((argument) => argument.mutants);
    const survivors = survivorsIn(report);
    const keys = new Set(mutants.map(keyOf));
    const found = new Set(survivors.map(keyOf));
    const unargued = survivors.filter((survivor) => !keys.has(keyOf(survivor)));
    list('Survivors without an argument:', unargued);
    list(
      'Arguments that no survivor needs:',
      mutants.filter((one) => one.file in report.files && !found.has(keyOf(one))),
    );
    process.stdout.write(
      `${survivors.length} survivors, ${survivors.length - unargued.length} of them argued in test/mutation/survivors.json\n`,
    );
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.Reporter, 'survivors', /** @type {any} */ (SurvivorsReporter)),
];
