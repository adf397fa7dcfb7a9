// Sound evidence about a journey in memory, as storage and Temporal would show it; tests break it in one place each.
import type { Linked } from '../../domain/audit/chain.js';
import { chainStart, link } from '../../domain/audit/chain.js';
import type { Entry } from '../../domain/audit-entry.js';
import type {
  RequestEvidence,
  StoredInstruction,
  StoredPosting,
  StoredReservation,
} from '../../domain/invariants/evidence.js';
import { storyOf } from '../../domain/invariants/story.js';
import { nextDeadline } from '../../domain/deadline.js';
import { phaseOf, statusOf } from '../../domain/lifecycle.js';
import { envelopeIdOf } from '../../domain/money/envelope.js';
import { postingsOf } from '../../domain/money/ledger.js';
import { trancheNumbered } from '../../domain/money/tranche-state.js';
import type { Plan } from '../../domain/plan.js';
import { tasksOf } from '../../domain/task.js';
import { hashing } from '../../platform/hashing.js';
import type { Journey } from './journey.js';
import { calmPlan } from './plans.js';

export const planHash = 'plan-of-the-test';

export type Row = Linked<Entry & { readonly planHash: string }>;

/** Links entries anew, as somebody with the whole database could. */
export const linked = (id: string, entries: readonly (Entry & { readonly planHash: string })[]): Row[] => {
  let head = chainStart({ kind: 'request', id }, hashing);
  return entries.map((entry) => {
    const row = link(entry, head, hashing);
    head = row.hash;
    return row;
  });
};

const fieldsOf = (request: ReturnType<Journey['request']>) => {
  const { file, award, position, outcome, suspension } = request;
  const due = nextDeadline(request);
  return {
    status: statusOf(request),
    phase: phaseOf(position.stage),
    ...{ stage: position.stage, lateness: position.lateness, suspended: suspension !== null, outcome },
    ...{ organisationId: file?.organisationId, programmeCode: file?.programmeCode, callId: file?.callId },
    ...{
      governorates: file?.governorates,
      requestedMinor: file?.requestedMinor,
      awardMinor: award?.amountMinor ?? null,
    },
    amountOrder: BigInt(award?.amountMinor ?? file?.requestedMinor ?? '0'),
    nextDueAt: due === null ? null : new Date(due.atMs).toISOString(),
  };
};

type Story = ReturnType<typeof storyOf>;

const postingsIn = (story: Story): StoredPosting[] =>
  story.flatMap(({ entry, after }) =>
    entry.events
      .flatMap((event) =>
        event.kind === 'fundsAsked'
          ? [{ kind: 'reserve', from: 'available', to: 'reserved', amountMinor: event.amountMinor }]
          : postingsOf(event),
      )
      .map((posting, index) => ({
        ...{ ...posting, id: `${after.id}-${entry.seq}-${index}`, seq: entry.seq },
        envelopeId: after.file === null ? '' : envelopeIdOf(after.file),
        amountMinor: BigInt(posting.amountMinor),
      })),
  );

const reservationsIn = (story: Story): StoredReservation[] =>
  story.flatMap(({ entry }) =>
    entry.events.flatMap((event) =>
      event.kind === 'fundsAsked'
        ? [
            {
              ...{ decisionKey: event.decisionKey, outcome: 'reserved' as const, releasedMinor: 0n },
              amountMinor: BigInt(event.amountMinor),
            },
          ]
        : [],
    ),
  );

const instructionsIn = (story: Story): StoredInstruction[] => {
  const events = story.flatMap(({ entry }) => entry.events);
  const spoken = (id: string, kind: string): boolean =>
    events.some((event) => 'instructionId' in event && event.instructionId === id && event.kind === kind);
  return story.flatMap(({ entry, after }) =>
    entry.events.flatMap((event) => {
      if (event.kind !== 'paymentInstructed') return [];
      const { instructionId: id, number, purpose, amountMinor, accountId, replaces } = event;
      const rejected = spoken(id, 'paymentRejected');
      const settled = spoken(id, 'paymentSettled');
      const state = rejected ? 'rejected' : settled ? 'settled' : 'sent';
      const preparedBy = trancheNumbered(after, number)?.preparedBy ?? null;
      return [
        {
          ...{ id, number, purpose, amountMinor, accountId, replaces, state, preparedBy },
          live: !rejected,
          batchId: 'b',
        },
      ];
    }),
  );
};

export const evidenceOf = (told: Journey, plan: Plan = calmPlan): RequestEvidence => {
  const request = told.request();
  const requestId = request.id;
  const chain = linked(
    requestId,
    told.entries().map((entry) => ({ ...entry, planHash })),
  );
  const story = storyOf({ requestId, chain });
  return {
    requestId,
    nowMs: told.nowMs(),
    plans: { [planHash]: plan },
    chain,
    record: {
      ...{ version: request.version, headHash: chain.at(-1)?.hash ?? '', planHash },
      ...{ state: request, fields: fieldsOf(request) },
    },
    tasks: tasksOf(request, { plan, nowMs: told.entries().at(-1)?.atMs ?? 0 }),
    workflow: {
      ...{ open: request.outcome === null, complete: true, activityAttempts: 1, taskAttempts: 1 },
      updates: told
        .entries()
        .filter(({ kind }) => kind === 'decision')
        .map(({ key = '', fingerprint = '', command, seq }) => ({
          ...{ updateId: key, command, key, fingerprint, version: seq, failed: false },
        })),
      live: { request, unrecorded: 0, recordingFault: null },
    },
    postings: postingsIn(story),
    reservations: reservationsIn(story),
    instructions: instructionsIn(story),
    attempts: [1, 2, 3],
  };
};
