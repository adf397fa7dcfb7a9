// The versions of a request's form: each hand-in with what had been asked before it, from the audit trail.
import { trusted } from 'mongoose';
import type { Actor } from '../domain/actor.js';
import type { CorrectionPoint } from '../domain/command.js';
import type { RequestEvent } from '../domain/event.js';
import { AuditEntryModel } from './audit-entry.model.js';

export type HandedIn = RequestEvent<'requestSubmitted' | 'requestResubmitted'>;
export type RequestVersion = {
  readonly number: number;
  readonly seq: number;
  readonly atMs: number;
  readonly by: Actor;
  readonly handedIn: HandedIn;
  /** What had been asked; empty for the first. */
  readonly asked: readonly CorrectionPoint[];
  readonly voided: RequestEvent<'verdictsVoided'> | null;
};
type Row = {
  readonly seq: number;
  readonly atMs: number;
  readonly actor: Actor;
  readonly events: readonly RequestEvent[];
};

const handingIn: readonly RequestEvent['kind'][] = ['requestSubmitted', 'requestResubmitted', 'correctionAsked'];

export const versionsOf = async (requestId: string): Promise<RequestVersion[]> => {
  const rows = await AuditEntryModel.find(
    { subjectKind: 'request', subjectId: requestId, 'events.kind': trusted({ $in: [...handingIn] }) },
    { _id: 0, seq: 1, atMs: 1, actor: 1, events: 1 },
  )
    .sort({ seq: 1 })
    .hint('subject-seq')
    .lean<Row[]>()
    .exec();
  return versionsIn(rows);
};

const versionsIn = (rows: readonly Row[]): RequestVersion[] => {
  const versions: RequestVersion[] = [];
  let asked: readonly CorrectionPoint[] = [];
  for (const { seq, atMs, actor: by, events } of rows)
    for (const event of events) {
      if (event.kind === 'correctionAsked') asked = event.points;
      if (event.kind !== 'requestSubmitted' && event.kind !== 'requestResubmitted') continue;
      const voided = events.find((other) => other.kind === 'verdictsVoided') ?? null;
      versions.push({ number: versions.length + 1, seq, atMs, by, handedIn: event, asked, voided });
      asked = [];
    }
  return versions;
};
