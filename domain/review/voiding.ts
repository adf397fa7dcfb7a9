// What a correction voids: only verdicts that rest on something it changed, by the table of the plan. The rest stands as given.
import type { ChangedField, RequestFile } from '../command.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import type { RouteStage, Stage } from '../lifecycle.js';
import { routeOrder } from '../lifecycle.js';
import type { Plan } from '../plan.js';
import type { VoidingRow } from '../plan-review.js';
import { awaitedGovernorates } from './opinion-state.js';

type Correction = {
  readonly file: RequestFile;
  readonly changedSections: readonly string[];
  readonly changedFields: readonly ChangedField[] | undefined;
};
type Voided = RequestEvent<'verdictsVoided'>;

/** A row about a field strikes when that field, a part of it or the whole section changed; unknown fields count as changed. */
const strikes = ({ changed }: VoidingRow, { changedSections, changedFields }: Correction): boolean => {
  const [section = '', ...path] = changed.split('/');
  if (!changedSections.includes(section)) return false;
  const field = path.join('/');
  const known = changedFields?.filter((change) => change.section === section);
  if (field === '' || known === undefined || known.length === 0) return true;
  return known.some((change) => change.field === '' || change.field === field || change.field.startsWith(`${field}/`));
};

const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];

/** Opinions given on governorates that are no longer part of the project, or that a row asks for again. */
const voidedOpinions = (request: GrantRequest, rows: readonly VoidingRow[], file: RequestFile): string[] =>
  Object.keys(request.opinions).filter(
    (governorate) => !file.governorates.includes(governorate) || rows.some(({ opinions }) => opinions === 'all'),
  );

/** Null when nothing that was decided rests on what changed, or the plan has no table. */
export const voidedBy = (request: GrantRequest, correction: Correction, plan: Plan): Voided | null => {
  const rows = (plan.voiding ?? []).filter((row) => strikes(row, correction));
  if (plan.voiding === undefined) return null;
  const isAnswered = (item: string): boolean =>
    request.screening?.checklist.some((answer) => answer.item === item) === true;
  const anyScore = request.review.scores.length + (request.review.reopened?.length ?? 0) > 0;
  const checklistItems = union(rows.map(({ checklist }) => checklist)).filter(isAnswered);
  const criteria = anyScore ? union(rows.map((row) => row.criteria)) : [];
  const governorates = voidedOpinions(request, rows, correction.file);
  if (checklistItems.length + criteria.length + governorates.length === 0) return null;
  const because = rows.length > 0 ? rows.map(({ changed }) => changed) : correction.changedSections;
  return { kind: 'verdictsVoided', checklistItems, criteria, governorates, because };
};

type Return = { readonly file: RequestFile; readonly voided: Voided | null; readonly returnTo: Stage };

/** The earliest stage that has to speak again, but never a later one than the stage that asked. */
export const returnAfterVoiding = (request: GrantRequest, { file, voided, returnTo }: Return, plan: Plan): Stage => {
  if (plan.voiding === undefined) return returnTo;
  const opinions = voided === null ? request.opinions : afterVoiding(request.opinions, voided.governorates);
  const again: readonly (readonly [RouteStage, boolean])[] = [
    ['screening', (voided?.checklistItems.length ?? 0) > 0],
    ['regional-opinion', awaitedGovernorates({ file, opinions }).length > 0],
    ['technical-review', (voided?.criteria.length ?? 0) > 0],
  ];
  const asker = routeOrder.findIndex((stage) => stage === returnTo);
  const first = again.find(([stage, open]) => open && plan.route.includes(stage) && routeOrder.indexOf(stage) < asker);
  return first?.[0] ?? returnTo;
};

const afterVoiding = (opinions: GrantRequest['opinions'], gone: readonly string[]): GrantRequest['opinions'] =>
  Object.fromEntries(Object.entries(opinions).filter(([governorate]) => !gone.includes(governorate)));

const without = (scores: Readonly<Record<string, number>>, criteria: readonly string[]) =>
  Object.fromEntries(Object.entries(scores).filter(([code]) => !criteria.includes(code)));

const reopen = (review: GrantRequest['review'], criteria: readonly string[]): GrantRequest['review'] => {
  if (criteria.length === 0) return review;
  const reopened = [...(review.reopened ?? []), ...review.scores].map(({ personId, scores }) => ({
    personId,
    scores: without(scores, criteria),
  }));
  return { ...review, scores: [], reopened };
};

export const voidingFolds: Folds<'verdictsVoided'> = {
  verdictsVoided: (request, { checklistItems, criteria, governorates }) => ({
    ...request,
    screening:
      request.screening && checklistItems.length > 0
        ? { ...request.screening, voided: checklistItems }
        : request.screening,
    opinions: afterVoiding(request.opinions, governorates),
    review: reopen(request.review, criteria),
  }),
};
