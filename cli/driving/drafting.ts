// Writing a draft and handing it in: the applicant fills in section by section, the signatory submits.
import { z } from 'zod';
import type { ApiAnswer, ApiCall, ApiClient } from '../api-client.js';
import { bodyAs } from '../api-client.js';
import type { Cast } from './cast.js';
import type { DraftContent } from './form.js';
import { formOf, mended } from './form.js';
import { Unexpected, stepOf, wordsOf } from './unexpected.js';

export const draftSchema = z.looseObject({ draftId: z.string(), version: z.int(), submittedAt: z.string().nullable() });
export type Draft = z.output<typeof draftSchema>;

const accepted = async (api: ApiClient, call: ApiCall, requestId: string | null): Promise<ApiAnswer> => {
  const answer = await api.call(call);
  if (answer.problem === null) return answer;
  throw new Unexpected({ requestId, step: stepOf(call), expected: 'accepted', got: wordsOf(answer) });
};

export const readDraft = async (api: ApiClient, draftId: string, as: string): Promise<Draft> => {
  const answer = await accepted(api, { name: 'readDraft', method: 'GET', path: `/v1/drafts/${draftId}`, as }, draftId);
  return bodyAs(draftSchema, answer, 'readDraft');
};

export const startDraft = async (
  api: ApiClient,
  { callId, as }: { readonly callId: string; readonly as: string },
): Promise<Draft> => {
  const call = { name: 'createDraft', method: 'POST', path: '/v1/drafts', as, body: { callId } } as const;
  return bodyAs(draftSchema, await accepted(api, call, null), 'createDraft');
};

const save = async (api: ApiClient, draft: Draft, as: string, sections: unknown): Promise<Draft> => {
  const path = `/v1/drafts/${draft.draftId}`;
  const call = {
    name: 'saveDraft',
    method: 'PATCH',
    path,
    as,
    ifMatch: `"${draft.version}"`,
    body: { sections },
  } as const;
  return bodyAs(draftSchema, await accepted(api, call, draft.draftId), 'saveDraft');
};

/** Saved in two goes, as a page that saves by itself would. */
export const fillIn = async (api: ApiClient, draft: Draft, content: DraftContent, as: string): Promise<Draft> => {
  const { project, beneficiaries, budget } = formOf(content);
  const begun = await save(api, draft, as, { project });
  return save(api, begun, as, { beneficiaries, budget });
};

export const mend = async (
  api: ApiClient,
  { requestId, content, round, as }: { requestId: string; content: DraftContent; round: number; as: string },
): Promise<void> => {
  const draft = await readDraft(api, requestId, as);
  await save(api, draft, as, mended(content, round));
};

/** With the draft's id in the key, a submission whose answer was lost is repeated, not made anew. */
export const submit = async (api: ApiClient, { draftId, version }: Draft, { signatory }: Cast): Promise<void> => {
  const path = `/v1/drafts/${draftId}/submission`;
  const key = `submission-of-${draftId}`;
  await accepted(
    api,
    { name: 'submitRequest', method: 'POST', path, as: signatory, key, body: { expectedVersion: version } },
    draftId,
  );
};
