// Kept histories against today's code, without a server: same commands to Temporal, and the same state and answers for people.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DefaultLogger, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { workflowIdOf } from '../../workflows/contract.js';
import { bundleWorkflows } from '../../worker/bundle.js';
import { unheardSinks } from '../support/engine.js';
import { foldAgain } from '../support/fold.js';
import { goldenPaths } from '../support/golden-paths.js';
import { historyFrom, readHistory } from '../support/history.js';

const folder = fileURLToPath(new URL('histories/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const kept = files.map((name) => ({ name, history: historyFrom(readFileSync(`${folder}${name}`, 'utf8')) }));

const replayErrors = async (workflowBundle: { code: string }): Promise<Map<string, string>> => {
  const errors = new Map<string, string>();
  const histories = kept.map(({ name, history }) => ({
    workflowId: workflowIdOf(readHistory(history).input.requestId),
    history,
    name,
  }));
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle, sinks: unheardSinks },
    histories,
  )) {
    const name = histories.find((other) => other.workflowId === workflowId)?.name ?? workflowId;
    if (error) errors.set(name, error.name);
  }
  return errors;
};

beforeAll(() => {
  const filter = { core: 'ERROR', other: 'ERROR' } as const;
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging: { filter } } });
});

describe('histories of released versions', () => {
  it('are kept for every golden path', () => {
    expect(files.map((name) => name.replace(/\.v\d+\.json$/, '')).sort()).toEqual(Object.keys(goldenPaths).sort());
  });

  it('replay on today’s workflow without a difference', async () => {
    expect(await replayErrors(await bundleWorkflows())).toEqual(new Map());
  });

  it('do not replay on a workflow whose order was changed', async () => {
    const changed = fileURLToPath(new URL('changed/index.ts', import.meta.url));
    const bundle = await bundleWorkflowCode({ workflowsPath: changed, logger: new DefaultLogger('ERROR') });
    const errors = await replayErrors(bundle);
    expect([...errors.keys()].sort()).toEqual([...files].sort());
    expect(new Set(errors.values())).toEqual(new Set(['DeterminismViolationError']));
  });
});

describe('the history of a payment batch', () => {
  it('replays on today’s workflow, and not without its batch', async () => {
    const file = fileURLToPath(new URL('batch-histories/unknown-then-resolved.v1.json', import.meta.url));
    const history = historyFrom(readFileSync(file, 'utf8'));
    const replay = (bundle: { code: string }) =>
      Worker.runReplayHistory({ workflowBundle: bundle }, history, 'batch-kept');
    await expect(replay(await bundleWorkflows())).resolves.toBeUndefined();
    const changed = fileURLToPath(new URL('changed/index.ts', import.meta.url));
    const other = await bundleWorkflowCode({ workflowsPath: changed, logger: new DefaultLogger('ERROR') });
    await expect(replay(other)).rejects.toThrow();
  });
});

// Replay compares commands to the server, not values: a changed rule that schedules the same things would pass unseen.
describe('the rules that decided a kept history', () => {
  it.each(kept)('decide $name the same way today', ({ history }) => {
    const told = readHistory(history);
    expect(told.entries.length).toBeGreaterThan(0);
    expect(foldAgain(told)).toEqual([]);
  });

  it('are not the same when a number of the plan is another one', () => {
    const plain = kept.find(({ name }) => name.startsWith('plain-to-closure'));
    if (plain === undefined) throw new Error('the plain path is kept');
    const told = readHistory(plain.history);
    const other = { ...told.input.plan, tranches: { ...told.input.plan.tranches, retentionBasisPoints: 500 } };
    expect(foldAgain({ ...told, input: { ...told.input, plan: other } })).not.toEqual([]);
  });
});
