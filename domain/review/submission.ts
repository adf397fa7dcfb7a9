// Submission and correction: the NGO's side of the review. Bounded rounds; a correction shows which sections changed.
import type { CorrectionPoint, PersonCommand, RequestFile } from '../command.js';
import { piastres } from '../amount.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import type { Stage } from '../lifecycle.js';
import { enterNext, enterStage } from '../move.js';
import { refuse } from '../refusal.js';
import { returnAfterVoiding, voidedBy } from './voiding.js';

export const decideSubmission = (command: PersonCommand<'submitRequest'>, context: Context): Decision => {
  const { file, registry, calendarChange } = command.body;
  if (piastres(file.requestedMinor) === 0n) return refuse('conditionsNotMet', 'amount-is-zero');
  if (file.governorates.length === 0) return refuse('conditionsNotMet', 'no-governorate');
  const facts = { ...(registry ? { registry } : {}), ...(calendarChange ? { calendarChange } : {}) };
  return happened({ kind: 'requestSubmitted', file, ...facts }, enterNext('draft', context));
};

export const askCorrection = (
  request: GrantRequest,
  points: readonly CorrectionPoint[],
  returnTo: Stage,
  context: Context,
): Decision => {
  if (request.correction.rounds >= context.plan.correctionRounds)
    return refuse('roundsExhausted', 'correction-rounds', String(context.plan.correctionRounds));
  if (points.length === 0) return refuse('conditionsNotMet', 'correction-without-points');
  const unknown = points.find(({ item }) => item !== undefined && !context.plan.checklist.includes(item));
  if (unknown) return refuse('conditionsNotMet', 'point-unknown-item', context.plan.checklist.join(' '));
  return happened({ kind: 'correctionAsked', returnTo, points }, enterStage('correction', context));
};

const changedSections = (before: RequestFile, after: RequestFile): string[] => {
  const names = [...new Set([...Object.keys(before.sections), ...Object.keys(after.sections)])].sort();
  return names.filter((name) => before.sections[name] !== after.sections[name]);
};

/** An answer to a point about an item or a field names the same; one about a whole section is answered by the section. */
const isAnswered = (point: CorrectionPoint, answers: readonly CorrectionPoint[]): boolean =>
  answers.some(
    (answer) =>
      answer.section === point.section &&
      (point.item === undefined || answer.item === point.item) &&
      (point.field === undefined || answer.field === point.field),
  );
const nameOf = ({ section, item, field }: CorrectionPoint): string =>
  [section, field, item].filter((part) => part !== undefined).join('/');

const identityOf = (file: RequestFile): string => [file.organisationId, file.programmeCode, file.callId].join('/');

export const decideResubmission = (
  request: GrantRequest,
  command: PersonCommand<'resubmit'>,
  context: Context,
): Decision => {
  const { file, answers, changedFields } = command.body;
  const { points, returnTo } = request.correction;
  if (request.file === null || returnTo === null) return refuse('notThisStage', 'no-correction-asked');
  if (identityOf(request.file) !== identityOf(file)) return refuse('conditionsNotMet', 'another-call-or-organisation');
  const unanswered = points.filter((point) => !isAnswered(point, answers));
  if (unanswered.length > 0) return refuse('conditionsNotMet', 'points-unanswered', unanswered.map(nameOf).join(' '));
  const changed = changedSections(request.file, file);
  const voided = voidedBy(request, { file, changedSections: changed, changedFields }, context.plan);
  const resubmitted: RequestEvent = {
    kind: 'requestResubmitted',
    file,
    answers,
    changedSections: changed,
    ...(changedFields ? { changedFields } : {}),
  };
  return happened(
    resubmitted,
    ...(voided ? [voided] : []),
    enterStage(returnAfterVoiding(request, { file, voided, returnTo }, context.plan), context),
  );
};

export const submissionFolds: Folds<'requestSubmitted' | 'correctionAsked' | 'requestResubmitted'> = {
  requestSubmitted: (request, { file, registry, calendarChange }) => ({
    ...request,
    file,
    ...(registry ? { registry } : {}),
    ...(calendarChange ? { calendarChange } : {}),
  }),
  correctionAsked: (request, { returnTo, points }) => ({
    ...request,
    correction: { rounds: request.correction.rounds + 1, returnTo, points },
  }),
  requestResubmitted: (request, { file }) => ({
    ...request,
    file,
    correction: { ...request.correction, returnTo: null, points: [] },
    // What stopped the award may be what was corrected; the treasury will tell.
    ...(request.fundsRefusedBy == null ? {} : { fundsRefusedBy: null }),
  }),
};
