// All activities the workflows know, composed from their parts with the dependencies injected.
import type { Bank } from './bank.js';
import { calendarActivities } from './calendar.activities.js';
import type { Activities } from './contract.js';
import type { Gathering } from './gathering.js';
import { createGathering } from './gathering.js';
import { paymentActivities } from './payment.activities.js';
import { recordingActivities } from './recording.activities.js';
import type { RequestSignals } from './request-signals.js';

export type { Activities, ReportedStatus, SentBatch } from './contract.js';

export type ActivityDependencies = {
  readonly bank: Bank;
  readonly signals: RequestSignals;
  /** Without it no recording waits for company. */
  readonly gathering?: Gathering;
};

/** The connection to MongoDB is the process's own (persistence/connection.ts). */
export const createActivities = ({
  bank,
  signals,
  gathering = createGathering({ abovePerSecond: Infinity, waitMs: 0 }),
}: ActivityDependencies): Activities => ({
  ...recordingActivities(gathering),
  ...paymentActivities(bank, signals),
  ...calendarActivities(signals),
});
