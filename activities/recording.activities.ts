// Recording what workflows accepted. Each call is one transaction; a repeated call has the effect of one.
import type { Entry } from '../domain/audit-entry.js';
import { projectBatchEntries } from '../persistence/payment-batch.projection.js';
import type { ReservationDocument } from '../persistence/ledger.model.js';
import { projectEntries } from '../persistence/request.projection.js';
import type { RecordedEntries, RecordEntries, Reservation } from '../workflows/contract.js';
import type { Acceptances, Following } from './acceptances.js';
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

const isOver = (entries: readonly Entry[]): boolean =>
  entries.some(({ events }) => events.some(({ kind }) => kind === 'requestEnded'));

/**
 * Writes what it was given, then what the request accepts meanwhile, so that decisions in quick succession share one activity. An
 * answer that the request waits for goes back at once.
 */
const recordWhileMoreComes = async (batch: RecordEntries, following: Following): Promise<RecordedEntries> => {
  let { entries } = batch;
  for (;;) {
    const { version, reservations } = await projectEntries({ ...batch, entries });
    if (reservations.length > 0 || isOver(entries)) return { version, reservations: reservations.map(answerOf) };
    entries = await following.entriesAfter(version);
    if (entries.length === 0) return { version, reservations: [] };
  }
};

export const recordingActivities = (
  acceptances: Acceptances,
): Pick<Activities, 'recordEntries' | 'recordBatchEntries'> => ({
  recordEntries: async (batch) => {
    const following = acceptances.follow(batch.requestId);
    try {
      return await permanentOnFault(() => recordWhileMoreComes(batch, following));
    } finally {
      following.end();
    }
  },
  recordBatchEntries: (batch) => permanentOnFault(() => projectBatchEntries(batch)),
});
