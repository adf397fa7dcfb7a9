// Around the technical review: who could review, the score sheet with its guidance, who read the text, and how reviewers compare.
import { z } from 'zod';
import type { Role } from '../../domain/actor.js';
import { missingReviewers } from '../../domain/review/suggestion.js';
import { accessesTo } from '../../persistence/access-entry.repository.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { callById } from '../../persistence/programme.repository.js';
import { requestById } from '../../persistence/request.reads.js';
import { reviewsOfCall } from '../../persistence/review.reads.js';
import { peopleByIds } from '../../persistence/person.repository.js';
import { requireRole } from '../access.js';
import { requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { Problem } from '../problem.js';
import { aboutRequests, privately, readable, requestSubject } from '../request-reading.js';
import { suggestReviewersFor } from '../reviewer-suggestion.js';
import { id } from '../schemas/text.schema.js';
import {
  accessView,
  accessViewOf,
  calibrationOf,
  calibrationView,
  scoreSheetOf,
  scoreSheetView,
  suggestionView,
  suggestionViewOf,
} from '../views/review.view.js';

const suggesters: readonly Role[] = ['committeeSecretary'];
const sheetReaders: readonly Role[] = [
  'reviewer',
  'committeeSecretary',
  'committeeMember',
  'committeeChair',
  'approver',
  'auditor',
];
const calibrationReaders: readonly Role[] = ['committeeSecretary', 'committeeChair', 'auditor'];

const suggestions = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'suggestReviewers',
      path: '/requests/{requestId}/reviewer-suggestions',
      summary: {
        ar: 'اقتراح مُقيِّمين بحسب الخبرة والحمل والاستقلال',
        en: 'Reviewers ranked by expertise, load and independence, with the reasons; a person assigns them',
      },
      roles: suggesters,
      problems: ['notSignedIn', 'notFound', 'notYourRole'],
      response: suggestionView,
      params: requestParams,
      query: nothing,
      subject: requestSubject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record } = readable(await requestById(params.requestId), call);
      requireRole(call.caller, suggesters);
      const [suggestion, plan] = await Promise.all([suggestReviewersFor(record), planByHash(record.planHash)]);
      const missing = missingReviewers(record.state, plan);
      return { status: 200, body: suggestionViewOf(record, suggestion, missing), headers: privately };
    },
  );

const scoreSheet = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readScoreSheet',
      path: '/requests/{requestId}/score-sheet',
      summary: { ar: 'نموذج التقييم وإرشاد كل معيار', en: 'The score sheet with guidance, and the own scores' },
      roles: sheetReaders,
      problems: ['notSignedIn', 'notFound', 'notYourRole'],
      response: scoreSheetView,
      params: requestParams,
      query: nothing,
      subject: requestSubject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record } = readable(await requestById(params.requestId), call);
      requireRole(call.caller, sheetReaders);
      const body = scoreSheetOf(record, await planByHash(record.planHash), call.caller);
      return { status: 200, body, headers: privately };
    },
  );

const accesses = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      tag: 'audit',
      operationId: 'listAccesses',
      path: '/requests/{requestId}/accesses',
      summary: { ar: 'من اطّلع على نص الطلب ومتى', en: 'Who of the Fund opened the text of a request, and when' },
      roles: ['auditor'],
      problems: ['notSignedIn', 'notFound', 'notYourRole', 'badCursor', 'invalidInput'],
      response: pageOf(accessView),
      params: requestParams,
      query: z.strictObject({ ...pageQuery }),
      subject: requestSubject,
    },
    async ({ params: { requestId }, query }, call) => {
      readable(await requestById(requestId), call);
      requireRole(call.caller, ['auditor']);
      return listPage({
        ...{ cursors, reader: call.caller.personId, path: `/v1/requests/${requestId}/accesses`, query },
        read: ({ limit, after }) => accessesTo(requestId, { afterSeq: Number(after?.value ?? 0), limit }),
        positionOf: ({ seq }) => ({ value: String(seq), id: String(seq) }),
        view: accessViewOf,
      });
    },
  );

const calibration = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      tag: 'reference',
      operationId: 'readReviewerCalibration',
      path: '/calls/{callId}/reviewer-calibration',
      summary: {
        ar: 'معايرة المُقيِّمين في دعوة واحدة',
        en: 'How the reviewers of one call score beside each other; finished reviews only',
      },
      roles: calibrationReaders,
      problems: ['notSignedIn', 'notFound', 'notYourRole'],
      response: calibrationView,
      params: z.strictObject({ callId: id }),
      query: nothing,
      subject: ({ callId }) => ({ kind: 'call', id: callId }),
    },
    async ({ params: { callId } }, { caller }): Promise<Answer> => {
      requireRole(caller, calibrationReaders);
      const call = await callById(callId);
      if (call === null) throw new Problem('notFound');
      const reviews = await reviewsOfCall(call.programmeCode, callId);
      const reviewers = [...new Set(reviews.flatMap(({ review }) => review.scores.map(({ personId }) => personId)))];
      return {
        status: 200,
        body: calibrationOf(callId, reviews, await peopleByIds(reviewers)),
        headers: privately,
      };
    },
  );

export const reviewRoutes = (deps: RouteDeps): Endpoint[] => [
  suggestions(),
  scoreSheet(),
  accesses(deps),
  calibration(),
];
