// Where the workflow bundle of a build lies.
import { fileURLToPath } from 'node:url';

export const builtBundle = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
