// The port through which the recording activity hears that a request accepted more while it wrote. The worker implements it.
import type { Entry } from '../domain/audit-entry.js';

export type Following = {
  /**
   * What the request has accepted after `seq`, in order and as Temporal's history has it: never an entry whose acceptance could
   * still be lost. Empty when nothing came for a moment, or when this recording has gone on for long enough.
   */
  readonly entriesAfter: (seq: number) => Promise<readonly Entry[]>;
  readonly end: () => void;
};

export type Acceptances = {
  /** From here on, until `end`, nothing the request accepts in this worker goes unheard. */
  readonly follow: (requestId: string) => Following;
};
