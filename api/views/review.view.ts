// Suggestions, score sheet, access entries and calibration figures as they are shown.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import { calibrate } from '../../domain/review/calibration.js';
import { sentenceOf } from '../../domain/review/suggestion-sentences.js';
import type { AccessEntryDocument } from '../../persistence/access-entry.model.js';
import type { PersonDocument } from '../../persistence/person.model.js';
import type { RequestRecord } from '../../persistence/request.reads.js';
import type { ReviewerSuggestion } from '../reviewer-suggestion.js';
import { id, instant, version } from '../schemas/text.schema.js';

const text = z.string();
const words = z.object({ ar: text, en: text });

export const suggestionView = z
  .object({
    requestId: id,
    version,
    missing: z.int().meta({ description: 'How many reviewers are to be assigned now' }),
    items: z.array(
      z.object({
        personId: id,
        nameAr: text,
        nameEn: text,
        points: z.int().nullable().meta({ description: 'Null for people who are excluded' }),
        suggested: z.boolean(),
        reasons: z.array(z.object({ code: text, messages: words })),
      }),
    ),
  })
  .meta({ id: 'ReviewerSuggestions' });

export const suggestionViewOf = (
  record: RequestRecord,
  { ranked, people }: ReviewerSuggestion,
  missing: number,
): z.output<typeof suggestionView> => ({
  requestId: record._id,
  version: record.version,
  missing,
  items: ranked.map(({ personId, points, suggested, reasons }) => ({
    personId,
    nameAr: people.get(personId)?.nameAr ?? personId,
    nameEn: people.get(personId)?.nameEn ?? personId,
    points,
    suggested,
    reasons: reasons.map((reason) => ({ code: reason.code, messages: sentenceOf(reason) })),
  })),
});

export const scoreSheetView = z
  .object({
    requestId: id,
    version,
    criteria: z.array(
      z.object({
        code: text,
        weight: z.int(),
        max: z.int(),
        labels: words.nullable(),
        guidance: words.nullable(),
      }),
    ),
    assigned: z.boolean(),
    declared: z.boolean().meta({ description: 'Whether the caller has declared to have no interest' }),
    own: z
      .object({ scores: z.record(text, z.int()), total: z.int() })
      .nullable()
      .meta({ description: "The caller's scores; the total is in hundredths" }),
  })
  .meta({ id: 'ScoreSheet' });

export const scoreSheetOf = (
  { _id, version: at, state: { review } }: RequestRecord,
  plan: Plan,
  { personId }: Actor,
): z.output<typeof scoreSheetView> => {
  const own = review.scores.find((score) => score.personId === personId);
  return {
    requestId: _id,
    version: at,
    criteria: plan.review.criteria.map(({ code, weight, max, labels, guidance }) => ({
      code,
      weight,
      max,
      labels: labels ?? null,
      guidance: guidance ?? null,
    })),
    assigned: review.assigned.some((reviewer) => reviewer.personId === personId),
    declared: review.declared.includes(personId),
    own: own === undefined ? null : { scores: { ...own.scores }, total: own.total },
  };
};

export const accessView = z
  .object({
    seq: z.int(),
    kind: z.literal('access'),
    at: instant,
    actor: z.object({ personId: id, name: text, roles: z.array(text) }),
    operation: text,
    object: text.meta({ description: 'Id of the frozen submission that was read' }),
    httpRequestId: text,
  })
  .meta({ id: 'AccessEntry' });

export const accessViewOf = (row: AccessEntryDocument): z.output<typeof accessView> => ({
  seq: row.seq,
  kind: row.kind,
  at: row.at.toISOString(),
  actor: { personId: row.actor.personId, name: row.actor.name, roles: row.actor.roles.map(({ role }) => role) },
  operation: row.operation,
  object: row.object,
  httpRequestId: row.httpRequestId,
});

const hundredths = z.int().meta({ description: 'In hundredths of the weighted sheet' });

export const calibrationView = z
  .object({
    callId: id,
    requests: z.int().meta({ description: 'Finished reviews that have scores' }),
    items: z.array(
      z.object({
        personId: id,
        nameAr: text,
        nameEn: text,
        count: z.int(),
        mean: hundredths,
        standardDeviation: hundredths.nullable(),
        comparedOn: z.int().meta({ description: 'Requests that others scored too' }),
        leniency: hundredths
          .nullable()
          .meta({ description: 'Own score minus the mean of the panel; above 0 is lenient' }),
      }),
    ),
  })
  .meta({ id: 'ReviewerCalibration' });

type Reviewed = Pick<GrantRequest, 'review' | 'position' | 'outcome'>;

/** A review that still goes on is sealed, and a figure that moves with each score would open it. */
const isFinished = ({ position, outcome }: Reviewed): boolean =>
  outcome !== null || position.stage !== 'technical-review';

export const calibrationOf = (
  callId: string,
  reviews: readonly Reviewed[],
  people: readonly PersonDocument[],
): z.output<typeof calibrationView> => {
  const panels = reviews
    .filter(isFinished)
    .map(({ review }) => review.scores)
    .filter((scores) => scores.length > 0);
  return {
    callId,
    requests: panels.length,
    items: calibrate(panels).map((row) => {
      const person = people.find(({ _id }) => _id === row.personId);
      return { ...row, nameAr: person?.nameAr ?? row.personId, nameEn: person?.nameEn ?? row.personId };
    }),
  };
};
