// The port to a bank: what Sanad asks of it and what every adapter promises. Adapters are proven by one suite (test/persistence).
import type { AmountMinor } from '../domain/amount.js';
import { sumMinor } from '../domain/amount.js';
import type { BatchLine } from '../domain/money/payment-batch.js';
import type { ReportedStatus } from './contract.js';

export type PaymentLine = Pick<BatchLine, 'instructionId' | 'amountMinor' | 'accountId'>;

export type PaymentFile = {
  readonly batchId: string;
  /** The sealed bytes, pain.001.001.10. */
  readonly text: string;
  readonly count: number;
  readonly controlSumMinor: AmountMinor;
  readonly lines: readonly PaymentLine[];
};

export type Bank = {
  /** Idempotent by batch id: the same file again pays nothing twice. Another file under a known id throws. */
  readonly submit: (file: PaymentFile) => Promise<{ readonly receivedAt: Date }>;
  /** What the bank knows by now; instructions it has no word on are left out. */
  readonly statuses: (batchId: string, instructionIds: readonly string[]) => Promise<ReportedStatus[]>;
};

/** What a bank is told of each line. */
export const paymentLinesOf = (lines: readonly BatchLine[]): PaymentLine[] =>
  lines.map(({ instructionId, amountMinor, accountId }) => ({ instructionId, amountMinor, accountId }));

export const paymentFileOf = (batchId: string, lines: readonly BatchLine[], text: string): PaymentFile => ({
  batchId,
  text,
  count: lines.length,
  controlSumMinor: sumMinor(lines.map((line) => line.amountMinor)).toString(),
  lines: paymentLinesOf(lines),
});
