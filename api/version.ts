// Which build is running: version of the package, commit when the build names one, Node.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export type Version = {
  readonly name: string;
  readonly version: string;
  readonly commit: string | null;
  readonly node: string;
};

const packageFile = z.looseObject({ name: z.string(), version: z.string() });

/** Beside the sources, or one folder further up when run from `dist`. */
const packageUrl = (): URL => {
  const near = new URL('../package.json', import.meta.url);
  return existsSync(near) ? near : new URL('../../package.json', import.meta.url);
};

export const readVersion = (commit: string | null): Version => {
  const { name, version } = packageFile.parse(JSON.parse(readFileSync(packageUrl(), 'utf8')));
  return { name, version, commit, node: process.version };
};
