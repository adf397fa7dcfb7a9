// Where the official schemas lie that files are checked against. They are not part of the project: absent, their tests are skipped with
// a reason on a developer's machine and fail in CI.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type OfficialSchemas = { readonly folder: string | null; readonly note: string };

export const officialSchemas = (name: 'iso20022' | '360giving' | 'iati'): OfficialSchemas => {
  const folder = join(process.env['SANAD_SCHEMAS'] ?? join('..', 'shared', 'schemas'), name);
  if (existsSync(folder)) return { folder, note: '' };
  if (process.env['CI'] === 'true') throw new Error(`the official schemas are not in ${folder}`);
  return { folder: null, note: ` (skipped: no official schemas in ${folder}, SANAD_SCHEMAS names another folder)` };
};
