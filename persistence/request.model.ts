// The read model of requests: the folded state and, beside it, the fields that lists filter and sort by. Written by activities only.
import mongoose, { Schema } from 'mongoose';
import type { GrantRequest, Lateness } from '../domain/grant-request.js';
import type { Outcome, Phase, Stage, Status } from '../domain/lifecycle.js';
import { outcomes, phases, stageNames } from '../domain/lifecycle.js';
import type { NamedIndex } from './named-index.js';

export type RequestDocument = {
  readonly _id: string;
  /** The number people use, e.g. SND-2026-000123; from the frozen submission, like the titles. */
  readonly reference?: string;
  readonly titleAr?: string;
  readonly titleEn?: string;
  /** Equals the seq of the last recorded entry. */
  readonly version: number;
  readonly planHash: string;
  readonly state: GrantRequest;
  readonly status: Status;
  readonly phase: Phase;
  readonly stage: Stage;
  readonly lateness: Lateness | null;
  readonly suspended: boolean;
  readonly outcome: Outcome | null;
  readonly organisationId: string;
  readonly programmeCode: string;
  readonly callId: string;
  readonly governorates: readonly string[];
  readonly requestedMinor: string;
  readonly awardMinor: string | null;
  /** Award, or what was requested, in a form that sorts. */
  readonly amountOrder: bigint;
  readonly nextDueAt: Date | null;
  /** As `nextDueAt`; requests without a due time come last. */
  readonly dueOrder: Date;
  readonly submittedAt: Date;
  readonly enteredStageAt: Date;
  readonly updatedAt: Date;
  /** Hash of the last audit entry: the next one links to it. */
  readonly headHash: string;
};

const schema = new Schema<RequestDocument>(
  {
    _id: { type: String, required: true },
    reference: String,
    titleAr: String,
    titleEn: String,
    version: { type: Number, required: true },
    planHash: { type: String, required: true },
    state: { type: Schema.Types.Mixed, required: true },
    status: { type: String, enum: [...stageNames, ...outcomes, 'suspended'], required: true },
    phase: { type: String, enum: phases, required: true },
    stage: { type: String, enum: stageNames, required: true },
    lateness: { type: String, default: null },
    suspended: { type: Boolean, required: true },
    outcome: { type: String, enum: [...outcomes, null], default: null },
    organisationId: { type: String, required: true },
    programmeCode: { type: String, required: true },
    callId: { type: String, required: true },
    governorates: { type: [String], required: true },
    requestedMinor: { type: String, required: true },
    awardMinor: { type: String, default: null },
    amountOrder: { type: BigInt, required: true },
    nextDueAt: { type: Date, default: null },
    dueOrder: { type: Date, required: true },
    submittedAt: { type: Date, required: true },
    enteredStageAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    headHash: { type: String, required: true },
  },
  { collection: 'requests', versionKey: false, minimize: false },
);

export const RequestModel = mongoose.model<RequestDocument>('GrantRequest', schema);

/** The driver's collection: recording writes whole documents made here, so casting them again would only cost time. */
export const requestCollection = () => mongoose.connection.collection<RequestDocument>('requests');

/** Equality first, then the sort with the id as tie-breaker: a page of a list is a walk along one index. */
export const requestHeads = ['organisationId', 'governorates', 'programmeCode', 'status', 'stage'] as const;
export type RequestHead = (typeof requestHeads)[number];
export const requestSorts = {
  updated: { field: 'updatedAt', direction: -1 },
  due: { field: 'dueOrder', direction: 1 },
  amount: { field: 'amountOrder', direction: -1 },
} as const;
export type RequestSort = keyof typeof requestSorts;

export const requestIndexName = (head: RequestHead | null, sort: RequestSort): string =>
  head === null ? `by-${sort}` : `${head}-by-${sort}`;

const sortNames = ['updated', 'due', 'amount'] as const satisfies readonly RequestSort[];

export const requestIndexes: readonly NamedIndex[] = [
  ...[null, ...requestHeads].flatMap((head) =>
    sortNames.map((sort): NamedIndex => {
      const { field, direction } = requestSorts[sort];
      return {
        name: requestIndexName(head, sort),
        key: { ...(head === null ? {} : { [head]: 1 }), [field]: direction, _id: direction },
      };
    }),
  ),
  { name: 'call', key: { callId: 1, _id: 1 } },
];
