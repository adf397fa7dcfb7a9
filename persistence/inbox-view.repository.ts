// Saved views of inboxes: a box, filters and a sort under a name of the person's own. One document a person; nothing decides by it.
import mongoose from 'mongoose';
import type { PersonCommandKind } from '../domain/command.js';
import type { Stage } from '../domain/lifecycle.js';
import type { Box } from './task.reads.js';
import type { TaskSort } from './task.model.js';
import { withTransaction } from './transaction.js';

export type InboxView = {
  readonly viewId: string;
  readonly name: string;
  readonly box: Box;
  readonly filters: {
    readonly command?: PersonCommandKind;
    readonly stage?: Stage;
    readonly programmeCode?: string;
    readonly governorate?: string;
    readonly late?: boolean;
    readonly dueBefore?: string;
  };
  readonly sort: TaskSort;
  readonly order?: 'asc' | 'desc';
};
type InboxViewsDocument = { readonly _id: string; readonly views: readonly InboxView[] };

export const inboxViewsCollection = () => mongoose.connection.collection<InboxViewsDocument>('inbox_views');

/** More than anyone can tell apart; bounds the document. */
export const mostInboxViews = 50;

export const inboxViewsOf = async (personId: string): Promise<readonly InboxView[]> =>
  (await inboxViewsCollection().findOne({ _id: personId }))?.views ?? [];

const changeViews = (
  personId: string,
  change: (views: readonly InboxView[]) => readonly InboxView[] | null,
): Promise<boolean> =>
  withTransaction(async (session) => {
    const found = await inboxViewsCollection().findOne({ _id: personId }, { session });
    const views = change(found?.views ?? []);
    if (views === null) return false;
    await inboxViewsCollection().updateOne({ _id: personId }, { $set: { views } }, { session, upsert: true });
    return true;
  });

/** A view of the same name is replaced in its place. False when there is no room for another one. */
export const saveInboxView = (personId: string, view: InboxView): Promise<boolean> =>
  changeViews(personId, (views) => {
    const at = views.findIndex(({ name }) => name === view.name);
    if (at >= 0) return views.with(at, view);
    return views.length < mostInboxViews ? [...views, view] : null;
  });

/** False when there is none of this id. */
export const deleteInboxView = (personId: string, viewId: string): Promise<boolean> =>
  changeViews(personId, (views) => {
    const left = views.filter((view) => view.viewId !== viewId);
    return left.length < views.length ? left : null;
  });
