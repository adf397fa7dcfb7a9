// How a command ends badly: one error with an exit code (interface.md §6), a code, a sentence and the next step.

export const exitCodes = {
  done: 0,
  defect: 1,
  wrongUsage: 2,
  refused: 3,
  notFound: 4,
  unavailable: 5,
  verificationFailed: 6,
  outcomeUnknown: 7,
} as const;
export type ExitReason = Exclude<keyof typeof exitCodes, 'done'>;

export type FailureDetails = {
  readonly code?: string;
  /** What to do now, as a whole sentence. */
  readonly next?: string;
  readonly requestId?: string;
};

/** Caught in main.ts alone, which prints it without a stack: it is an answer to the user, not a defect. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  constructor(
    readonly reason: ExitReason,
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message);
  }
}

export const exitCodeOf = (error: unknown): number =>
  error instanceof CommandFailure ? exitCodes[error.reason] : exitCodes.defect;
