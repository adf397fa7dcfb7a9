// Ways to break sound evidence in one place, for tests of the invariants; the chain is linked anew where I6 should stay silent.
import type { Row } from './evidence.js';
import { linked } from './evidence.js';
import type {
  RecordedRequest,
  RequestEvidence,
  StoredInstruction,
  WorkflowEvidence,
} from '../../domain/invariants/evidence.js';

export type Change = (sound: RequestEvidence) => RequestEvidence;

export const firstOf = <T>(rows: readonly T[]): T => {
  const [first] = rows;
  if (first === undefined) throw new Error('nothing to break');
  return first;
};
export const withFirst = <T>(rows: readonly T[], change: Partial<T>): T[] => [
  { ...firstOf(rows), ...change },
  ...rows.slice(1),
];
export const edited =
  (change: Partial<RequestEvidence>): Change =>
  (sound) => ({ ...sound, ...change });

/** `link` covers everything but the hash itself and writes the one before anew. */
const unlinked = (row: Row): Omit<Row, 'hash'> => {
  const { hash, ...entry } = row;
  if (hash === '') throw new Error('a row without a hash');
  return entry;
};
/** Entries changed by somebody who links the whole chain anew, so that I6 is silent and the others have to speak. */
export const relinked = (sound: RequestEvidence, change: (rows: readonly Row[]) => readonly Row[]): RequestEvidence => {
  const rows = change(sound.chain).map(unlinked);
  const chain = linked(sound.requestId, rows);
  const record = sound.record && {
    ...sound.record,
    headHash: chain.at(-1)?.hash ?? '',
    version: chain.at(-1)?.seq ?? 0,
  };
  return { ...sound, chain, record };
};
export const actedBy =
  (command: Row['command'], actor: Row['actor']): Change =>
  (sound) =>
    relinked(sound, (rows) => rows.map((row) => (row.command === command ? { ...row, actor } : row)));

type Event = Row['events'][number];
export const withEvents =
  (change: (event: Event, row: Row) => readonly Event[]): Change =>
  (sound) =>
    relinked(sound, (rows) =>
      rows.map((row) => ({ ...row, events: row.events.flatMap((event) => change(event, row)) })),
    );
export const withoutEvents = (...kinds: readonly Event['kind'][]): Change =>
  withEvents((event) => (kinds.includes(event.kind) ? [] : [event]));

export const withWorkflow =
  (change: (workflow: WorkflowEvidence) => Partial<WorkflowEvidence>): Change =>
  (sound) => ({ ...sound, workflow: sound.workflow && { ...sound.workflow, ...change(sound.workflow) } });
export const withLive = (change: Partial<WorkflowEvidence['live']>): Change =>
  withWorkflow(({ live }) => ({ live: { ...live, ...change } }));
export const withRecord =
  (change: Partial<RecordedRequest>): Change =>
  (sound) => ({ ...sound, record: sound.record && { ...sound.record, ...change } });
export const withInstructions =
  (change: (rows: readonly StoredInstruction[]) => readonly StoredInstruction[]): Change =>
  (sound) => ({ ...sound, instructions: change(sound.instructions) });
