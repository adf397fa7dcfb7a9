// Handing in: the first submission starts the workflow with the plan of the call; a correction is handed in from the same draft.
import { z } from 'zod';
import { emptyRequest } from '../../domain/grant-request.js';
import { mayAct, permissions } from '../../domain/permissions.js';
import type { PersonCommand } from '../../domain/command.js';
import { refuse } from '../../domain/refusal.js';
import type { DraftDocument } from '../../persistence/draft.model.js';
import { calendarChangeNow } from '../../persistence/calendar.repository.js';
import { draftById, markSubmitted } from '../../persistence/draft.repository.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { workflowIdOf } from '../../workflows/contract.js';
import { requireAudience } from '../access.js';
import type { Located } from '../access.js';
import { acknowledgement, answerTo, commandEndpoint, envelopeOf, requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing } from '../endpoint.js';
import { commandExamples } from '../examples.js';
import { Problem, problemOf } from '../problem.js';
import { resubmission, submission } from '../schemas/command.schema.js';
import type { CommandInput } from '../schemas/command.schema.js';
import { id } from '../schemas/text.schema.js';
import { changedFieldsOf } from '../changed-fields.js';
import { registryForSubmission } from '../registry-facts.js';
import { acknowledged, refuseUnlessAnswered } from '../situation.js';
import { callFault, callOf, checkedForm, freezeDraft, sourceRefusal } from '../submission.js';

const draftParams = z.strictObject({ draftId: id });

/** Drafts belong to the NGO; the Fund's people see what was handed in. */
const ownDraft = async (
  draftId: string,
  call: ChangingCall,
  located: Partial<Located> = {},
): Promise<DraftDocument> => {
  const draft = await draftById(draftId);
  if (draft === null) throw new Problem('notFound');
  const { organisationId } = draft;
  const audience = requireAudience(call.caller, { organisationId, governorates: [], ...located });
  if (audience !== 'ngo')
    throw problemOf(refuse('notYourRole', 'roles', permissions.submitRequest.roles.join(' ')).refusal);
  return draft;
};

/** Kept narrow by the kind, so that the gateway's submission takes no other command. */
const submissionCommand = (
  body: PersonCommand<'submitRequest'>['body'],
  call: ChangingCall,
  input: CommandInput,
): PersonCommand<'submitRequest'> => ({
  ...envelopeOf(call, { ...input, expectedVersion: 0 }),
  kind: 'submitRequest',
  body,
});

const submit = async (deps: RouteDeps, draftId: string, input: CommandInput, call: ChangingCall): Promise<Answer> => {
  const at = new Date();
  const draft = await ownDraft(draftId, call);
  const openCall = await callOf(draft);
  const plan = await planByHash(openCall.planHash);
  // Asked here as well, because an update refused with its start would leave a workflow without a request behind.
  const fault = mayAct(emptyRequest(draftId, 0, 0), 'submitRequest', call.caller, plan, draft.organisationId);
  if (fault) throw problemOf(fault.refusal);
  const unlessAnswered = (problem: Problem): Promise<void> =>
    refuseUnlessAnswered(deps, draftId, call.operation.id, problem);
  if (draft.version !== input.expectedVersion)
    await unlessAnswered(problemOf(refuse('staleVersion', 'draft-version', String(draft.version)).refusal));
  const closed = callFault(openCall, at);
  if (closed) await unlessAnswered(problemOf(closed));
  const form = checkedForm(draft.sections, openCall);
  const bound = await sourceRefusal({ ...openCall, governorates: form.project.governorates }, at);
  if (bound) await unlessAnswered(problemOf(bound));
  const { file, reference } = await freezeDraft(draft, form, openCall, at);
  const facts = await registryForSubmission(draft.organisationId);
  const calendarChange = await calendarChangeNow();
  const command = submissionCommand({ file, ...facts, ...(calendarChange ? { calendarChange } : {}) }, call, input);
  const outcome = await deps.gateway.submit({
    command,
    requestId: draftId,
    reference,
    plan,
    planHash: openCall.planHash,
  });
  const ack = await acknowledged(outcome, call.caller, draftId);
  await markSubmitted(draftId, at);
  const body = await answerTo(deps, draftId, ack, call.waits);
  return { status: 201, body, headers: { Location: `/v1/requests/${draftId}` } };
};

const resubmit = (deps: RouteDeps): Endpoint =>
  commandEndpoint(deps, {
    kind: 'resubmit',
    path: '/resubmission',
    summary: { ar: 'إعادة تقديم الطلب بعد الاستيفاء', en: 'Hand the corrected draft in again' },
    params: requestParams,
    body: resubmission,
    problems: ['pastDeadline'],
    examples: commandExamples.resubmit,
    make: async ({ body: { answers } }, { requestId, call, record, expectedVersion }) => {
      const found = await record();
      const draft = await ownDraft(requestId, call, found ? { governorates: found.governorates } : {});
      const openCall = await callOf(draft);
      const form = checkedForm(draft.sections, openCall);
      const { file } = await freezeDraft(draft, form, openCall, new Date());
      return { file, answers, ...(await changedFieldsOf(found, expectedVersion, form)) };
    },
  });

export const submissionRoutes = (deps: RouteDeps): Endpoint[] => [
  changeEndpoint(
    {
      operationId: 'submitRequest',
      method: 'post',
      path: '/drafts/{draftId}/submission',
      tag: 'drafts',
      summary: { ar: 'تقديم الطلب', en: 'Submit the draft as a request' },
      roles: permissions.submitRequest.roles,
      problems: [
        ...([
          'invalidInput',
          'idempotencyKeyMissing',
          'notSignedIn',
          'notYourRole',
          'notFound',
          'staleVersion',
        ] as const),
        ...(['pastDeadline', 'conditionsNotMet', 'notThisStage', 'requestEnded', 'dutyConflict'] as const),
        ...([
          'keyInProgress',
          'keyReusedWithOtherContent',
          'tooManyRequests',
          'recordingBehind',
          'unavailable',
        ] as const),
      ],
      success: 201,
      response: acknowledgement,
      examples: commandExamples.submitRequest,
      params: draftParams,
      query: nothing,
      body: submission,
      keys: 'a-while',
      subject: ({ draftId }) => ({ kind: 'request', id: draftId }),
      workflowId: ({ draftId }) => workflowIdOf(draftId),
    },
    ({ params, body }, call) => submit(deps, params.draftId, body, call),
  ),
  resubmit(deps),
];
