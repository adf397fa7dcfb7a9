// Children under supervision, as real processes: restart after death, the end with grace, leftovers of a killed start.
import { spawn } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freePort } from '../../scripts/free-port.mjs';
import { isRunning } from '../../scripts/process-group.mjs';
import { endLeftover, liveRecord } from '../../scripts/run-record.mjs';
import { superviseChild } from '../../scripts/supervised-child.mjs';
import { waitUntil } from '../../scripts/wait-until.mjs';
import { listener, readDiary, temporaryFolder, toy } from './support.js';

const superviseToy = async ({ pausesMs = [10, 20], stubborn = false, graceMs = 5000 } = {}) => {
  const dataFolder = temporaryFolder();
  const diary = join(dataFolder, 'diary');
  const port = await freePort();
  const report = listener();
  const child = superviseChild({
    ...{ name: 'api', dataFolder, command: process.execPath, args: [toy('server'), 'api', String(port)] },
    env: { ...process.env, TOY_DIARY: diary, ...(stubborn && { TOY_STUBBORN: '1' }) },
    ...{ marker: toy('server'), pausesMs, graceMs, report },
  });
  const started = (times: number) => waitUntil('the toy', () => readDiary(diary).length >= times);
  const die = () => fetch(`http://127.0.0.1:${port}/die`).then((response) => response.text());
  await started(1);
  return { child, dataFolder, diary, report, started, die };
};

describe('a child that dies', () => {
  it('is started again each time, after a growing pause that is said', async () => {
    const { child, diary, report, started, die } = await superviseToy();
    const first = child.pid();
    await die();
    await started(2);
    process.kill(child.pid(), 'SIGKILL');
    await started(3);
    const last = child.pid();
    await child.stop();

    expect(readDiary(diary)).toEqual(['api started', 'api started', 'api started', 'api drained']);
    expect(child.deaths()).toBe(2);
    expect(report.lines).toEqual([
      expect.stringContaining('api ended by itself (exit code 7); starting it again in 0.01 s'),
      expect.stringContaining('api ended by itself (SIGKILL); starting it again in 0.02 s'),
    ]);
    expect([first, last].some((pid) => isRunning(pid))).toBe(false);
  });

  it('stays down when no restart is wanted', async () => {
    const { child, diary, die } = await superviseToy({ pausesMs: [] });
    await die();
    await waitUntil('death', () => child.deaths() === 1);
    await child.stop();

    expect(readDiary(diary)).toEqual(['api started']);
  });

  it('is not started again when it is stopped during the pause', async () => {
    const { child, diary, die } = await superviseToy({ pausesMs: [60_000] });
    await die();
    await waitUntil('death', () => child.deaths() === 1);
    await child.stop();

    expect(readDiary(diary)).toEqual(['api started']);
  });
});

describe('a child that ignores SIGTERM', () => {
  it('is killed when its grace is over', async () => {
    const { child, diary, dataFolder } = await superviseToy({ stubborn: true, graceMs: 50 });
    await child.stop();

    expect(isRunning(child.pid())).toBe(false);
    expect(readDiary(diary)).toEqual(['api started']);
    expect(liveRecord(dataFolder, 'api')).toBeUndefined();
  });
});

describe('a supervisor that was killed', () => {
  it('leaves a child that the next start finds and ends', async () => {
    const dataFolder = temporaryFolder();
    const diary = join(dataFolder, 'diary');
    const args = [basename(toy('forgetful')), dataFolder, toy('server'), String(await freePort())]; // a relative path
    const env = { ...process.env, TOY_DIARY: diary };
    const supervisor = spawn(process.execPath, args, { cwd: dirname(toy('forgetful')), env, stdio: 'ignore' });
    await waitUntil('the toy', () => readDiary(diary).length > 0);
    const pid = liveRecord(dataFolder, 'api')?.pid ?? 0;
    const report = listener();
    await endLeftover(dataFolder, 'api', report);
    const sparedWhileOwned = isRunning(pid);

    supervisor.kill('SIGKILL');
    await waitUntil('its end', () => !isRunning(supervisor.pid ?? 0));
    await endLeftover(dataFolder, 'api', report);

    expect(sparedWhileOwned).toBe(true);
    expect(isRunning(pid)).toBe(false);
    expect(report.lines).toEqual([expect.stringContaining(`ending process ${pid}, left over`)]);
  });
});
