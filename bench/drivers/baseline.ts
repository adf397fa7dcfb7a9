// Drives the denominators: Temporal's client alone, one update per decision, the first with the start.
import type { Client } from '@temporalio/client';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { baselineTaskQueue, decideUpdate } from '../baseline/contract.js';
import type { Decision, Shape } from '../baseline/contract.js';
import type { bareL16, textbookL16 } from '../baseline/workflows.js';
import { decisionsPerLifecycle, l16Steps, paymentsPerLifecycle } from '../l16.js';
import type { Driver, Lifecycle, Side } from '../lifecycle.js';

const shapes: Readonly<Record<Exclude<Side, 'product'>, Shape>> = { bare: 'bareL16', textbook: 'textbookL16' };

const decisions: readonly Omit<Decision, 'key'>[] = l16Steps.map(({ command, actor, pays }, index) => ({
  kind: command,
  by: actor,
  ...(pays === true ? { pays: l16Steps.slice(0, index + 1).filter((step) => step.pays === true).length } : {}),
}));

const lifecycle = (client: Client, shape: Shape): Lifecycle => {
  const id = randomUUID().replaceAll('-', '').slice(0, 16);
  const handle = client.workflow.getHandle<typeof bareL16 | typeof textbookL16>(`${shape}-${id}`);
  const start = () =>
    new WithStartWorkflowOperation<typeof bareL16>(shape, {
      workflowId: handle.workflowId,
      taskQueue: baselineTaskQueue,
      args: [{ id, decisions: decisionsPerLifecycle, payments: paymentsPerLifecycle }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  return {
    id: handle.workflowId,
    ready: () => Promise.resolve(),
    take: async (step) => {
      const decision = decisions[step];
      if (decision === undefined) throw new Error(`there is no step ${step}`);
      const updateId = `${id}-${step}`;
      const args: [Decision] = [{ ...decision, key: updateId }];
      if (step > 0) await handle.executeUpdate(decideUpdate, { updateId, args });
      else
        await client.workflow.executeUpdateWithStart(decideUpdate, { startWorkflowOperation: start(), updateId, args });
    },
    finished: () => handle.result(),
  };
};

export const baselineDriver = (client: Client, side: Exclude<Side, 'product'>): Driver => ({
  side,
  prepare: () => Promise.resolve(lifecycle(client, shapes[side])),
});
