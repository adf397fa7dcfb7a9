// The ordered projector shared by the workflows: accepted entries wait here and are written in order, one batch at a time.
// Started by the main body, never by a message handler, so that a handler stays synchronous and atomic.
import { condition, ActivityFailure, ApplicationFailure, log } from '@temporalio/workflow';

/** More would bring an activity's input near the size at which the server warns (512 KiB). */
export const mostPerWrite = 50;

export type Recorder<E> = {
  readonly push: (entry: E) => void;
  readonly waiting: () => readonly E[];
  readonly fault: () => string | null;
  readonly retry: () => void;
  /** Writes until `finished` says so and nothing waits; answers of each write go to `answered` before the next. */
  readonly run: (finished: () => boolean, leave: () => boolean) => Promise<void>;
};

/** A write answers how far it came: beyond what it was given, when it took in what was accepted meanwhile. */
export const createRecorder = <E extends { readonly seq: number }, A extends { readonly version: number }>(
  carried: readonly E[],
  write: (entries: readonly E[]) => Promise<A>,
  answered: (answer: A) => void,
): Recorder<E> => {
  const queue: E[] = [...carried];
  let fault: string | null = null;

  const writeOnce = async (): Promise<void> => {
    const entries = queue.slice(0, mostPerWrite);
    try {
      const answer = await write(entries);
      queue.splice(0, queue.filter(({ seq }) => seq <= answer.version).length);
      answered(answer);
    } catch (error) {
      fault = permanentFault(error);
      log.error('recording stopped', { fault });
      await condition(() => fault === null);
    }
  };

  return {
    push: (entry) => void queue.push(entry),
    waiting: () => queue,
    fault: () => fault,
    retry: () => {
      fault = null;
    },
    run: async (finished, leave) => {
      for (;;) {
        await condition(() => queue.length > 0 || finished() || leave());
        if (leave() || queue.length === 0) return;
        await writeOnce();
      }
    },
  };
};

/** Only a non-retryable failure ends here, everything else is retried by the server; cancellation and defects go on upwards. */
const permanentFault = (error: unknown): string => {
  if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure)
    return error.cause.type ?? error.cause.message;
  throw error;
};
