// What the doctor says about the services: which one would be used and from where, and which routes could install it.
// @ts-check
import { check } from '../doctor-checks.mjs';
import { runCommand } from '../run-command.mjs';
import { mongodBinary } from './mongod-binary.mjs';
import { mongoAnswers } from './mongod-server.mjs';
import { resolveBinary } from './resolve.mjs';
import { temporalBinary } from './temporal-binary.mjs';
import { temporalAnswers } from './temporal-server.mjs';

/** @type {import('../reporter.mjs').Reporter} */
const silent = { say: () => {}, during: (_label, work) => work(() => {}) };

export const checkServices = () =>
  Promise.all([
    checkService(temporalBinary, temporalAnswers),
    checkService(mongodBinary, mongoAnswers),
    check(
      'route: go',
      () => runCommand('go', ['version']),
      'install Go 1.25 or later: the Temporal server can then be built',
      'note',
    ),
    check('route: pip', () => runCommand('python3', ['-m', 'pip', '--version']), 'apt-get install python3-pip', 'note'),
  ]);

/**
 * @param {import('./recipe.mjs').Recipe} recipe
 * @param {(address: string) => Promise<unknown>} answers
 */
function checkService(recipe, answers) {
  const address = process.env[recipe.addressVariable];
  if (address) {
    const look = async () => (await answers(address), `answers at ${recipe.addressVariable}`);
    return check(recipe.title, look, `unset ${recipe.addressVariable}`);
  }
  const look = async () => {
    const { version, route, path } = await resolveBinary(recipe, { install: false, report: silent });
    return `${version}, from ${route.startsWith('cache') ? 'cache' : route}: ${path}`;
  };
  return check(recipe.title, look, 'npm run services');
}
