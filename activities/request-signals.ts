// The port to the requests' workflows: how activities bring them facts. The worker implements it with its Temporal client.
import type { CalendarChange } from '../domain/due.js';
import type { BatchLine } from '../domain/money/payment-batch.js';

export type RequestSignals = {
  /**
   * Tells the request what the bank said, under a key, so that a repeat changes nothing. A line without a word of the
   * bank is passed over; a request that is over or unknown is logged, because repeating would never end.
   */
  readonly reportPayment: (line: BatchLine) => Promise<void>;
  /** Tells the request which holidays are in force now; one that has ended meanwhile is passed over. */
  readonly changeCalendar: (requestId: string, change: CalendarChange) => Promise<void>;
};
