// Open tasks of all requests, for the inboxes: one document each, gone when answered. Written by activities only.
import mongoose, { Schema } from 'mongoose';
import type { Role, RoleHeld } from '../domain/actor.js';
import type { PersonCommandKind } from '../domain/command.js';
import type { DueExplanation } from '../domain/due.js';
import type { Stage } from '../domain/lifecycle.js';
import type { SourceTerm } from '../domain/money/funding-source.js';
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
  /** Who waits for it to be answered: people who acted on the request, and its NGO (see task.projection.ts); bounded. */
  readonly watchers: readonly string[];
  readonly stage: Stage;
  readonly dueAt: Date | null;
  /** As `dueAt`; tasks without a due time come last. */
  readonly dueOrder: Date;
  readonly sinceVersion: number;
  readonly programmeCode: string;
  /** Where the project is; `governorate` is whose answer is awaited. */
  readonly governorates: readonly string[];
  readonly amountMinor: string;
  readonly amountOrder: bigint;
  readonly openedAt: Date;
  /** How the due time was computed, worked out when it was written. */
  readonly dueBecause?: DueExplanation;
  /** The term of the source of money that stopped the last award. */
  readonly stoppedBy?: SourceTerm;
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

/** The box of tasks for the person alone. The rules decide again when a task is answered. */
export const ownAudiences = (roles: readonly RoleHeld[], personId: string): string[] => [
  // Whoever stands in for somebody is waited for in that person's place.
  ...new Set(roles.map(({ role, onBehalfOf }) => audienceOf(role, { personId: onBehalfOf?.personId ?? personId }))),
];

/** The box of tasks for everyone who holds one of these roles in its scope. */
export const teamAudiences = (roles: readonly RoleHeld[]): string[] => [
  ...new Set(
    roles.flatMap(({ role, organisationId, governorate, level }) => [
      role,
      ...(organisationId === undefined ? [] : [audienceOf(role, { organisationId })]),
      ...(governorate === undefined ? [] : [audienceOf(role, { governorate })]),
      ...(level === undefined ? [] : [audienceOf(role, { level })]),
    ]),
  ),
];

/** How an NGO stands among the watchers; people stand there by their id, which has no slash. */
export const organisationWatcher = (organisationId: string): string => `organisation/${organisationId}`;

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
    watchers: { type: [String], required: true },
    stage: { type: String, required: true },
    dueAt: { type: Date, default: null },
    dueOrder: { type: Date, required: true },
    sinceVersion: { type: Number, required: true },
    programmeCode: { type: String, required: true },
    governorates: { type: [String], required: true },
    amountMinor: { type: String, required: true },
    amountOrder: { type: BigInt, required: true },
    openedAt: { type: Date, required: true },
    dueBecause: Schema.Types.Mixed,
    stoppedBy: String,
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
export const taskHeads = ['audience', 'watchers'] as const;
export type TaskHead = (typeof taskHeads)[number];
export const taskIndexName = (head: TaskHead, sort: TaskSort): string => `${head}-${sort}-filtered`;

const sortNames = ['due', 'opened', 'amount'] as const satisfies readonly TaskSort[];

/** What filters look at stands behind the sort, so that rows they leave out are passed over without being fetched. */
const filtered = { audience: 1, command: 1, stage: 1, programmeCode: 1, dueOrder: 1 } as const;

const rest = (...leading: readonly string[]): NamedIndex['key'] =>
  Object.fromEntries(Object.entries(filtered).filter(([field]) => !leading.includes(field)));

export const taskIndexes: readonly NamedIndex[] = [
  { name: 'request', key: { requestId: 1 } },
  ...taskHeads.flatMap((head) =>
    sortNames.map((sort): NamedIndex => {
      const { field, direction } = taskSorts[sort];
      return {
        name: taskIndexName(head, sort),
        key: { [head]: 1, [field]: direction, _id: direction, ...rest(head, field) },
      };
    }),
  ),
];
