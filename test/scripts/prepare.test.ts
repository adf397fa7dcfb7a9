// When packages must be installed again and when the application must be built again.
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildOutdated, isAtLeast, packagesOutdated, requireNode } from '../../scripts/prepare.mjs';
import { temporaryFolder } from './support.js';

const writeJson = (file: string, value: unknown) => writeFileSync(file, JSON.stringify(value));

describe('the version of Node', () => {
  it.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.0.0', true],
    ['20.18.9', false],
    ['18.20.0', false],
  ])('%s is enough for 20.19: %s', (version, enough) => expect(isAtLeast(version, '20.19')).toBe(enough));

  it('is refused by name when it is too old', () =>
    expect(() => requireNode('18.0.0')).toThrow('Node 18.0.0 is too old'));
});

describe('packages', () => {
  const clone = (installed: object | undefined) => {
    const folder = temporaryFolder();
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/mac': { version: '2.0.0', optional: true },
    };
    writeJson(join(folder, 'package-lock.json'), { packages });
    mkdirSync(join(folder, 'node_modules'));
    if (installed) writeJson(join(folder, 'node_modules', '.package-lock.json'), { packages: installed });
    return folder;
  };

  it.each([
    ['missing', undefined, 'node_modules is missing or incomplete'],
    [
      'at another version',
      { 'node_modules/a': { version: '0.9.0' } },
      'node_modules/a is not at 1.0.0, which the lockfile asks for',
    ],
    ['complete but for another platform', { 'node_modules/a': { version: '1.0.0' } }, undefined],
  ])('%s', (_title, installed, reason) => expect(packagesOutdated(clone(installed))).toBe(reason));
});

describe('the build', () => {
  const clone = () => {
    const folder = temporaryFolder();
    for (const name of ['dist', 'domain']) mkdirSync(join(folder, name));
    writeJson(join(folder, 'tsconfig.build.json'), { include: ['domain', 'absent'] });
    for (const name of ['domain/a.ts', 'domain/b.ts', 'dist/.built']) writeFileSync(join(folder, name), '');
    utimesSync(join(folder, 'dist/.built'), new Date(), new Date(Date.now() + 1000));
    return folder;
  };
  const inFuture = new Date(Date.now() + 60_000);

  it('is up to date when nothing is newer', () => expect(buildOutdated(clone())).toBeUndefined());

  it('is outdated by a changed file', () => {
    const folder = clone();
    utimesSync(join(folder, 'domain/b.ts'), inFuture, inFuture);

    expect(buildOutdated(folder)).toBe(`${join(folder, 'domain/b.ts')} is newer than the build`);
  });

  it('is outdated by a removed file, which changes its folder', () => {
    const folder = clone();
    rmSync(join(folder, 'domain/b.ts'));
    utimesSync(join(folder, 'domain'), inFuture, inFuture);

    expect(buildOutdated(folder)).toContain('is newer than the build');
  });

  it('is incomplete without our stamp', () => {
    const folder = clone();
    rmSync(join(folder, 'dist/.built'));

    expect(buildOutdated(folder)).toBe('there is no complete build');
  });
});
