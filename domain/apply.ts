// The spine of the state: every event's fold, and how a recorded entry changes the request. The same code runs in the
// workflow, in its replay and in the projector, so that read model and workflow cannot tell different stories.
import { agreementFolds } from './approval/agreement.js';
import { authorityFolds } from './approval/authority-matrix.js';
import { ballotFolds } from './approval/ballot.js';
import { deferralFolds } from './approval/deferral.js';
import type { Entry } from './audit-entry.js';
import { closureFolds } from './closure/closing.js';
import { isPersonKind } from './command.js';
import { deadlineFolds } from './deadline.js';
import type { EventKind, RequestEvent } from './event.js';
import type { Folds, Moment } from './fold.js';
import type { AnsweredKey, GrantRequest } from './grant-request.js';
import { fundsFolds } from './money/funds.js';
import { trancheFolds } from './money/tranche.js';
import { reportFolds } from './monitoring/report.js';
import { overlayFolds } from './overlay.js';
import { permissions } from './permissions.js';
import { opinionFolds } from './review/opinion.js';
import { scoringFolds } from './review/scoring.js';
import { screeningFolds } from './review/screening.js';
import { submissionFolds } from './review/submission.js';

const folds: Folds<EventKind> = {
  ...submissionFolds,
  ...screeningFolds,
  ...opinionFolds,
  ...scoringFolds,
  ...ballotFolds,
  ...deferralFolds,
  ...fundsFolds,
  ...authorityFolds,
  ...agreementFolds,
  ...trancheFolds,
  ...reportFolds,
  ...closureFolds,
  ...overlayFolds,
  ...deadlineFolds,
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
const moneyCommands: readonly string[] = ['prepareTranche', 'releaseTranche', 'recordRecovery', 'closeRequest'];

const remember = (request: GrantRequest, entry: Entry): Readonly<Record<string, AnsweredKey>> => {
  if (entry.key === undefined) return request.keys;
  const money = moneyCommands.includes(entry.command);
  const answered = { fingerprint: entry.fingerprint ?? '', version: entry.seq, ...(money ? { money } : {}) };
  const keys = { ...request.keys, [entry.key]: answered };
  const names = Object.keys(keys);
  const oldest = names.length > keptKeys ? names.find((name) => keys[name]?.money !== true) : undefined;
  if (oldest === undefined) return keys;
  return Object.fromEntries(Object.entries(keys).filter(([name]) => name !== oldest));
};

const actsWith = (request: GrantRequest, entry: Entry): GrantRequest['acts'] => {
  const duty = isPersonKind(entry.command) ? permissions[entry.command].duty : null;
  const { personId } = entry.actor;
  if (duty === null || request.acts.some((act) => act.personId === personId && act.duty === duty)) return request.acts;
  return [...request.acts, { personId, duty }];
};

/** Folds one recorded entry: its events in order, the duty done, the key answered, the version. */
export const applyEntry = (request: GrantRequest, entry: Entry): GrantRequest => {
  const moment: Moment = { version: entry.seq, atMs: entry.atMs };
  const after = entry.events.reduce((state, event) => apply(state, event, moment), request);
  return { ...after, version: entry.seq, acts: actsWith(after, entry), keys: remember(after, entry) };
};
