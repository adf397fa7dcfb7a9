// What stops recording until a person has looked: repeating the write can never succeed. Everything else is thrown as it is and retried.

/** `fingerprintConflict`: another entry stands under this seq. `ledgerFloor`: a posting would take an account below zero. */
export type RecordingFaultKind = 'fingerprintConflict' | 'ledgerFloor';

export class RecordingFault extends Error {
  override readonly name = 'RecordingFault';
  constructor(
    readonly kind: RecordingFaultKind,
    message: string,
  ) {
    super(message);
  }
}
