// A database of its own for each test file, the activities on it, and journeys written to it as a worker would.
import { afterAll, beforeAll } from '@jest/globals';
import mongoose from 'mongoose';
import { randomUUID } from 'node:crypto';
import { createActivities } from '../../activities/index.js';
import type { Activities } from '../../activities/index.js';
import { demoPayees } from '../../activities/payees.js';
import { createPaymentFiles } from '../../activities/payment-files.js';
import { createSimulatedBank } from '../../activities/simulated-bank.js';
import { demoProfile } from '../../bank/profile.js';
import type { Entry } from '../../domain/audit-entry.js';
import type { RequestFile } from '../../domain/command.js';
import type { BatchLine } from '../../domain/money/payment-batch.js';
import { connect, disconnect } from '../../persistence/connection.js';
import { ensureIndexes } from '../../persistence/indexes.js';
import type { Envelope } from '../../domain/money/envelope.js';
import { envelopeIdOf } from '../../domain/money/envelope.js';
import { openEnvelope } from '../../persistence/envelope.repository.js';
import { keepPlan, planHashOf } from '../../persistence/plan-version.model.js';
import { dropBankDatabase } from '../../persistence/simulated-bank.store.js';
import type { RecordedEntries } from '../../workflows/contract.js';
import { fileOf, journeyTo, startMs } from '../support/journey.js';
import { calmPlan } from '../support/plans.js';

export const mongodbUri = (): string => {
  const uri = process.env['MONGODB_URI'];
  if (uri === undefined) throw new Error('MONGODB_URI is not set: run the tests with `npm test`');
  return uri;
};

/** Connects before the tests of a file and drops its database behind them. */
export const useDatabase = (): void => {
  beforeAll(async () => {
    await connect(mongodbUri(), `test_${randomUUID().slice(0, 8)}`);
    await ensureIndexes();
    await keepPlan(calmPlan, new Date(startMs));
  });
  afterAll(async () => {
    await dropBankDatabase();
    await mongoose.connection.dropDatabase();
    await disconnect();
  });
};

export const calmHash = planHashOf(calmPlan);
export const envelope: Envelope = {
  programmeCode: 'disability',
  fundingSource: 'state-budget',
  fiscalYear: '2025/2026',
};
export const envelopeId = envelopeIdOf(envelope);
export const fillEnvelope = (amountMinor: bigint, of = envelope): Promise<unknown> =>
  openEnvelope(of, amountMinor, new Date(startMs));

/** What the bank's word would have been signalled to; nothing of Temporal runs in this tier. */
export const told: BatchLine[] = [];

/** Which requests were told of which version of the calendar. */
export const toldOfCalendar: string[] = [];

/** What the request accepts while a recording runs, in the portions in which the recording hears of it. */
export const acceptedMeanwhile: (readonly Entry[])[] = [];

export const activities: Activities = createActivities({
  bank: createSimulatedBank({ delayMs: 0 }),
  paymentFiles: createPaymentFiles(demoProfile, demoPayees),
  signals: {
    reportPayment: (line) => {
      told.push(line);
      return Promise.resolve();
    },
    changeCalendar: (requestId, { version }) => {
      toldOfCalendar.push(`${requestId} ${version}`);
      return Promise.resolve();
    },
  },
  acceptances: {
    follow: () => ({ entriesAfter: () => Promise.resolve(acceptedMeanwhile.shift() ?? []), end: () => undefined }),
  },
});

export const newRequestId = (): string => randomUUID().replaceAll('-', '').slice(0, 16);

/** Records entries of one request, all in one call unless told otherwise. */
export const record = (requestId: string, entries: readonly Entry[], runId = 'run-1'): Promise<RecordedEntries> =>
  activities.recordEntries({ requestId, runId, planHash: calmHash, entries });

export const requestedMinor = BigInt(fileOf().requestedMinor);

/** The same story told of another submission. */
export const refiled = (entries: readonly Entry[], change: Partial<RequestFile>): Entry[] =>
  entries.map((entry) => ({
    ...entry,
    events: entry.events.map((event) =>
      event.kind === 'requestSubmitted' ? { ...event, file: { ...event.file, ...change } } : event,
    ),
  }));

/** The same story told at another time. */
export const shifted = (entries: readonly Entry[], byMs: number): Entry[] =>
  entries.map((entry) => ({ ...entry, atMs: entry.atMs + byMs }));

/** A request up to the committee's approval, whose money is asked for in the last entry. */
export const entriesUpToFunds = (requestId: string): Entry[] => {
  const entries = journeyTo('authority', calmPlan, requestId).entries();
  const asking = entries.findIndex((entry) => entry.events.some((event) => event.kind === 'fundsAsked'));
  return entries.slice(0, asking + 1);
};
