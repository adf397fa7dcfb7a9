// A request as the driver sees it on its page: where it stands, what people are awaited for, and the sums it shows.
import { z } from 'zod';
import { roles } from '../../domain/actor.js';
import { personCommandKinds } from '../../domain/command.js';
import type { PersonCommandKind } from '../../domain/command.js';
import type { ReportState, TrancheState } from '../../domain/grant-request.js';
import { outcomes, stageNames } from '../../domain/lifecycle.js';
import type { Status } from '../../domain/lifecycle.js';

const trancheStates = [
  'waiting',
  'ready',
  'prepared',
  'released',
  'settled',
  'rejected',
  'unknown',
  'confirmed',
  'unearned',
] as const satisfies readonly TrancheState[];
const reportStates = [
  'expected',
  'overdue',
  'submitted',
  'returned',
  'accepted',
] as const satisfies readonly ReportState[];
const statusNames: readonly Status[] = [...stageNames, ...outcomes, 'suspended'];

const money = z.object({ amountMinor: z.string() }).transform(({ amountMinor }) => amountMinor);

const page = z.looseObject({
  id: z.string(),
  version: z.int(),
  stage: z.enum(stageNames),
  status: z.enum(statusNames),
  lateness: z.enum(['late', 'escalated']).nullable(),
  outcome: z.enum(outcomes).nullable(),
  suspended: z.boolean(),
  appeal: z.looseObject({ verdict: z.enum(['uphold', 'send-back']).nullable(), judged: z.int() }).nullable(),
  correction: z.looseObject({ rounds: z.int(), points: z.array(z.object({ section: z.string(), note: z.string() })) }),
  review: z.looseObject({ wanted: z.int(), received: z.int() }),
  awardDetails: z.looseObject({ amount: money, funds: z.string() }).nullable(),
  agreement: z.looseObject({ documentSha256: z.string() }).nullable(),
  tranches: z.array(
    z.looseObject({
      number: z.int(),
      purpose: z.enum(['tranche', 'retention']),
      amount: money,
      state: z.enum(trancheStates),
      changedVersion: z.int(),
    }),
  ),
  reports: z.array(z.looseObject({ number: z.int(), state: z.enum(reportStates), spent: money })),
  refunded: money,
  recovery: z.looseObject({ due: money, received: money, instalments: z.array(z.unknown()) }).nullable(),
  awaited: z.array(
    z.looseObject({
      name: z.string(),
      command: z.enum(personCommandKinds),
      role: z.enum(roles),
      personId: z.string().nullable(),
      governorate: z.string().nullable(),
      level: z.string().nullable(),
      number: z.int().nullable(),
      sinceVersion: z.int(),
    }),
  ),
  internal: z
    .looseObject({
      opinions: z.record(z.string(), z.string()),
      assigned: z.array(z.looseObject({ personId: z.string() })),
      conflicted: z.array(z.string()),
      authority: z
        .looseObject({ approvals: z.array(z.object({ personId: z.string(), level: z.string() })) })
        .nullable(),
      writeOff: z.looseObject({ approvals: z.array(z.object({ personId: z.string() })) }).nullable(),
    })
    .nullable(),
});

/** As `GET /v1/requests/{requestId}` shows it to people of the Fund. */
export const situation = page;
export type Situation = z.output<typeof page>;
export type Awaited = Situation['awaited'][number];
export type TrancheSeen = Situation['tranches'][number];

/** One call that a person makes on the request, as an answer to what is awaited or of their own accord. */
export type Act = {
  readonly command: PersonCommandKind;
  readonly as: string;
  /** Below `/v1/requests/{requestId}`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
};
