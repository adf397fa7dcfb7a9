// Keeping calls in the making and opening them: every change leaves its entry in the register, in the same transaction.
import { changedFields } from '../domain/audit/register-entry.js';
import type { CallMoney } from '../domain/money/envelope.js';
import type { Opening } from '../domain/call-opening.js';
import { openingFault } from '../domain/call-opening.js';
import type { DraftSeen } from '../domain/plan-publishing.js';
import { draftFault } from '../domain/plan-publishing.js';
import { refuse } from '../domain/refusal.js';
import type { CallContent, CallDraftDocument } from './call-draft.model.js';
import { callDraftCollection, CallDraftModel } from './call-draft.model.js';
import { callCollection } from './programme.model.js';
import type { RegisterDraft, Registered } from './register.repository.js';
import { changeRegister } from './register.repository.js';
import type { Session } from './transaction.js';

export const callDraftById = (callId: string): Promise<CallDraftDocument | null> =>
  CallDraftModel.findById(callId).lean<CallDraftDocument | null>();

const mostDrafts = 200;

export const callDrafts = (): Promise<CallDraftDocument[]> =>
  CallDraftModel.find().sort({ updatedAt: -1, _id: -1 }).limit(mostDrafts).lean<CallDraftDocument[]>();

const subjectOf = (callId: string) => ({ kind: 'call', id: callId }) as const;

const seen = ({ version, lastEditedBy, openedBy }: CallDraftDocument): DraftSeen => ({
  version,
  lastEditedBy,
  finished: openedBy !== null,
});

/** Instants as text: an audit entry is JSON. */
const audited = (content: CallContent): Record<string, unknown> => ({
  ...content,
  opensAt: content.opensAt.toISOString(),
  closesAt: content.closesAt.toISOString(),
});

/** What a call hands out, opened or still in the making: its money has to be there before it opens. */
export const callMoney = async (session: Session, callId: string): Promise<CallMoney | null> =>
  (await callCollection().findOne({ _id: callId }, { session })) ??
  (await callDraftCollection().findOne({ _id: callId }, { session }))?.content ??
  null;

const inSession = async (session: Session, callId: string): Promise<CallDraftDocument> => {
  const found = await callDraftCollection().findOne({ _id: callId }, { session });
  if (found === null) throw new Error(`the draft of call ${callId} is gone`); // drafts are never deleted
  return found;
};

const isTaken = async (session: Session, callId: string): Promise<boolean> =>
  (await callDraftCollection().findOne({ _id: callId }, { session })) !== null ||
  (await callCollection().findOne({ _id: callId }, { session })) !== null;

export const draftCall = (entry: RegisterDraft, callId: string, content: CallContent): Promise<Registered> =>
  changeRegister(subjectOf(callId), entry, async (session, version) => {
    if (await isTaken(session, callId)) return refuse('conditionsNotMet', 'call-id-free');
    const made = { lastEditedBy: entry.actor.personId, updatedAt: new Date(entry.atMs), openedBy: null };
    await callDraftCollection().insertOne({ _id: callId, version, content, ...made }, { session });
    return { changed: changedFields({}, audited(content)) };
  });

export const editCall = (
  entry: RegisterDraft,
  callId: string,
  { content, expectedVersion }: { readonly content: CallContent; readonly expectedVersion: number },
): Promise<Registered> =>
  changeRegister(subjectOf(callId), entry, async (session, version) => {
    const draft = await inSession(session, callId);
    const fault = draftFault(seen(draft), entry.actor, expectedVersion);
    if (fault) return fault;
    const change = { content, version, lastEditedBy: entry.actor.personId, updatedAt: new Date(entry.atMs) };
    await callDraftCollection().updateOne({ _id: callId }, { $set: change }, { session });
    return { changed: changedFields(audited(draft.content), audited(content)) };
  });

/** Facts the edge looked up for the content under `expectedVersion`; a later edit makes the version stale. */
export type OpeningFacts = Pick<
  Opening,
  'expectedVersion' | 'planEffectiveFromMs' | 'programmeKnown' | 'availableMinor'
>;

export const openCall = (entry: RegisterDraft, callId: string, facts: OpeningFacts): Promise<Registered> =>
  changeRegister(subjectOf(callId), entry, async (session, version) => {
    const draft = await inSession(session, callId);
    const { opensAt, closesAt, ceilingMinor, budgetMinor } = draft.content;
    const times = { opensAtMs: opensAt.getTime(), closesAtMs: closesAt.getTime(), nowMs: entry.atMs };
    const fault = openingFault(seen(draft), { ...facts, ...times, ceilingMinor, budgetMinor, by: entry.actor });
    if (fault) return fault;
    await callCollection().insertOne({ _id: callId, ...draft.content }, { session });
    const opened = { openedBy: entry.actor.personId, version };
    await callDraftCollection().updateOne({ _id: callId }, { $set: opened }, { session });
    return { changed: [{ field: 'openedBy', before: null, after: entry.actor.personId }] };
  });
