// Writes docs/openapi.json from the routes; with --check it changes nothing and fails when the file does not say what the code says.
import { readFileSync, writeFileSync } from 'node:fs';
import { describedEndpoints } from '../api/all-endpoints.js';
import { openApiDocument } from '../api/openapi.js';
import { readVersion } from '../api/version.js';

const file = new URL('../docs/openapi.json', import.meta.url);

const wanted = `${JSON.stringify(openApiDocument(describedEndpoints(), readVersion(null).version), null, 2)}\n`;

const stored = (): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
} else if (stored() !== wanted) {
  console.error('docs/openapi.json is not what the code says. Write it again with `npm run docs:generate`.');
  process.exitCode = 1;
}
