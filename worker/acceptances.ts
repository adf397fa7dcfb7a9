// How a recording that is still running takes in what its request accepts meanwhile, instead of leaving each decision an activity.
// A sink wakes it, a query tells it: the sink runs before the server has the acceptance, the query is answered only afterwards.
import type { Client } from '@temporalio/client';
import type { InjectedSinks } from '@temporalio/worker';
import type { Acceptances, Following } from '../activities/acceptances.js';
import type { Entry } from '../domain/audit-entry.js';
import type { Logger } from '../platform/logger.js';
import type { RecordingSinks } from '../workflows/contract.js';
import { entriesSinceQuery, workflowIdOf } from '../workflows/contract.js';

/** How long a recording stays for the next decision. Nobody waits for it: what was written has been written. */
const stayMs = 500;
/** A recording under steady traffic ends well inside its time-out (workflows/activity-proxies.ts). */
const longestMs = 4_000;
const queryMs = 2_000;
const heartbeatMs = 1_000;
/** Each that stays holds one of the worker's places for activities; beyond this, new ones end at once. */
const mostStaying = 100;

export type WorkerAcceptances = Acceptances & { readonly sinks: InjectedSinks<RecordingSinks> };

type Heard = { seq: number; wake: () => void };

/** Resolves when the request was heard of, or after `ms`. */
const heardWithin = (heard: Heard, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    heard.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });

/** `heartbeat` tells the server that the activity it is called in lives, so that a killed worker's recording is soon tried again. */
export const createAcceptances = (client: Client, log: Logger, heartbeat: () => void): WorkerAcceptances => {
  const followed = new Map<string, Heard>();

  const entriesSince = async (workflowId: string, seq: number): Promise<readonly Entry[]> => {
    try {
      return await client.withDeadline(Date.now() + queryMs, () =>
        client.workflow.getHandle(workflowId).query(entriesSinceQuery, seq),
      );
    } catch (err) {
      // Nothing is lost: the workflow has the entry still waiting and hands it to its next recording.
      log.warn({ err, workflowId }, 'a recording could not look at what its request accepted meanwhile');
      return [];
    }
  };

  const follow = (requestId: string): Following => {
    const workflowId = workflowIdOf(requestId);
    const untilMs = Date.now() + longestMs;
    const heard: Heard = { seq: 0, wake: () => undefined };
    const stays = followed.size < mostStaying;
    if (stays) followed.set(workflowId, heard);
    const beating = setInterval(heartbeat, heartbeatMs);
    return {
      entriesAfter: async (seq) => {
        const leftMs = Math.min(stayMs, untilMs - Date.now());
        if (!stays || leftMs <= 0) return [];
        if (heard.seq <= seq) await heardWithin(heard, leftMs);
        return heard.seq > seq ? entriesSince(workflowId, seq) : [];
      },
      end: () => {
        clearInterval(beating);
        // A second attempt may have begun while the first one was still running.
        if (followed.get(workflowId) === heard) followed.delete(workflowId);
      },
    };
  };

  return {
    follow,
    sinks: {
      recording: {
        accepted: {
          fn: ({ workflowId }, seq) => {
            const heard = followed.get(workflowId);
            if (heard === undefined) return;
            heard.seq = Math.max(heard.seq, seq);
            heard.wake();
          },
          callDuringReplay: false,
        },
      },
    },
  };
};
