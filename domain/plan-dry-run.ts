// What a new plan would have meant for requests of the past: a table per request of what differs, and whether it could be migrated.
// Pure: nothing is decided again, the recorded state is held against both plans.
import type { AmountMinor } from './amount.js';
import { piastres } from './amount.js';
import { tranchesOf } from './approval/agreement.js';
import { questionOf, rowFor } from './approval/authority-matrix.js';
import { quorumOf } from './approval/quorum.js';
import { splitFault } from './award-split.js';
import { dueAt } from './calendar.js';
import type { GrantRequest } from './grant-request.js';
import type { Stage } from './lifecycle.js';
import type { Plan } from './plan.js';
import { migrationFault, stagesSoFar, stagesWithout } from './plan-migration.js';
import type { Refusal } from './refusal.js';

export type DryRunChange = { readonly what: string; readonly before: string | null; readonly after: string | null };

export type DryRunRow = {
  readonly requestId: string;
  readonly stage: Stage;
  /** Why this request could not be moved to the new plan; null where it could, or has ended. */
  readonly migrationRefusal: Refusal | null;
  readonly changes: readonly DryRunChange[];
};

/** Before an award, what was asked for. */
const amountOf = ({ award, file }: GrantRequest): AmountMinor => award?.amountMinor ?? file?.requestedMinor ?? '0';

/** Who holds the levels today says nothing about then. */
const rowUnder = (request: GrantRequest, plan: Plan): string | null => {
  if (!plan.route.includes('authority')) return null;
  const amountMinor = amountOf(request);
  const cumulativeMinor = request.award?.cumulativeMinor ?? '0';
  return rowFor(plan, { ...questionOf(request, { cumulativeMinor }), amountMinor }).row?.row ?? null;
};

const stoodUnder = ({ ballot }: GrantRequest, plan: Plan): string | null =>
  ballot === null ? null : quorumOf(ballot, plan).stands ? 'stands' : 'missing';

const reviewersUnder = ({ review }: Plan): string => `${review.enoughScores} of ${review.reviewers}`;

/** As if the stage were entered when the request last moved: both plans are asked about the same instant. */
const dueUnder = ({ position }: GrantRequest, { stages, calendar }: Plan, stage: Stage): string | null => {
  const timing = stages[stage];
  return timing === undefined ? null : new Date(dueAt(calendar, position.enteredAtMs, timing.due)).toISOString();
};

const partsUnder = (request: GrantRequest, plan: Plan): string | null => {
  const amount = amountOf(request);
  if (splitFault(amount, plan)) return null;
  return tranchesOf(piastres(amount), plan)
    .map(({ amountMinor }) => amountMinor)
    .join(' ');
};

export const dryRunOf = (request: GrantRequest, from: Plan, to: Plan): DryRunRow => {
  const soFar = stagesSoFar(request, from);
  const lost = stagesWithout(request, from, to);
  const change = (what: string, under: (plan: Plan) => string | null): DryRunChange => ({
    what,
    before: under(from),
    after: under(to),
  });
  const compared = [
    change('authority-row', (plan) => rowUnder(request, plan)),
    change('quorum', ({ committee }) => String(committee.quorum)),
    change('ballot-quorum', (plan) => stoodUnder(request, plan)),
    change('scores-of-reviewers', reviewersUnder),
    change('tranches', (plan) => partsUnder(request, plan)),
    ...soFar
      .filter((stage) => stage !== 'draft' && !lost.includes(stage))
      .map((stage) => change(`due-${stage}`, (plan) => dueUnder(request, plan, stage))),
  ];
  return {
    requestId: request.id,
    stage: request.position.stage,
    migrationRefusal: request.outcome ? null : (migrationFault(request, from, to)?.refusal ?? null),
    changes: [
      ...lost.map((stage) => ({ what: 'stage', before: stage, after: null })),
      ...compared.filter(({ before, after }) => before !== after),
    ],
  };
};
