// How far the scores of one request lie apart, measured against the plan's threshold. Derived whenever it is shown, never stored.
import type { GrantRequest } from '../grant-request.js';
import type { Plan } from '../plan.js';

/** Hundredths of the weighted sheet. */
export const spreadOf = (totals: readonly number[]): number => Math.max(...totals) - Math.min(...totals);

export type SpreadAlarm = {
  readonly spread: number;
  readonly threshold: number;
  /** One more reviewer was called in. */
  readonly widened: boolean;
  /** The review is over and the scores still lie wide apart: for the committee to weigh. */
  readonly scoresDisagree: boolean;
};

/** Null while fewer than two scores are in. */
export const spreadAlarm = ({ review, position }: GrantRequest, plan: Plan): SpreadAlarm | null => {
  if (review.scores.length < 2) return null;
  const spread = spreadOf(review.scores.map(({ total }) => total));
  const { spreadThreshold: threshold } = plan.review;
  const over = position.stage !== 'technical-review';
  return { spread, threshold, widened: review.widened, scoresDisagree: over && spread > threshold };
};
