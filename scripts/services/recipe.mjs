// What the scripts must know about a service's binary, in one shape for both services.
// @ts-check

/**
 * @typedef {object} Recipe
 * @property {'temporal' | 'mongod'} name
 * @property {string} title
 * @property {string} version pinned; part of the cache folder's name
 * @property {string} addressVariable an address given here means: start nothing
 * @property {string} binaryVariable
 * @property {(printed: string) => string} readVersion of `--version`; throws when the version will not do
 * @property {readonly Route[]} routes how to get it when it is nowhere, in order
 *
 * @typedef {{ name: string, fetch: (folder: string, detail: (text: string) => void) => Promise<string> }} Route
 *   fetch leaves the binary somewhere in the given temporary folder and says where
 */
export {};
