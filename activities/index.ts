// All activities the workflows know, composed from their parts with the dependencies injected.
import type { Acceptances } from './acceptances.js';
import type { Bank } from './bank.js';
import { calendarActivities } from './calendar.activities.js';
import type { Activities } from './contract.js';
import { paymentActivities } from './payment.activities.js';
import { recordingActivities } from './recording.activities.js';
import type { PaymentFiles } from './payment-files.js';
import type { RequestSignals } from './request-signals.js';

export type { Activities, ReportedStatus, SentBatch } from './contract.js';

export type ActivityDependencies = {
  readonly bank: Bank;
  readonly paymentFiles: PaymentFiles;
  readonly signals: RequestSignals;
  readonly acceptances: Acceptances;
};

/** The connection to MongoDB is the process's own (persistence/connection.ts). */
export const createActivities = ({ bank, paymentFiles, signals, acceptances }: ActivityDependencies): Activities => ({
  ...recordingActivities(acceptances),
  ...paymentActivities(bank, paymentFiles, signals),
  ...calendarActivities(signals),
});
