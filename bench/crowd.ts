// Many requests without many lifecycles: a few are really played and recorded, and their documents are copied under other ids, dates,
// amounts and organisations. What is read in P12 then has the exact shape that recording gives it.
import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { waitUntil } from '../scripts/wait-until.mjs';
import type { AuditEntryDocument } from '../persistence/audit-entry.model.js';
import { auditEntryCollection } from '../persistence/audit-entry.model.js';
import type { RequestDocument } from '../persistence/request.model.js';
import { requestCollection } from '../persistence/request.model.js';
import type { TaskDocument } from '../persistence/task.model.js';
import { taskCollection } from '../persistence/task.model.js';
import { workflowIdOf } from '../workflows/contract.js';
import type { Random } from './arithmetic.js';
import { seededRandom } from './arithmetic.js';
import { prepareProduct } from './drivers/product.js';
import type { Field } from './field.js';
import { isQuiet } from './histories.js';
import { decisionsPerLifecycle } from './l16.js';
import { organisationId, programmeCode } from './reference-data.js';

type Template = {
  readonly request: RequestDocument;
  readonly tasks: readonly TaskDocument[];
  readonly entries: readonly AuditEntryDocument[];
};

/** One request for every step at which a request can stand. */
export const recordTemplates = async (field: Field): Promise<Template[]> => {
  const templates: Template[] = [];
  for (let steps = 1; steps <= decisionsPerLifecycle; steps += 1) {
    const lifecycle = await prepareProduct(field, { noWait: true });
    for (let step = 0; step < steps; step += 1) {
      await lifecycle.ready(step);
      await lifecycle.take(step);
    }
    await lifecycle.until(steps);
    const workflowId = workflowIdOf(lifecycle.id);
    await waitUntil('nothing on its way', () => isQuiet(field.client, workflowId), { everyMs: 10 });
    templates.push(await templateOf(lifecycle.id));
  }
  return templates;
};

const templateOf = async (id: string): Promise<Template> => {
  const request = await requestCollection().findOne({ _id: id });
  if (request === null) throw new Error(`request ${id} is not recorded`);
  const tasks = await taskCollection().find({ requestId: id }).toArray();
  const entries = await auditEntryCollection().find({ subjectKind: 'request', subjectId: id }).toArray();
  return { request, tasks, entries };
};

/** Few enough that a page of one of them is full in the smaller crowd, too. */
const organisations = 20;
const programmes = 4;
const longestAgoMs = 300 * 86_400_000;
const seed = 12;

type Guise = {
  readonly id: string;
  readonly organisation: string;
  readonly programme: string;
  readonly agoMs: number;
  readonly amountMinor: string;
};

const numbered = (name: string, number: number): string => (number === 0 ? name : `${name}-${number}`);

export const crowdId = (index: number): string => `crowd-${String(index).padStart(8, '0')}`;

const guiseOf = (index: number, random: Random): Guise => ({
  id: crowdId(index),
  organisation: numbered(organisationId, index % organisations),
  programme: numbered(programmeCode, Math.floor(random() * programmes)),
  agoMs: Math.floor(random() * longestAgoMs),
  amountMinor: String(Math.floor(random() * 100_000_000) + 1_000_000),
});

const earlier = (date: Date, { agoMs }: Guise): Date => new Date(date.getTime() - agoMs);
const earlierDue = (date: Date | null, guise: Guise): Date | null => (date === null ? null : earlier(date, guise));
/** Documents without a due time keep the instant that sorts them last. */
const order = (dueOrder: Date, due: Date | null): Date => due ?? dueOrder;

const requestIn = ({ request }: Template, guise: Guise): RequestDocument => {
  const nextDueAt = earlierDue(request.nextDueAt, guise);
  return {
    ...request,
    _id: guise.id,
    state: { ...request.state, id: guise.id },
    organisationId: guise.organisation,
    programmeCode: guise.programme,
    requestedMinor: guise.amountMinor,
    awardMinor: request.awardMinor === null ? null : guise.amountMinor,
    amountOrder: BigInt(guise.amountMinor),
    nextDueAt,
    dueOrder: order(request.dueOrder, nextDueAt),
    submittedAt: earlier(request.submittedAt, guise),
    enteredStageAt: earlier(request.enteredStageAt, guise),
    updatedAt: earlier(request.updatedAt, guise),
  };
};

const tasksIn = ({ tasks }: Template, guise: Guise): TaskDocument[] =>
  tasks.map((task) => {
    const dueAt = earlierDue(task.dueAt, guise);
    const ofNgo = task.organisationId === undefined ? {} : { organisationId: guise.organisation };
    return {
      ...task,
      ...ofNgo,
      _id: `${guise.id}/${task.name}`,
      requestId: guise.id,
      audience: task.audience.replace(organisationId, guise.organisation),
      watchers: task.watchers.map((watcher) => watcher.replace(organisationId, guise.organisation)),
      programmeCode: guise.programme,
      amountMinor: guise.amountMinor,
      amountOrder: BigInt(guise.amountMinor),
      dueAt,
      dueOrder: order(task.dueOrder, dueAt),
      openedAt: earlier(task.openedAt, guise),
    };
  });

/** Hashes are copied as they are: a timeline is read, not verified. */
const entriesIn = ({ entries }: Template, guise: Guise): AuditEntryDocument[] =>
  entries.map((entry) => ({ ...entry, subjectId: guise.id, atMs: entry.atMs - guise.agoMs }));

const withoutId = (document: object): object =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== '_id'));

/** Collections and indexes as `ensureIndexes` made them, and what every call reads beside requests. */
const copyGround = async (from: mongo.Db, to: mongo.Db): Promise<void> => {
  const copied = ['people', 'organisations', 'programmes', 'calls', 'plan_versions'];
  for (const { name } of await from.listCollections({}, { nameOnly: true }).toArray()) {
    await to.createCollection(name);
    const indexes = (await from.collection(name).indexes()).filter((index) => index.name !== '_id_');
    if (indexes.length > 0) await to.collection(name).createIndexes(indexes);
    const documents = copied.includes(name) ? await from.collection(name).find().toArray() : [];
    if (documents.length > 0) await to.collection(name).insertMany(documents);
  }
};

const atOnce = 500;

/** Fills a database of its own with so many requests. */
export const fillCrowd = async (database: string, templates: readonly Template[], count: number): Promise<void> => {
  const from = mongoose.connection.db;
  if (from === undefined) throw new Error('MongoDB is not connected');
  const to = mongoose.connection.getClient().db(database);
  await copyGround(from, to);
  const random = seededRandom(seed);
  const write = async (name: string, documents: readonly object[]): Promise<void> => {
    if (documents.length > 0)
      await to.collection(name).insertMany([...documents], { ordered: false, writeConcern: { w: 1 } });
  };
  for (let start = 0; start < count; start += atOnce) {
    const copies = Array.from({ length: Math.min(atOnce, count - start) }, (_, offset) => {
      const index = start + offset;
      const template = templates[Math.floor(random() * templates.length)];
      if (template === undefined) throw new Error('there is nothing to copy');
      return { template, guise: guiseOf(index, random) };
    });
    await write(
      'requests',
      copies.map(({ template, guise }) => requestIn(template, guise)),
    );
    await write(
      'tasks',
      copies.flatMap(({ template, guise }) => tasksIn(template, guise)),
    );
    await write(
      'audit_entries',
      copies.flatMap(({ template, guise }) => entriesIn(template, guise).map(withoutId)),
    );
  }
};

export const dropCrowd = async (database: string): Promise<void> => {
  await mongoose.connection.getClient().db(database).dropDatabase();
};
