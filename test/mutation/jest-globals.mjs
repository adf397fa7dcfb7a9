// The few words of jest that tests of the rules use, for a process that loads them once and runs them as often as there are mutants.
// @ts-check
import { expect } from 'expect';

/** @typedef {{ id: string, name: string, fileName: string, run: () => unknown }} Case */
/** @typedef {{ names: string[], before: (() => unknown)[], after: (() => unknown)[], started: boolean }} Group */

/** @type {Case[]} */
export const cases = [];
/** @type {Group[]} */
let groups = [];
let fileName = '';

/** @param {string} file */
export const beginFile = (file) => {
  fileName = file;
  groups = [{ names: [], before: [], after: [], started: false }];
};

const here = () => groups.at(-1) ?? { names: [], before: [], after: [], started: false };

/**
 * @param {string} name
 * @param {() => void} body
 */
export const describe = (name, body) => {
  groups.push({ names: [...here().names, name], before: [], after: [], started: false });
  body();
  groups.pop();
};

/**
 * @param {string} name
 * @param {() => unknown} body
 */
export const it = (name, body) => {
  const around = [...groups];
  const full = [...here().names, name].join(' › ');
  const id = `${fileName} ${full} ${cases.length}`;
  const run = async () => {
    for (const group of around)
      if (!group.started) {
        group.started = true;
        for (const prepare of group.before) await prepare();
      }
    await body();
  };
  cases.push({ id, name: full, fileName, run });
};

/**
 * One for each row; an array is spread over the parameters, as jest does it.
 *
 * @param {(name: string, body: () => unknown) => void} make
 */
const eachOf =
  (make) =>
  /** @param {readonly unknown[]} rows */
  (rows) =>
  /**
   * @param {string} name
   * @param {(...row: unknown[]) => unknown} body
   */
  (name, body) =>
    rows.forEach((row, index) => make(`${name} #${index}`, () => (Array.isArray(row) ? body(...row) : body(row))));

it.each = eachOf(it);
/** Groups that a file leaves out here, by their names, which say why: the run without a mutant tells of them. @type {Set<string>} */
export const skipped = new Set();
/** @param {string} name */
describe.skip = (name) => void skipped.add(name);
describe.each = eachOf(/** @type {(name: string, body: () => unknown) => void} */ (describe));

/** @param {() => unknown} prepare */
export const beforeAll = (prepare) => void here().before.push(prepare);
/** What a file cleans up at its end is left to the end of the process: its tests run again and again. */
export const afterAll = () => undefined;
export { expect };
