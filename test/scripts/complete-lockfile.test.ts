// The lockfile names the packages of every platform, so that `npm ci` accepts it whatever the registry carries.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { completePackages } from '../../scripts/complete-lockfile.mjs';

describe('a lockfile written against a registry that carries Linux only', () => {
  it('is given the missing platforms, at the version their owner asks for', () => {
    const native = {
      'n-linux-x64-gnu': '1.2.0',
      '@s/n-darwin-arm64': '1.2.0',
      'n-linux-arm-musleabihf': '1.2.0',
      fast: '^3.0.0',
    };
    const packages = {
      'node_modules/n': { version: '1.2.0', dev: true, optionalDependencies: native },
      'node_modules/n-linux-x64-gnu': { version: '1.2.0', optional: true },
    };

    expect(completePackages(packages)).toEqual(['@s/n-darwin-arm64', 'n-linux-arm-musleabihf']);
    expect(packages).toMatchObject({
      'node_modules/@s/n-darwin-arm64': { version: '1.2.0', os: ['darwin'], cpu: ['arm64'], dev: true, optional: true },
      'node_modules/n-linux-arm-musleabihf': { os: ['linux'], cpu: ['arm'], libc: ['musl'] },
    });
  });
});

it('the lockfile of this repository is complete', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Parameters<typeof completePackages>[0];
  };

  expect(completePackages(lock.packages)).toEqual([]);
});
