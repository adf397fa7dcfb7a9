// Keeping drafts of plans and publishing them: every change leaves its entry in the register, in the same transaction.
import type { FieldChange } from '../domain/audit/register-entry.js';
import { changedFields } from '../domain/audit/register-entry.js';
import type { Plan } from '../domain/plan.js';
import type { DraftSeen, Publication } from '../domain/plan-publishing.js';
import type { HeldRole } from '../domain/plan-check/held-role-faults.js';
import { draftFault, publicationFault, publicationFaults } from '../domain/plan-publishing.js';
import type { PlanDraftDocument } from './plan-draft.model.js';
import { planDraftCollection, PlanDraftModel } from './plan-draft.model.js';
import { planHashOf, publishPlan } from './plan-version.model.js';
import { hashOfVersion } from './plan-version.reads.js';
import type { RegisterDraft, Registered } from './register.repository.js';
import { changeRegister } from './register.repository.js';
import type { Session } from './transaction.js';

export const planDraftById = (planId: string): Promise<PlanDraftDocument | null> =>
  PlanDraftModel.findById(planId).lean<PlanDraftDocument | null>();

const mostDrafts = 200;

/** Newest first; a Fund has a handful at a time. */
export const planDrafts = (): Promise<PlanDraftDocument[]> =>
  PlanDraftModel.find().sort({ updatedAt: -1, _id: -1 }).limit(mostDrafts).lean<PlanDraftDocument[]>();

const subjectOf = (planId: string) => ({ kind: 'plan', id: planId }) as const;

const sectionsChanged = (before: Plan | null, after: Plan): FieldChange[] => changedFields({ ...before }, { ...after });

const seen = ({ version, lastEditedBy, publishedHash }: PlanDraftDocument): DraftSeen => ({
  version,
  lastEditedBy,
  finished: publishedHash !== null,
});

const inSession = async (session: Session, planId: string): Promise<PlanDraftDocument> => {
  const found = await planDraftCollection().findOne({ _id: planId }, { session });
  if (found === null) throw new Error(`the draft ${planId} is gone`); // drafts are never deleted
  return found;
};

/** `base` is the published plan it starts from; the entry shows what is different in it. */
export const draftPlan = (
  entry: RegisterDraft,
  planId: string,
  { plan, base }: { readonly plan: Plan; readonly base: { readonly hash: string; readonly plan: Plan } | null },
): Promise<Registered> =>
  changeRegister(subjectOf(planId), entry, async (session, version) => {
    const draft: PlanDraftDocument = {
      ...{ _id: planId, version, plan, basedOn: base?.hash ?? null, publishedHash: null },
      lastEditedBy: entry.actor.personId,
      updatedAt: new Date(entry.atMs),
    };
    await planDraftCollection().insertOne(draft, { session });
    return {
      changed: [
        { field: 'basedOn', before: null, after: base?.hash ?? null },
        ...sectionsChanged(base?.plan ?? null, plan),
      ],
    };
  });

export const editPlanDraft = (
  entry: RegisterDraft,
  planId: string,
  { plan, expectedVersion }: { readonly plan: Plan; readonly expectedVersion: number },
): Promise<Registered> =>
  changeRegister(subjectOf(planId), entry, async (session, version) => {
    const draft = await inSession(session, planId);
    const fault = draftFault(seen(draft), entry.actor, expectedVersion);
    if (fault) return fault;
    const change = { plan, version, lastEditedBy: entry.actor.personId, updatedAt: new Date(entry.atMs) };
    await planDraftCollection().updateOne({ _id: planId }, { $set: change }, { session });
    return { changed: sectionsChanged(draft.plan, plan) };
  });

export type AskedPublication = Pick<Publication, 'expectedVersion' | 'effectiveFromMs'> & {
  readonly held: readonly HeldRole[];
};

export const publishPlanDraft = (
  entry: RegisterDraft,
  planId: string,
  { held, ...asked }: AskedPublication,
): Promise<Registered> =>
  changeRegister(subjectOf(planId), entry, async (session, version) => {
    const draft = await inSession(session, planId);
    const hash = planHashOf(draft.plan);
    const taken = await hashOfVersion(draft.plan);
    const facts = { versionTaken: taken !== null, faults: publicationFaults(draft.plan, held) };
    const fault = publicationFault(seen(draft), { ...asked, ...facts, by: entry.actor, nowMs: entry.atMs });
    if (fault) return fault;
    const times = { publishedAt: new Date(entry.atMs), effectiveFrom: new Date(asked.effectiveFromMs) };
    await publishPlan(draft.plan, times, session);
    await planDraftCollection().updateOne({ _id: planId }, { $set: { publishedHash: hash, version } }, { session });
    return {
      changed: [
        { field: 'publishedHash', before: null, after: hash },
        { field: 'effectiveFrom', before: null, after: times.effectiveFrom.toISOString() },
      ],
    };
  });
