// A refusal on its way out of a workflow: a non-retryable failure whose type is the refusal's code.
import { ApplicationFailure } from '@temporalio/workflow';
import type { Refusal } from '../domain/refusal.js';
import { refusalSentences } from '../domain/refusal.js';

export const refusalFailure = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.nonRetryable(refusalSentences[refusal.code].en, refusal.code, refusal);
