// Recording what workflows accepted. Each call is one transaction; a repeated call has the effect of one.
import { projectBatchEntries } from '../persistence/payment-batch.projection.js';
import type { ReservationDocument } from '../persistence/ledger.model.js';
import { projectEntries } from '../persistence/request.projection.js';
import type { Reservation } from '../workflows/contract.js';
import { permanentOnFault } from './failure.js';
import type { Activities } from './contract.js';

const answerOf = (row: ReservationDocument): Reservation =>
  row.outcome === 'reserved'
    ? {
        decisionKey: row._id,
        outcome: row.outcome,
        cumulativeMinor: row.cumulativeMinor,
        ...(row.peopleByLevel === undefined ? {} : { peopleByLevel: row.peopleByLevel }),
      }
    : {
        decisionKey: row._id,
        outcome: row.outcome,
        missingMinor: row.missingMinor,
        ...(row.rule === undefined ? {} : { rule: row.rule }),
      };

export const recordingActivities = (): Pick<Activities, 'recordEntries' | 'recordBatchEntries'> => ({
  recordEntries: (batch) =>
    permanentOnFault(async () => {
      const { version, reservations } = await projectEntries(batch);
      return { version, reservations: reservations.map(answerOf) };
    }),
  recordBatchEntries: (batch) => permanentOnFault(() => projectBatchEntries(batch)),
});
