// Waiting until nothing moves any more: every part answers, and what is recorded stays the same for a while.
import { setTimeout as pause } from 'node:timers/promises';
import { connect, disconnect } from '../../persistence/connection.js';
import { auditEntryCollection } from '../../persistence/audit-entry.model.js';
import { paymentInstructionCollection } from '../../persistence/payment-instruction.model.js';
import { waitUntil } from '../../scripts/wait-until.mjs';
import type { Stack } from '../faults/stack.js';
import type { Acknowledged } from './book.js';

const stillForMs = 3_000;
const lookEveryMs = 250;
const patienceMs = 120_000;

const recorded = async (): Promise<string> => {
  const entries = await auditEntryCollection().countDocuments();
  const states = await paymentInstructionCollection()
    .aggregate<{ _id: string; count: number }>([
      { $group: { _id: '$state', count: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  return JSON.stringify([entries, states.map(({ _id, count }) => [_id, Number(count)])]);
};

const isReady = async (url: string): Promise<true> => {
  const response = await fetch(`${url}/readyz`);
  if (!response.ok) throw new Error(await response.text());
  return true;
};

const entriesOf = ({ kind, id }: Acknowledged['subject']): Promise<number> =>
  auditEntryCollection().countDocuments({ subjectKind: kind, subjectId: id });

/** What was acknowledged may still be on its way to the database; when it does not come, the checks will say what is missing. */
const untilRecorded = async (acknowledged: readonly Acknowledged[], until: number): Promise<void> => {
  for (const { subject, version } of newestFirst(acknowledged))
    while ((await entriesOf(subject)) < version && Date.now() < until) await pause(lookEveryMs);
};

const newestFirst = (acknowledged: readonly Acknowledged[]): Acknowledged[] => [
  ...new Map(
    [...acknowledged]
      .sort((one, other) => one.version - other.version)
      .map((one) => [`${one.subject.kind}/${one.subject.id}`, one]),
  ).values(),
];

export type Quiet = { readonly acknowledged: readonly Acknowledged[]; readonly recordedWithinMs: number };

export const untilQuiet = async (
  { mongodbUri, database, url }: Stack,
  { acknowledged, recordedWithinMs }: Quiet,
): Promise<void> => {
  await waitUntil('the API at /readyz', () => isReady(url), { timeoutMs: patienceMs });
  await connect(mongodbUri, database);
  try {
    await untilRecorded(acknowledged, Date.now() + recordedWithinMs);
    let last = await recorded();
    let since = Date.now();
    for (const until = Date.now() + patienceMs; Date.now() - since < stillForMs; await pause(lookEveryMs)) {
      if (Date.now() > until) throw new Error(`things still move ${patienceMs / 1000} s after the last fault`);
      const now = await recorded();
      if (now === last) continue;
      last = now;
      since = Date.now();
    }
  } finally {
    await disconnect();
  }
};
