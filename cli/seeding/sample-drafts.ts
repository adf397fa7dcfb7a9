// Finding the drafts that an earlier seeding left: by organisation, call and title, which no two sample requests share. Their ids
// say nothing: were they made from the sample, two databases on one Temporal server would ask for the same workflows.
import { z } from 'zod';
import type { ApiClient } from '../api-client.js';
import { bodyAs } from '../api-client.js';
import type { Draft } from '../driving/drafting.js';
import { draftSchema, startDraft } from '../driving/drafting.js';
import { stepOf, Unexpected, wordsOf } from '../driving/unexpected.js';

const row = draftSchema.extend({
  callId: z.string(),
  sections: z.looseObject({ project: z.looseObject({ titleAr: z.string().nullish() }).optional() }),
});
const page = z.looseObject({ items: z.array(row), next: z.string().nullable() });
type Row = z.output<typeof row>;

const firstPage = '/v1/drafts?limit=200';

const listDrafts = async (api: ApiClient, as: string): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let path: string | null = firstPage; path !== null; ) {
    const call: Parameters<ApiClient['call']>[0] = { name: 'listDrafts', method: 'GET', path, as };
    const answer = await api.call(call);
    if (answer.problem)
      throw new Unexpected({ requestId: null, step: stepOf(call), expected: 'a list', got: wordsOf(answer) });
    const { items, next } = bodyAs(page, answer, call.name);
    rows.push(...items);
    path = next;
  }
  return rows;
};

export type SampleDraft = { readonly applicant: string; readonly callId: string; readonly titleAr: string };

/** A draft that was begun and never filled in has no title yet. */
const isOurs = ({ callId, sections }: Row, wanted: SampleDraft): boolean =>
  callId === wanted.callId && [undefined, null, wanted.titleAr].includes(sections.project?.titleAr);

export type SampleDrafts = {
  readonly find: (wanted: SampleDraft) => Promise<Draft | null>;
  readonly start: (wanted: SampleDraft) => Promise<Draft>;
};

/** What is there is read once per organisation: nobody else writes sample drafts meanwhile. */
export const openSampleDrafts = (api: ApiClient): SampleDrafts => {
  const known = new Map<string, Promise<Row[]>>();
  const draftsOf = (applicant: string): Promise<Row[]> => {
    const rows = known.get(applicant) ?? listDrafts(api, applicant);
    known.set(applicant, rows);
    return rows;
  };
  return {
    find: async (wanted) => (await draftsOf(wanted.applicant)).find((draft) => isOurs(draft, wanted)) ?? null,
    start: ({ applicant, callId }) => startDraft(api, { callId, as: applicant }),
  };
};
