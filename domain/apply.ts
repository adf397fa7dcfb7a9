// The spine of the state: every event's fold, and how a recorded entry changes the request. The same code runs in the
// workflow, in its replay and in the projector, so that read model and workflow cannot tell different stories.
import { afterReviewFolds } from './approval/after-review.js';
import { appealFolds } from './approval/appeal.js';
import { agreementFolds } from './approval/agreement.js';
import { authorityFolds } from './approval/authority-matrix.js';
import { ballotFolds } from './approval/ballot.js';
import { deferralFolds } from './approval/deferral.js';
import type { Entry } from './audit-entry.js';
import { calendarFolds } from './calendar-change.js';
import { closureFolds } from './closure/closing.js';
import { recoveryFolds } from './closure/recovery.js';
import { isPersonKind } from './command.js';
import { deadlineFolds } from './deadline.js';
import type { EventKind, RequestEvent } from './event.js';
import type { Folds, Moment } from './fold.js';
import type { Act, AnsweredKey, GrantRequest } from './grant-request.js';
import { fundsFolds } from './money/funds.js';
import { refundFolds } from './money/refund.js';
import { resultsFolds } from './money/tranche-results.js';
import { trancheFolds } from './money/tranche.js';
import { reportFolds } from './monitoring/report.js';
import { visitFolds } from './monitoring/visit.js';
import { overlayFolds } from './overlay.js';
import { permissions } from './permissions.js';
import { reassignmentFolds } from './reassignment.js';
import { migrationFolds } from './plan-migration.js';
import { opinionFolds } from './review/opinion.js';
import { scoringFolds } from './review/scoring.js';
import { screeningFolds } from './review/screening.js';
import { submissionFolds } from './review/submission.js';
import { voidingFolds } from './review/voiding.js';

const folds: Folds<EventKind> = {
  ...submissionFolds,
  ...screeningFolds,
  ...opinionFolds,
  ...scoringFolds,
  ...voidingFolds,
  ...ballotFolds,
  ...deferralFolds,
  ...afterReviewFolds,
  ...fundsFolds,
  ...authorityFolds,
  ...agreementFolds,
  ...appealFolds,
  ...trancheFolds,
  ...refundFolds,
  ...resultsFolds,
  ...reportFolds,
  ...visitFolds,
  ...closureFolds,
  ...recoveryFolds,
  ...overlayFolds,
  ...reassignmentFolds,
  ...deadlineFolds,
  ...calendarFolds,
  ...migrationFolds,
  requestEnded: (request, { outcome }) => ({ ...request, outcome, deadlines: [], suspension: null }),
  anomalyNoted: (request) => request,
};

export const apply = <K extends EventKind>(
  request: GrantRequest,
  event: RequestEvent<K>,
  moment: Moment,
): GrantRequest => {
  const fold: Folds<EventKind>[K] = folds[event.kind];
  return fold(request, event, moment);
};

/** Ordinary keys beyond this many are forgotten, oldest first; by then their HTTP records answer. Money keys stay. */
const keptKeys = 200;
const moneyCommands: readonly string[] = [
  'prepareTranche',
  'releaseTranche',
  'recordRefund',
  'recordRecovery',
  'closeRequest',
];

const remember = (request: GrantRequest, entry: Entry): Readonly<Record<string, AnsweredKey>> => {
  if (entry.key === undefined) return request.keys;
  const money = moneyCommands.includes(entry.command);
  const answered = { fingerprint: entry.fingerprint ?? '', version: entry.seq, ...(money ? { money } : {}) };
  const keys = { ...request.keys, [entry.key]: answered };
  // An entry answers one key at most, so a short history cannot hold too many.
  if (entry.seq <= keptKeys) return keys;
  const answers = Object.entries(keys);
  const oldest = answers.length > keptKeys ? answers.find(([, { money }]) => money !== true) : undefined;
  return oldest === undefined ? keys : Object.fromEntries(answers.filter((answer) => answer !== oldest));
};

const actsWith = (request: GrantRequest, entry: Entry): GrantRequest['acts'] => {
  const duty = isPersonKind(entry.command) ? permissions[entry.command].duty : null;
  if (duty === null) return request.acts;
  const { personId, onBehalfOf } = entry.actor;
  // Whoever acts for another did it, and so did the other: neither combines it later with what it excludes.
  const done: Act[] = onBehalfOf
    ? [
        { personId, duty, onBehalfOf: onBehalfOf.personId },
        { personId: onBehalfOf.personId, duty },
      ]
    : [{ personId, duty }];
  const known = (one: Act): boolean =>
    request.acts.some((act) => act.personId === one.personId && act.duty === duty && act.onBehalfOf === one.onBehalfOf);
  const fresh = done.filter((act) => !known(act));
  return fresh.length === 0 ? request.acts : [...request.acts, ...fresh];
};

/** What an entry adds beside its events, which `folded` already has: the duty done, the key answered, the version. */
export const sealEntry = (folded: GrantRequest, entry: Entry): GrantRequest => ({
  ...folded,
  version: entry.seq,
  acts: actsWith(folded, entry),
  keys: remember(folded, entry),
});

/** Folds one recorded entry: its events in order, then what sealing adds. */
export const applyEntry = (request: GrantRequest, entry: Entry): GrantRequest => {
  const moment: Moment = { version: entry.seq, atMs: entry.atMs };
  return sealEntry(
    entry.events.reduce((state, event) => apply(state, event, moment), request),
    entry,
  );
};
