// Changing what the API keeps (plans, calls, sessions, calendars, people): the change and its audit entry in one transaction.
// Every such write goes through here, so that none of them is without its entry and each key has one effect.
import type { RegisterKind } from '../domain/audit/chain.js';
import { chainStart, link } from '../domain/audit/chain.js';
import type { RegisterEntry } from '../domain/audit/register-entry.js';
import type { Refusal } from '../domain/refusal.js';
import { hashing } from '../platform/hashing.js';
import { auditEntryCollection } from './audit-entry.model.js';
import { isDuplicateKey } from './duplicate-key.js';
import type { RegisterHeadDocument } from './register-head.model.js';
import { registerHeadCollection } from './register-head.model.js';
import type { Session } from './transaction.js';
import { withTransaction } from './transaction.js';

export type RegisterSubject = { readonly kind: RegisterKind; readonly id: string };
/** An entry before it has its place in the sequence. What changed is told by the change itself, which knows what was before. */
export type RegisterDraft = Omit<RegisterEntry, 'seq' | 'changed' | 'kind'>;
/** What a change answers: the fields it changed, or why it changed nothing. */
export type RegisterChange =
  | { readonly changed: RegisterEntry['changed']; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly changed?: never };
export type Registered =
  | { readonly seq: number; readonly repeated: boolean; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly seq?: never; readonly repeated?: never };

const headId = ({ kind, id }: RegisterSubject): string => `${kind}/${id}`;

/** Thrown to leave a transaction without a trace when the change was refused. */
class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

const earlierSeq = async (session: Session, { kind, id }: RegisterSubject, key: string): Promise<number | null> => {
  const filter = { subjectKind: kind, subjectId: id, key };
  const found = await auditEntryCollection().findOne(filter, { session, projection: { seq: 1 } });
  return found?.seq ?? null;
};

const moveHead = async (
  session: Session,
  before: RegisterHeadDocument | null,
  after: RegisterHeadDocument,
): Promise<void> => {
  // Two first changes at once: one insert wins, the other transaction is repeated and finds the head.
  if (before === null) return void (await registerHeadCollection().insertOne(after, { session }));
  await registerHeadCollection().updateOne(
    { _id: after._id, version: before.version },
    { $set: { version: after.version, headHash: after.headHash } },
    { session },
  );
};

const writeOnce = async (
  session: Session,
  subject: RegisterSubject,
  draft: RegisterDraft,
  change: (session: Session, version: number) => Promise<RegisterChange>,
): Promise<Registered> => {
  const earlier = await earlierSeq(session, subject, draft.key);
  if (earlier !== null) return { seq: earlier, repeated: true };
  const head = await registerHeadCollection().findOne({ _id: headId(subject) }, { session });
  const seq = (head?.version ?? 0) + 1;
  const { changed, refusal } = await change(session, seq);
  if (refusal) throw new Refused(refusal);
  const entry: RegisterEntry = { ...draft, kind: 'decision', seq, changed };
  const row = link(entry, head?.headHash ?? chainStart(subject, hashing), hashing);
  await moveHead(session, head, { _id: headId(subject), version: seq, headHash: row.hash });
  await auditEntryCollection().insertOne(
    { subjectKind: subject.kind, subjectId: subject.id, ...row, runId: 'api', writtenAt: new Date() },
    { session },
  );
  return { seq, repeated: false };
};

/**
 * Carries out one change and records it. `change` gets the session to write with and the subject's version after it, and
 * must have no effect outside the session, because a transaction may be repeated. A refusal writes nothing.
 */
export const changeRegister = async (
  subject: RegisterSubject,
  draft: RegisterDraft,
  change: (session: Session, version: number) => Promise<RegisterChange>,
): Promise<Registered> => {
  const attempt = () => withTransaction((session) => writeOnce(session, subject, draft, change));
  try {
    return await attempt().catch((error: unknown) => {
      if (isDuplicateKey(error)) return attempt(); // somebody else was first; look again
      throw error;
    });
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
};
