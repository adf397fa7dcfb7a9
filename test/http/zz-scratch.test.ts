import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { handIn, screen, review, act } from '../support/http-story.js';
import { members } from '../support/people.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';
import { grantUpdate, workflowIdOf } from '../../workflows/contract.js';
import { personCommand } from '../../domain/command.js';
import { randomUUID } from 'node:crypto';

let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.close());
const q = (a: number[], p: number) => a.sort((x, y) => x - y)[Math.floor(a.length * p)]?.toFixed(1);
describe('latency', () => {
  it('of votes', async () => {
    const told = await handIn(world);
    await screen(world, told);
    await review(world, told);
    const present = ['chair', ...members.map(({ personId }) => personId)];
    await act(world, told, 'secretary', '/committee-item', { sessionId: 'session-1', present });
    const v = Number((await world.as('auditor').get(told.path)).body['version']);
    const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
    const client = new Client({ connection });
    const cpu = async (name: string, n: number, run: (i: number) => Promise<unknown>) => {
      for (let i = 0; i < 10; i++) await run(i);
      const c = process.cpuUsage(); const t = performance.now();
      for (let i = 0; i < n; i++) await run(i);
      const d = process.cpuUsage(c);
      console.log('p50', name, ((d.user + d.system) / 1000 / n).toFixed(2), 'ms cpu/op', ((performance.now() - t) / n).toFixed(1), 'ms wall/op');
    };
    const token = (await (await fetch(`${world.url}/v1/demo/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ personId: 'member-1' }) })).json() as { token: string }).token;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', prefer: 'wait=0' };
    for (let round = 0; round < 2; round++) {
    await cpu('bare', 60, async (i) => {
      const cmd = personCommand('castVote', { vote: i % 2 ? 'approve' : 'reject' }, { by: members[2]!, key: randomUUID(), fingerprint: 'x', expectedVersion: v });
      await client.workflow.getHandle(workflowIdOf(told.id)).executeUpdate(grantUpdate('castVote'), { args: [cmd] });
    });
    let n = 0;
    await cpu('http', 60, async () => {
      const r = await fetch(`${world.url}${told.path}/votes`, { method: 'POST', headers: { ...headers, 'idempotency-key': randomUUID() }, body: JSON.stringify({ expectedVersion: v, vote: n++ % 2 ? 'approve' : 'reject' }) });
      await r.text(); if (r.status !== 200) throw new Error(String(r.status));
    });
    await cpu('http-waited', 60, async () => {
      const r = await fetch(`${world.url}${told.path}/votes`, { method: 'POST', headers: { ...headers, prefer: '', 'idempotency-key': randomUUID() }, body: JSON.stringify({ expectedVersion: v, vote: n++ % 2 ? 'approve' : 'reject' }) });
      await r.text();
    });
    await cpu('get', 100, async () => { await (await fetch(`${world.url}${told.path}`, { headers })).text(); });
    await cpu('get 304', 100, async () => { await (await fetch(`${world.url}${told.path}`, { headers: { ...headers, 'if-none-match': '"1"' } })).text(); });
    await cpu('me', 100, async () => { await (await fetch(`${world.url}/v1/me`, { headers })).text(); });
    await cpu('livez', 100, async () => { await (await fetch(`${world.url}/livez`, { headers })).text(); });
    }
    await connection.close();
  }, 120000);
});
