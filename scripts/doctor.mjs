// `npm run doctor [-- --json]`: what is present, what is missing, and the one command that mends it. Changes nothing.
// @ts-check
import { checkMachine, checkPorts, checkRepository, checkRunning } from './doctor-checks.mjs';
import { checkServices } from './services/doctor-checks.mjs';
import { dataFolderOf } from './settings.mjs';

const dataFolder = dataFolderOf(process.env);
const running = checkRunning(dataFolder);
const checks = [
  ...(await checkMachine(dataFolder)),
  ...checkRepository(),
  ...(await checkServices()),
  ...(await checkPorts(dataFolder)),
  running,
];
const missing = checks.filter(({ state }) => state === 'missing');

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ ok: missing.length === 0, checks }, undefined, 2));
} else {
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { state, name, found, mend } of checks) {
    console.log(
      `${state.padEnd(8)} ${name.padEnd(width)}  ${found}${mend ? `\n${' '.repeat(width + 11)}mend: ${mend}` : ''}`,
    );
  }
  const verdict =
    missing.length === 0
      ? 'Nothing is missing.'
      : `${missing.length} missing. \`npm start\` installs and builds by itself.`;
  console.log(`\n${verdict}`);
}
process.exitCode = missing.length === 0 ? 0 : 1;
