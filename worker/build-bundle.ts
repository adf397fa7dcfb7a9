// Part of `npm run build`: writes the workflow bundle beside the compiled files, so that a worker starts without webpack.
import { writeFile } from 'node:fs/promises';
import { bundleWorkflows } from './bundle.js';
import { builtBundle } from './built-bundle.js';

const { code } = await bundleWorkflows();
await writeFile(builtBundle, code);
