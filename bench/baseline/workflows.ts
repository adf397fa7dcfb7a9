// The denominators of P1 to P3: the same 16 decisions and 3 payments on Temporal alone, with no rules, audit, ledger or HTTP.
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { BaselineActivities } from './activities.js';
import type { Decision, LifecycleInput } from './contract.js';
import { decideUpdate } from './contract.js';

const { pay, recordDecision } = proxyActivities<BaselineActivities>({ startToCloseTimeout: '10 seconds' });

/** One payment after another, as the decisions ask for them, by the main body. */
const payAll = async (asked: readonly number[], payments: number): Promise<void> => {
  for (let paid = 0; paid < payments; paid += 1) {
    await condition(() => asked.length > paid);
    await pay({ number: asked[paid] ?? 0 });
  }
};

const refuseNameless = ({ by }: Decision): void => {
  if (by === '') throw ApplicationFailure.nonRetryable('nobody decides', 'notSignedIn');
};

/** The floor: synchronous handler and validator, nothing stored but Temporal's own history. */
export async function bareL16({ decisions, payments }: LifecycleInput): Promise<void> {
  const asked: number[] = [];
  let version = 0;
  setHandler(
    decideUpdate,
    ({ pays }) => {
      version += 1;
      if (pays !== undefined) asked.push(pays);
      return { version };
    },
    { validator: refuseNameless },
  );
  await payAll(asked, payments);
  await condition(() => version >= decisions);
}

/** What tutorials show: each handler waits for an activity that writes the decision to the database. */
export async function textbookL16({ id, decisions, payments }: LifecycleInput): Promise<void> {
  const asked: number[] = [];
  let version = 0;
  setHandler(
    decideUpdate,
    async (decision) => {
      const seq = (version += 1);
      await recordDecision({ id, seq, runId: workflowInfo().runId, decision });
      if (decision.pays !== undefined) asked.push(decision.pays);
      return { version: seq };
    },
    { validator: refuseNameless },
  );
  await payAll(asked, payments);
  await condition(() => version >= decisions && allHandlersFinished());
}
