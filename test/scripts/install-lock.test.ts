// The lock that keeps two installs apart, and what happens when its holder died.
import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withLock } from '../../scripts/services/install-lock.mjs';
import { temporaryFolder } from './support.js';

const lockFile = () => join(temporaryFolder(), 'temporal.lock');
const everyMs = 5;

describe('a lock that another holds', () => {
  it('lets the second in when the first is done, also when it failed', async () => {
    const file = lockFile();
    const order: string[] = [];
    let second: Promise<unknown> = Promise.resolve();
    const first = withLock(file, async () => {
      order.push('first in');
      await new Promise<void>((onWait) => {
        second = withLock(file, () => Promise.resolve(order.push('second')), { everyMs, onWait });
      });
      order.push('first out');
      throw new Error('broken');
    });

    await expect(first).rejects.toThrow('broken');
    await second;

    expect(order).toEqual(['first in', 'first out', 'second']);
    expect(existsSync(file)).toBe(false);
  });
});

describe('a lock whose holder is gone', () => {
  it('is taken over when its process has ended', async () => {
    const file = lockFile();
    writeFileSync(file, String(spawnSync('true').pid));

    await expect(withLock(file, () => Promise.resolve('mine'), { everyMs })).resolves.toBe('mine');
  });

  it('is taken over when it was not touched for long, whatever its number says', async () => {
    const file = lockFile();
    writeFileSync(file, String(process.pid));
    utimesSync(file, 1000, 1000);

    await expect(withLock(file, () => Promise.resolve('mine'), { everyMs })).resolves.toBe('mine');
  });
});
