// What Temporal's answers mean: accepted, refused by a rule, not known, no such workflow. All else is an outage or a defect.
import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal, RefusalCode } from '../domain/refusal.js';
import { refusalSentences } from '../domain/refusal.js';
import { Problem } from './problem.js';

export type Outcome<A> =
  | { readonly kind: 'accepted'; readonly ack: A }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The deadline passed first: it may have happened, may still happen, or never will. */
  | { readonly kind: 'unknown' }
  /** No workflow with this id is running. */
  | { readonly kind: 'absent' };

/** What is known afterwards of a command whose answer did not come in time. */
export type LateOutcome =
  | { readonly kind: 'accepted'; readonly version: number; readonly status: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'not-carried-out' }
  | { readonly kind: 'unknown' };

const unavailable = 14;
const resourceExhausted = 8;

const isRefusalCode = (code: string): code is RefusalCode => code in refusalSentences;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const refusalIn = (failure: ApplicationFailure, code: RefusalCode): Refusal => {
  const detail: unknown = failure.details?.[0];
  if (typeof detail !== 'object' || detail === null) return { code };
  const rule = 'rule' in detail ? textOf(detail.rule) : undefined;
  const accepted = 'accepted' in detail ? textOf(detail.accepted) : undefined;
  return { code, ...(rule === undefined ? {} : { rule }), ...(accepted === undefined ? {} : { accepted }) };
};

/** The refusal's code travels as the failure's type; any other type is a defect of ours. */
const refusalOf = (error: unknown): Refusal | null => {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) return null;
  const { type } = error.cause;
  return type != null && isRefusalCode(type) ? refusalIn(error.cause, type) : null;
};

const grpcCodeOf = (error: unknown): number | undefined => {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof ServiceError && isGrpcServiceError(error.cause) ? error.cause.code : undefined;
};

/** Under load the server drops an update before it was accepted; the same update id makes sending it again safe. */
export const wasAborted = (error: unknown): boolean =>
  grpcCodeOf(error) === unavailable &&
  error instanceof Error &&
  /abort/i.test(`${error.message} ${String(error.cause)}`);

const isLate = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);

const isAbsent = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError;

export const meaningOf = (error: unknown): Exclude<Outcome<never>, { kind: 'accepted' }> => {
  const refusal = refusalOf(error);
  if (refusal) return { kind: 'refused', refusal };
  if (isLate(error)) return { kind: 'unknown' };
  if (isAbsent(error)) return { kind: 'absent' };
  const code = grpcCodeOf(error);
  if (code === unavailable || code === resourceExhausted) throw new Problem('unavailable', {}, { cause: error });
  throw error;
};

/** Temporal repeats the first outcome of an update id without comparing what came with it, so we compare. */
export const sameContent = <A extends { readonly fingerprint: string }>(ack: A, fingerprint: string): Outcome<A> =>
  ack.fingerprint === fingerprint
    ? { kind: 'accepted', ack }
    : { kind: 'refused', refusal: { code: 'keyReusedWithOtherContent' } };
