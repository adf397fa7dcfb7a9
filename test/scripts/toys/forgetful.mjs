// A toy supervisor that starts one child and is then killed by the test without a chance to end it.
import { createReporter } from '../../../scripts/reporter.mjs';
import { superviseChild } from '../../../scripts/supervised-child.mjs';

const [, , dataFolder, script, port] = process.argv;
const spec = { name: 'api', dataFolder, command: process.execPath, args: [script, 'api', port], marker: dataFolder };
superviseChild({ ...spec, args: [...spec.args, dataFolder], report: createReporter() });
