// Gives tests the globals of this folder in place of jest's, and every module of the project anew for each loading (`?loading=N`).
// @ts-check
const globals = new URL('./jest-globals.mjs', import.meta.url).href;

/** @type {import('node:module').ResolveHook} */
export const resolve = async (specifier, context, next) => {
  if (specifier === '@jest/globals') return { url: globals, shortCircuit: true };
  const resolved = await next(specifier, context);
  const loading = /[?&](loading=\d+)/.exec(context.parentURL ?? '')?.[1];
  const ours = resolved.url.startsWith('file:') && !resolved.url.includes('/node_modules/');
  return loading !== undefined && ours && !resolved.url.includes('?')
    ? { ...resolved, url: `${resolved.url}?${loading}` }
    : resolved;
};
