// Errors as problem+json (RFC 9457): every code has one status and a sentence in both languages. The only file that knows statuses of codes.
import type { Refusal, RefusalCode } from '../domain/refusal.js';
import { refusalSentences } from '../domain/refusal.js';
import type { EdgeCode } from './edge-code.js';
import { edgeSentences } from './edge-code.js';

export type ProblemCode = RefusalCode | EdgeCode;
export type Language = 'ar' | 'en';
export type Messages = Readonly<Record<Language, string>>;

/** A field that is wrong, as a JSON pointer into what was sent (`/body/…`, `/query/…`, `/path/…` or `/sections/…`). */
export type FieldError = { readonly pointer: string; readonly code: string; readonly messages: Messages };

export const statuses = {
  invalidInput: 400,
  idempotencyKeyMissing: 400,
  badCursor: 400,
  notSignedIn: 401,
  notYourRole: 403,
  notAssigned: 403,
  conflictOfInterest: 403,
  dutyConflict: 403,
  recused: 403,
  panelNotIndependent: 403,
  notPresent: 403,
  notFound: 404,
  // Absent and forbidden look the same outside (interface.md §5); the attempt in the audit trail keeps the true code.
  notYourOrganisation: 404,
  notYourGovernorate: 404,
  notThisStage: 409,
  staleVersion: 409,
  alreadyActed: 409,
  quorumMissing: 409,
  ballotClosed: 409,
  pastDeadline: 409,
  suspended: 409,
  envelopeExceeded: 409,
  authorityUnresolved: 409,
  conditionsNotMet: 409,
  bankDetailsUnverified: 409,
  bankDetailsTooFresh: 409,
  instructionExists: 409,
  reportNotAccepted: 409,
  amendmentNeeded: 409,
  roundsExhausted: 409,
  appealWindowClosed: 409,
  appealAlreadyDecided: 409,
  requestEnded: 409,
  planNotApplicable: 409,
  unknownStatus: 409,
  keyInProgress: 409,
  notCarriedOut: 409,
  draftChanged: 412,
  tooLarge: 413,
  unsupportedMediaType: 415,
  tranchesDoNotAddUp: 422,
  indicatorPartsDoNotAddUp: 422,
  keyReusedWithOtherContent: 422,
  preconditionMissing: 428,
  tooManyRequests: 429,
  internal: 500,
  unavailable: 503,
  recordingBehind: 503,
} as const satisfies Record<ProblemCode, number>;

/** Codes after which the same call may well succeed a little later. */
const retryAfterSeconds: Partial<Record<ProblemCode, number>> = {
  keyInProgress: 1,
  tooManyRequests: 1,
  unavailable: 2,
  recordingBehind: 2,
};

/** Shown as absent: they would tell that somebody else's object exists. */
const hidden: readonly ProblemCode[] = ['notYourOrganisation', 'notYourGovernorate'];

const sentences: Readonly<Record<ProblemCode, Messages>> = { ...edgeSentences, ...refusalSentences };
export const messagesOf = (code: ProblemCode): Messages => sentences[code];

export const isProblemCode = (code: string): code is ProblemCode => code in statuses;
export const problemCodes = Object.keys(statuses).filter(isProblemCode);

export type ProblemDetails = {
  readonly rule?: string;
  readonly accepted?: string;
  readonly errors?: readonly FieldError[];
  readonly currentVersion?: number;
};

/** Thrown anywhere at the edge; the error middleware turns it into the answer. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** What is shown. The audit trail keeps `trueCode`. */
  readonly code: ProblemCode;
  constructor(
    readonly trueCode: ProblemCode,
    readonly details: ProblemDetails = {},
    options: ErrorOptions & { readonly asAbsent?: boolean } = {},
  ) {
    super(trueCode, options);
    this.code = options.asAbsent === true || hidden.includes(trueCode) ? 'notFound' : trueCode;
  }
}

export const problemOf = ({ code, rule, accepted }: Refusal, asAbsent = false): Problem =>
  new Problem(
    code,
    {
      ...(rule === undefined ? {} : { rule }),
      ...(accepted === undefined ? {} : { accepted }),
      ...(code === 'staleVersion' && accepted !== undefined ? { currentVersion: Number(accepted) } : {}),
    },
    { asAbsent },
  );

export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly messages: Messages;
} & ProblemDetails;

export const problemPage = '/docs/problems';

const detailOf = (messages: Messages, language: Language, { rule, accepted }: ProblemDetails): string => {
  if (rule === undefined) return messages[language];
  const words = { ar: { rule: 'القاعدة', accepted: 'المقبول' }, en: { rule: 'Rule', accepted: 'Accepted' } }[language];
  return `${messages[language]} ${words.rule}: ${rule}.${accepted === undefined ? '' : ` ${words.accepted}: ${accepted}.`}`;
};

/** `instance` is the id of the HTTP request, under which the log has more. */
export const problemBody = (problem: Problem, language: Language, instance: string): ProblemBody => {
  const { code } = problem;
  const details = code === problem.trueCode && code !== 'internal' ? problem.details : {};
  const messages = messagesOf(code);
  return {
    type: `${problemPage}#${code}`,
    title: messages[language],
    status: statuses[code],
    detail: detailOf(messages, language, details),
    instance,
    code,
    messages,
    ...details,
  };
};

export const retryAfterOf = (code: ProblemCode): number | undefined => retryAfterSeconds[code];
