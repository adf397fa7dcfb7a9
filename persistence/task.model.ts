// Open tasks of all requests, for the inboxes: one document each, gone when answered. Written by activities only.
import mongoose, { Schema } from 'mongoose';
import type { Role, RoleHeld } from '../domain/actor.js';
import type { PersonCommandKind } from '../domain/command.js';
import type { DueExplanation } from '../domain/due.js';
import type { Stage } from '../domain/lifecycle.js';
import type { NamedIndex } from './named-index.js';

export type TaskDocument = {
  /** `<requestId>/<name>` */
  readonly _id: string;
  readonly requestId: string;
  readonly reference?: string;
  readonly titleAr?: string;
  readonly titleEn?: string;
  readonly name: string;
  readonly command: PersonCommandKind;
  readonly role: Role;
  readonly organisationId?: string;
  readonly governorate?: string;
  readonly level?: string;
  readonly personId?: string;
  readonly number?: number;
  /** Whose inbox it is in, in one word (see `audienceOf`): an inbox is then a few ranges of one index. */
  readonly audience: string;
  readonly stage: Stage;
  readonly dueAt: Date | null;
  /** As `dueAt`; tasks without a due time come last. */
  readonly dueOrder: Date;
  readonly sinceVersion: number;
  readonly programmeCode: string;
  readonly amountMinor: string;
  readonly amountOrder: bigint;
  readonly openedAt: Date;
  /** How the due time was computed, worked out when it was written. */
  readonly dueBecause?: DueExplanation;
  /** A second sight of unanswered work, for those who see to it. */
  readonly rerouted?: true;
};

type Scope = Pick<TaskDocument, 'organisationId' | 'governorate' | 'level' | 'personId'>;

/** A task is for one person, or for the holders of its role in one scope, or for all holders of its role. */
export const audienceOf = (role: Role, { personId, organisationId, governorate, level }: Scope): string => {
  if (personId !== undefined) return `${role}/person/${personId}`;
  if (organisationId !== undefined) return `${role}/organisation/${organisationId}`;
  if (governorate !== undefined) return `${role}/governorate/${governorate}`;
  return level === undefined ? role : `${role}/level/${level}`;
};

/** The audiences a person belongs to. The rules decide again when the task is answered. */
export const audiencesOf = (roles: readonly RoleHeld[], personId: string): string[] => [
  ...new Set(
    roles.flatMap(({ role, organisationId, governorate, level, onBehalfOf }) => [
      role,
      audienceOf(role, { personId: onBehalfOf?.personId ?? personId }),
      ...(organisationId === undefined ? [] : [audienceOf(role, { organisationId })]),
      ...(governorate === undefined ? [] : [audienceOf(role, { governorate })]),
      ...(level === undefined ? [] : [audienceOf(role, { level })]),
    ]),
  ),
];

const schema = new Schema<TaskDocument>(
  {
    _id: { type: String, required: true },
    requestId: { type: String, required: true },
    reference: String,
    titleAr: String,
    titleEn: String,
    name: { type: String, required: true },
    command: { type: String, required: true },
    role: { type: String, required: true },
    organisationId: String,
    governorate: String,
    level: String,
    personId: String,
    number: Number,
    audience: { type: String, required: true },
    stage: { type: String, required: true },
    dueAt: { type: Date, default: null },
    dueOrder: { type: Date, required: true },
    sinceVersion: { type: Number, required: true },
    programmeCode: { type: String, required: true },
    amountMinor: { type: String, required: true },
    amountOrder: { type: BigInt, required: true },
    openedAt: { type: Date, required: true },
    dueBecause: Schema.Types.Mixed,
    rerouted: Boolean,
  },
  { collection: 'tasks', versionKey: false, minimize: false },
);

export const TaskModel = mongoose.model<TaskDocument>('Task', schema);
export const taskCollection = () => mongoose.connection.collection<TaskDocument>('tasks');

export const taskSorts = {
  due: { field: 'dueOrder', direction: 1 },
  opened: { field: 'openedAt', direction: 1 },
  amount: { field: 'amountOrder', direction: -1 },
} as const;
export type TaskSort = keyof typeof taskSorts;
export const taskIndexName = (sort: TaskSort): string => `audience-by-${sort}`;

const sortNames = ['due', 'opened', 'amount'] as const satisfies readonly TaskSort[];

export const taskIndexes: readonly NamedIndex[] = [
  { name: 'request', key: { requestId: 1 } },
  ...sortNames.map((sort): NamedIndex => {
    const { field, direction } = taskSorts[sort];
    return { name: taskIndexName(sort), key: { audience: 1, [field]: direction, _id: direction } };
  }),
];
