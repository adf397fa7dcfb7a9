// Which errors are permanent: repeating the activity cannot help, a person has to look. All others are thrown as they are and retried.
import { ApplicationFailure } from '@temporalio/common';
import { RecordingFault } from '../persistence/recording-fault.js';
import { fingerprintConflict } from '../workflows/contract.js';

/** Type of the failure when a posting would take an account below zero. */
export const ledgerFloor = 'ledgerFloor';

const typeOf = (fault: RecordingFault): string => {
  switch (fault.kind) {
    case 'fingerprintConflict':
      return fingerprintConflict;
    case 'ledgerFloor':
      return ledgerFloor;
  }
};

/** Runs an activity's work; a fault that no repetition heals becomes a failure that Temporal does not retry. */
export const permanentOnFault = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RecordingFault) throw ApplicationFailure.nonRetryable(error.message, typeOf(error));
    throw error;
  }
};
