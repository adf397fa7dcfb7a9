// Where things are and on which ports, for all scripts. Everything here can be said otherwise in the environment.
// @ts-check
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {NodeJS.ProcessEnv} env */
export const dataFolderOf = (env) => resolve(root, env.SANAD_DATA || '.sanad');

/** Of the services in `npm start` and `npm run services`. */
export const defaultPorts = { temporalPort: 7233, uiPort: 8233, mongoPort: 27027 };
