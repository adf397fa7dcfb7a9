// Payment batches as finance sees them: what is in them, who built and released them, where each payment stands.
import { z } from 'zod';
import type { BatchLine, BatchState } from '../../domain/money/payment-batch.js';
import type { PaymentBatchRecord, PaymentBatchRow } from '../../persistence/payment-batch.reads.js';
import type { PaymentFileSummary } from '../../persistence/payment-file.reads.js';
import { egp, id, instant, money, version } from '../schemas/text.schema.js';

export const batchStates = [
  'building',
  'empty',
  'awaiting-release',
  'released',
  'sent',
  'withdrawn',
  'completed',
] as const satisfies readonly BatchState[];

export const batchAnswer = z.object({
  batchId: id,
  version,
  state: z.enum(batchStates),
  readModel: z.enum(['current', 'behind']),
});

export const batchSummary = z.object({
  id,
  version,
  state: z.enum(batchStates),
  count: z.int(),
  controlSum: money,
  builtBy: z.string(),
  releasedBy: z.string().nullable(),
  builtAt: instant,
  updatedAt: instant,
});
const line = z.object({
  instructionId: z.string(),
  requestId: id,
  number: z.int(),
  amount: money,
  accountId: z.string().nullable(),
  preparedBy: z.string().nullable(),
  status: z.enum(['claimed', 'sent', 'settled', 'rejected', 'unknown']),
});
const sealedFile = z
  .object({ sha256: z.string(), count: z.int(), controlSum: money, sealedAt: instant })
  .meta({ id: 'SealedFile', description: 'The payment file as it will leave: sealed before anybody releases it' });
export const batchView = batchSummary.extend({
  fileSha256: z.string().nullable().meta({ description: 'Of the file that was sent' }),
  file: sealedFile.nullable(),
  lines: z.array(line),
});

export const batchSummaryOf = (row: PaymentBatchRow): z.output<typeof batchSummary> => ({
  id: row._id,
  version: row.version,
  state: row.status,
  count: row.count,
  controlSum: egp(row.controlSumMinor),
  builtBy: row.builtBy,
  releasedBy: row.releasedBy,
  builtAt: row.builtAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
const lineOf = ({ amountMinor, ...rest }: BatchLine): z.output<typeof line> => ({ ...rest, amount: egp(amountMinor) });
export const batchViewOf = (
  record: PaymentBatchRecord,
  file: PaymentFileSummary | null,
): z.output<typeof batchView> => ({
  ...batchSummaryOf(record),
  fileSha256: record.state.fileSha256,
  file: file && {
    sha256: file.sha256,
    count: file.count,
    controlSum: egp(file.controlSumMinor),
    sealedAt: file.sealedAt.toISOString(),
  },
  lines: record.state.lines.map(lineOf),
});
