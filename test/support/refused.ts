// The code with which a workflow refused an update; a test fails when the update was accepted or failed otherwise.
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

export const refusalCodeOf = async (sent: Promise<unknown>): Promise<string> => {
  const error: unknown = await sent.then(
    () => new Error('was accepted'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof WorkflowUpdateFailedError)) throw error;
  return error.cause instanceof ApplicationFailure ? (error.cause.type ?? 'none') : 'not an application failure';
};
