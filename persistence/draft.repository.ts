// Keeping drafts: created once, saved by compare-and-set on the version, numbered at their first submission.
import type { DraftDocument, DraftSections } from './draft.model.js';
import { counterCollection, draftCollection } from './draft.model.js';

export type NewDraft = Pick<DraftDocument, '_id' | 'organisationId' | 'callId' | 'programmeCode' | 'sections'> & {
  readonly by: string;
  readonly at: Date;
};

/** Idempotent by id: a repeated creation finds the draft as it is by now. */
export const createDraft = async ({ _id, by, at, ...given }: NewDraft): Promise<DraftDocument> => {
  const created: Omit<DraftDocument, '_id'> = {
    ...given,
    version: 1,
    reference: null,
    createdBy: by,
    updatedBy: by,
    createdAt: at,
    updatedAt: at,
    submittedAt: null,
  };
  const draft = await draftCollection().findOneAndUpdate(
    { _id },
    { $setOnInsert: created },
    { upsert: true, returnDocument: 'after' },
  );
  if (draft === null) throw new Error(`draft ${_id} was neither found nor created`);
  return draft;
};

export const draftById = (draftId: string): Promise<DraftDocument | null> =>
  draftCollection().findOne({ _id: draftId });

/** A change of some answers; null takes an answer away. */
export type DraftChange = DraftSections;

const changedPaths = (change: DraftChange): { set: Record<string, unknown>; unset: Record<string, ''> } => {
  const paths = Object.entries(change).flatMap(([section, answers]) =>
    Object.entries(answers).map(([name, answer]) => ({ path: `sections.${section}.${name}`, answer })),
  );
  const set = paths
    .filter(({ answer }) => answer !== null)
    .map(({ path, answer }): [string, unknown] => [path, answer]);
  const unset = paths.filter(({ answer }) => answer === null).map(({ path }): [string, ''] => [path, '']);
  return { set: Object.fromEntries(set), unset: Object.fromEntries(unset) };
};

export type DraftSave = {
  readonly draftId: string;
  readonly organisationIds: readonly string[];
  readonly version: number;
  readonly change: DraftChange;
  readonly by: string;
  readonly at: Date;
  /** A draft with a number was handed in at least once: whether it may still change, the caller has to find out first. */
  readonly evenNumbered: boolean;
};

/** Null when nothing matched: another version, another organisation, a number, or no such draft. */
export const saveDraft = (save: DraftSave): Promise<DraftDocument | null> => {
  const { set, unset } = changedPaths(save.change);
  return draftCollection().findOneAndUpdate(
    {
      _id: save.draftId,
      organisationId: { $in: [...save.organisationIds] },
      version: save.version,
      ...(save.evenNumbered ? {} : { reference: null }),
    },
    {
      $set: { ...set, updatedBy: save.by, updatedAt: save.at },
      ...(Object.keys(unset).length === 0 ? {} : { $unset: unset }),
      $inc: { version: 1 },
    },
    { returnDocument: 'after' },
  );
};

export const markSubmitted = async (draftId: string, at: Date): Promise<void> => {
  await draftCollection().updateOne({ _id: draftId, submittedAt: null }, { $set: { submittedAt: at } });
};

const digits = 6;

/** The reference of a draft, made at the first asking. A crash in between may skip a number, never give one twice. */
export const referenceFor = async (draft: Pick<DraftDocument, '_id' | 'reference'>, year: number): Promise<string> => {
  if (draft.reference !== null) return draft.reference;
  const counter = await counterCollection().findOneAndUpdate(
    { _id: `reference-${year}` },
    { $inc: { value: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  const reference = `SND-${year}-${String(counter?.value ?? 1).padStart(digits, '0')}`;
  await draftCollection().updateOne({ _id: draft._id, reference: null }, { $set: { reference } });
  const kept = await draftById(draft._id);
  return kept?.reference ?? reference;
};

export type DraftPage = {
  readonly organisationIds: readonly string[];
  readonly after: { readonly updatedAt: Date; readonly id: string } | null;
  readonly limit: number;
};

/** Newest first. One document more than the limit tells that there is a next page. */
export const draftsOf = ({ organisationIds, after, limit }: DraftPage): Promise<DraftDocument[]> =>
  draftCollection()
    .find({
      organisationId: { $in: [...organisationIds] },
      ...(after === null
        ? {}
        : { $or: [{ updatedAt: { $lt: after.updatedAt } }, { updatedAt: after.updatedAt, _id: { $lt: after.id } }] }),
    })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit)
    .toArray();
