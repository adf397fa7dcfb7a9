// Reads of the register's audit: its heads for verification, and the entries of one subject for people.
import type { RegisterKind, Subject } from '../domain/audit/chain.js';
import { registerKinds } from '../domain/audit/chain.js';
import type { RegisterEntry } from '../domain/audit/register-entry.js';
import type { TimelineRow } from './audit-entry.reads.js';
import { timelineOf } from './audit-entry.reads.js';
import type { RegisterHeadDocument } from './register-head.model.js';
import { RegisterHeadModel } from './register-head.model.js';

const isRegisterKind = (kind: string): kind is RegisterKind => registerKinds.some((known) => known === kind);

export const registerHeadOf = ({ kind, id }: Subject): Promise<RegisterHeadDocument | null> =>
  RegisterHeadModel.findById(`${kind}/${id}`).lean<RegisterHeadDocument | null>();

export const allRegisterHeads = async function* (): AsyncGenerator<Subject> {
  for await (const { _id } of RegisterHeadModel.find({}, { _id: 1 }).sort({ _id: 1 }).lean().cursor()) {
    const [kind = '', ...id] = _id.split('/');
    if (!isRegisterKind(kind)) throw new Error(`a head of something unknown: ${_id}`);
    yield { kind, id: id.join('/') };
  }
};

export type RegisterRow = TimelineRow<RegisterEntry>;
const isRegisterRow = (row: TimelineRow): row is RegisterRow => isRegisterKind(row.subjectKind);

export const registerTimelineOf = async (subject: Subject, afterSeq: number, limit: number): Promise<RegisterRow[]> =>
  (await timelineOf(subject, afterSeq, limit)).filter(isRegisterRow);
