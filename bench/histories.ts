// What Temporal keeps of a lifecycle: events, bytes, state transitions, and whether a text of the form is among them.
import type { Client } from '@temporalio/client';

export type Kept = { readonly events: number; readonly bytes: number; readonly transitions: number };

/** After the end of a workflow all its events are there; before, a task may be on its way. */
export const keptOf = async (client: Client, workflowId: string): Promise<Kept> => {
  const { historyLength, historySize, raw } = await client.workflow.getHandle(workflowId).describe();
  const transitions = Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0);
  return { events: historyLength, bytes: historySize ?? 0, transitions };
};

/** True when nothing of this workflow is on its way: neither a task nor an activity. */
export const isQuiet = async (client: Client, workflowId: string): Promise<boolean> => {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  return (raw.pendingActivities ?? []).length === 0 && raw.pendingWorkflowTask == null;
};

export type Found = { readonly textBytes: number; readonly payloadBytes: number };

/** Looks at every string and at every run of bytes as Temporal stores them; payloads are bytes there. */
const search = (value: unknown, needle: string): Found => {
  if (typeof value === 'string') return { textBytes: value.includes(needle) ? value.length : 0, payloadBytes: 0 };
  if (value instanceof Uint8Array)
    return { textBytes: Buffer.from(value).includes(needle) ? value.length : 0, payloadBytes: value.length };
  if (typeof value !== 'object' || value === null) return { textBytes: 0, payloadBytes: 0 };
  return Object.values(value).reduce<Found>(
    (sum, inner) => {
      const found = search(inner, needle);
      return { textBytes: sum.textBytes + found.textBytes, payloadBytes: sum.payloadBytes + found.payloadBytes };
    },
    { textBytes: 0, payloadBytes: 0 },
  );
};

export const searchHistory = async (client: Client, workflowId: string, needle: string): Promise<Found> => {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return search(events, needle);
};
