// Commands from screening to the agreement, one row each: its address, what is sent, and how that becomes the domain's body.
import { accountChange } from '../account-facts.js';
import { lateAppealFault, reviewersFault, reviewersOf, signatureFault } from '../command-facts.js';
import { registryForScreening } from '../registry-facts.js';
import { commandEndpoint, requestParams } from '../command-endpoint.js';
import { castVoteRow, closeItemRow, openItemRow } from '../committee-commands.js';
import type { RouteDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { commandExamples } from '../examples.js';
import * as schema from '../schemas/command.schema.js';

const reviewCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'recordScreening',
    path: '/screening',
    summary: { ar: 'تسجيل نتيجة الفحص', en: 'Record the screening verdict' },
    params: requestParams,
    body: schema.screening,
    problems: ['roundsExhausted'],
    examples: commandExamples.recordScreening,
    make: async ({ body: { verdict, checklist, points, reasonCodes, risk } }, { record }) => ({
      ...{ verdict, checklist, points, reasonCodes },
      ...(risk === undefined ? {} : { risk }),
      ...(await registryForScreening(record)),
    }),
  }),
  commandEndpoint(deps, {
    kind: 'recordOpinion',
    path: '/opinions',
    summary: { ar: 'تسجيل رأي المديرية', en: "Record a directorate's opinion" },
    params: requestParams,
    body: schema.opinion,
    problems: ['alreadyActed', 'pastDeadline'],
    examples: commandExamples.recordOpinion,
    make: ({ body: { governorate, verdict } }) => ({ governorate, verdict }),
  }),
  commandEndpoint(deps, {
    kind: 'assignReviewers',
    path: '/reviewers',
    summary: { ar: 'إسناد المراجعين', en: 'Assign reviewers' },
    params: requestParams,
    body: schema.assignment,
    problems: ['alreadyActed'],
    examples: commandExamples.assignReviewers,
    make: async ({ body: { reviewers } }, { record }) => reviewersOf(reviewers, await record()),
    check: (body) => reviewersFault(body),
  }),
  commandEndpoint(deps, {
    kind: 'declareInterest',
    path: '/interests',
    summary: { ar: 'الإفصاح عن المصالح', en: 'Declare an interest, or that there is none' },
    params: requestParams,
    body: schema.interest,
    problems: ['alreadyActed'],
    examples: commandExamples.declareInterest,
    make: ({ body: { interest, nature } }) => ({ interest, ...(nature === undefined ? {} : { nature }) }),
  }),
  commandEndpoint(deps, {
    kind: 'recordScore',
    path: '/scores',
    summary: { ar: 'تسجيل درجات المراجع', en: "Record a reviewer's scores" },
    params: requestParams,
    body: schema.score,
    problems: ['notAssigned', 'alreadyActed'],
    examples: commandExamples.recordScore,
    make: ({ body: { scores } }) => ({ scores }),
  }),
];

const approvalCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, openItemRow),
  commandEndpoint(deps, castVoteRow),
  commandEndpoint(deps, closeItemRow),
  commandEndpoint(deps, {
    kind: 'recordApproval',
    path: '/approvals',
    summary: { ar: 'تسجيل قرار السلطة المختصة', en: "Record an authority's approval, return or rejection" },
    params: requestParams,
    body: schema.approval,
    problems: ['authorityUnresolved', 'alreadyActed'],
    examples: commandExamples.recordApproval,
    make: async ({ params, body: { verdict } }) => ({ verdict, ...(await accountChange(params.requestId)) }),
  }),
];

const agreementCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'signAgreement',
    path: '/agreement/signature',
    summary: { ar: 'توقيع الجهة على الاتفاقية', en: 'Sign the agreement for the organisation' },
    params: requestParams,
    body: schema.signature,
    problems: ['alreadyActed', 'pastDeadline'],
    examples: commandExamples.signAgreement,
    make: ({ body: { documentSha256 } }) => ({ documentSha256 }),
    check: async (body, { record, expectedVersion }) => signatureFault(body, expectedVersion, await record()),
  }),
  commandEndpoint(deps, {
    kind: 'countersignAgreement',
    path: '/agreement/countersignature',
    summary: { ar: 'توقيع الصندوق على الاتفاقية', en: 'Countersign the agreement for the Fund' },
    params: requestParams,
    body: schema.signature,
    problems: ['pastDeadline'],
    examples: commandExamples.countersignAgreement,
    make: ({ body: { documentSha256 } }) => ({ documentSha256 }),
  }),
  commandEndpoint(deps, {
    kind: 'declineAgreement',
    path: '/agreement/declining',
    summary: { ar: 'اعتذار الجهة عن الاتفاقية', en: 'Decline the agreement' },
    params: requestParams,
    body: schema.bare,
    problems: ['pastDeadline'],
    examples: commandExamples.declineAgreement,
    make: () => ({}),
  }),
];

const appealCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'fileAppeal',
    path: '/appeal',
    summary: { ar: 'التظلم من القرار', en: 'Appeal a rejection or ineligibility' },
    params: requestParams,
    body: schema.bare,
    problems: ['appealWindowClosed', 'appealAlreadyDecided'],
    examples: commandExamples.fileAppeal,
    make: () => ({}),
    check: async (_body, { record }) => lateAppealFault(await record()),
  }),
  commandEndpoint(deps, {
    kind: 'decideAppeal',
    path: '/appeal/judgements',
    summary: { ar: 'رأي عضو لجنة التظلمات', en: "Record a panel member's judgement of the appeal" },
    params: requestParams,
    body: schema.appealJudgement,
    problems: ['panelNotIndependent', 'alreadyActed'],
    examples: commandExamples.decideAppeal,
    make: ({ body: { verdict, toStage } }) => ({ verdict, ...(toStage === undefined ? {} : { toStage }) }),
  }),
];

export const awardCommandRoutes = (deps: RouteDeps): Endpoint[] => [
  ...reviewCommands(deps),
  ...approvalCommands(deps),
  ...agreementCommands(deps),
  ...appealCommands(deps),
];
