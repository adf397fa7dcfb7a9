// Gathers what is known of one request from MongoDB and Temporal, all of it as of one version.
import type { Linked } from '../domain/audit/chain.js';
import type { Entry } from '../domain/audit-entry.js';
import type {
  RequestEvidence,
  StoredInstruction,
  StoredPosting,
  WorkflowEvidence,
} from '../domain/invariants/evidence.js';
import type { Plan } from '../domain/plan.js';
import type { HashedEntry, HashedRequestEntry } from '../persistence/audit-entry.model.js';
import { chainOf } from '../persistence/audit-entry.reads.js';
import { attemptSeqsOf, reservationsByKeys, storedRequest } from '../persistence/evidence.reads.js';
import type { PostingRow } from '../persistence/ledger.reads.js';
import { postingsOfRequest } from '../persistence/ledger.reads.js';
import type { PaymentInstructionRow } from '../persistence/payment-instruction.reads.js';
import { instructionsOf } from '../persistence/payment-instruction.reads.js';
import { planByHash } from '../persistence/plan-version.model.js';
import type { RequestDocument } from '../persistence/request.model.js';
import { recordedVersion } from '../persistence/request.reads.js';
import { tasksOfRequest } from '../persistence/task.reads.js';
import { reading } from './could-not-read.js';

export type RequestSource = { readonly workflow: ((requestId: string) => Promise<WorkflowEvidence | null>) | null };

/** `versions` tells whether it stood still while it was read. */
export type Gathered = {
  readonly evidence: RequestEvidence;
  readonly versions: {
    readonly before: number;
    readonly after: number;
    readonly live: number;
    readonly unrecorded: number;
  };
};

const isOfRequest = (row: Linked<HashedEntry>): row is Linked<HashedRequestEntry> => 'planHash' in row;

const postingOf = ({ _id: id, ...posting }: PostingRow): StoredPosting => ({ id, ...posting });
export const instructionOf = ({ _id: id, ...row }: PaymentInstructionRow): StoredInstruction => ({ id, ...row });

const recordOf = (stored: RequestDocument | null): RequestEvidence['record'] => {
  if (stored === null) return null;
  const { version, headHash, planHash, state, ...fields } = stored;
  const nextDueAt = fields.nextDueAt === null ? null : fields.nextDueAt.toISOString();
  return { version, headHash, planHash, state, fields: { ...fields, nextDueAt } };
};

const plansFor = async (hashes: readonly string[]): Promise<Readonly<Record<string, Plan>>> => {
  const known = await Promise.all([...new Set(hashes)].map(async (hash) => [hash, await planByHash(hash)] as const));
  return Object.fromEntries(known);
};

const decisionKeys = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ events }) => events).flatMap((event) => (event.kind === 'fundsAsked' ? [event.decisionKey] : []));

const recordedParts = async (requestId: string) => {
  const chain = (await chainOf({ kind: 'request', id: requestId })).filter(isOfRequest);
  const [tasks, postings, reservations, instructions, attempts] = await Promise.all([
    tasksOfRequest(requestId),
    postingsOfRequest(requestId),
    reservationsByKeys(decisionKeys(chain)),
    instructionsOf(requestId),
    attemptSeqsOf(requestId),
  ]);
  return {
    ...{ chain, tasks, attempts },
    postings: postings.map(postingOf),
    reservations: reservations.map(({ _id, outcome, amountMinor, releasedMinor }) => ({
      ...{ decisionKey: _id, outcome, amountMinor, releasedMinor },
    })),
    instructions: instructions.map(instructionOf),
  };
};

export const gatherRequest = (requestId: string, { workflow: ofRequest }: RequestSource): Promise<Gathered> =>
  reading(`request ${requestId}`, async () => {
    const stored = await storedRequest(requestId);
    const workflow = ofRequest === null ? null : await ofRequest(requestId);
    const parts = await recordedParts(requestId);
    const after = await recordedVersion(requestId);
    const hashes = [...parts.chain.map(({ planHash }) => planHash), ...(stored ? [stored.planHash] : [])];
    return {
      evidence: {
        ...{ requestId, nowMs: Date.now(), record: recordOf(stored), workflow, ...parts },
        plans: await plansFor(hashes),
      },
      versions: {
        before: stored?.version ?? 0,
        after,
        live: workflow?.live.request.version ?? after,
        unrecorded: workflow?.live.unrecorded ?? 0,
      },
    };
  });
