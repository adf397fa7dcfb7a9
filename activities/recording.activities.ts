// Recording what workflows accepted. Each call is one transaction; a repeated call has the effect of one.
import { setTimeout as pause } from 'node:timers/promises';
import { projectBatchEntries } from '../persistence/payment-batch.projection.js';
import type { ReservationDocument } from '../persistence/ledger.model.js';
import { projectEntries } from '../persistence/request.projection.js';
import type { EventKind } from '../domain/event.js';
import type { RecordEntries, Reservation } from '../workflows/contract.js';
import { permanentOnFault } from './failure.js';
import type { Activities } from './contract.js';
import type { Gathering } from './gathering.js';

const answerOf = (row: ReservationDocument): Reservation =>
  row.outcome === 'reserved'
    ? {
        decisionKey: row._id,
        outcome: row.outcome,
        cumulativeMinor: row.cumulativeMinor,
        ...(row.peopleByLevel === undefined ? {} : { peopleByLevel: row.peopleByLevel }),
      }
    : { decisionKey: row._id, outcome: row.outcome, missingMinor: row.missingMinor };

/** What a machine goes on from as soon as it is recorded: a reservation, a payment that a batch may claim, an ending. */
const awaitedByMachines: readonly EventKind[] = ['fundsAsked', 'paymentInstructed', 'requestEnded'];
const isAwaited = ({ entries }: RecordEntries): boolean =>
  entries.some(({ events }) => events.some(({ kind }) => awaitedByMachines.includes(kind)));

export const recordingActivities = (
  gathering: Gathering,
): Pick<Activities, 'recordEntries' | 'recordBatchEntries'> => ({
  recordEntries: (batch) =>
    permanentOnFault(async () => {
      const waitMs = gathering.waitFor(batch.entries.length, Date.now());
      if (waitMs > 0 && !isAwaited(batch)) await pause(waitMs);
      const { version, reservations } = await projectEntries(batch);
      return { version, reservations: reservations.map(answerOf) };
    }),
  recordBatchEntries: (batch) => permanentOnFault(() => projectBatchEntries(batch)),
});
