// From the lines of a batch to the sealed file that goes to the bank: names and IBANs are looked up once, then the bytes stand.
import type { BankProfile } from '../bank/profile.js';
import { paymentCsv } from '../bank/payment-csv.js';
import type { Payee, Payment } from '../bank/payment-initiation.js';
import { fitsInFile, paymentInitiation } from '../bank/payment-initiation.js';
import { sumMinor } from '../domain/amount.js';
import type { BatchLine } from '../domain/money/payment-batch.js';
import type { PaymentFileDocument } from '../persistence/payment-file.model.js';
import { seal, sealedFile } from '../persistence/payment-file.projection.js';
import { canonical, sha256 } from '../platform/hashing.js';
import { paymentLinesOf } from './bank.js';

export type Payees = (accountIds: readonly string[]) => Promise<ReadonlyMap<string, Payee>>;

export type PaymentFiles = {
  /** Which accounts a file could pay to: those with a payee, under an id that a bank takes. */
  readonly payable: (accountIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Idempotent: the same lines of a batch give the same sealed file. */
  readonly sealed: (batchId: string, lines: readonly BatchLine[]) => Promise<PaymentFileDocument>;
};

/** Only what a bank is told decides whether two files are the same. */
const fileIdOf = (batchId: string, lines: readonly BatchLine[]): string =>
  `${batchId}/${sha256(canonical(paymentLinesOf(lines))).slice(0, 16)}`;

const paymentOf = (
  { instructionId, amountMinor, accountId }: BatchLine,
  known: ReadonlyMap<string, Payee>,
): Payment => {
  const payee = accountId === null ? undefined : known.get(accountId);
  // Nobody may be paid to an account that is not verified any more: the batch waits, loudly, until it is withdrawn or mended.
  if (accountId === null || payee === undefined) throw new Error(`${instructionId} has no verified account`);
  return { instructionId, amountMinor, accountId, payee };
};

export const createPaymentFiles = (
  profile: BankProfile,
  payees: Payees,
  now: () => Date = () => new Date(),
): PaymentFiles => ({
  payable: async (accountIds) => new Set((await payees(accountIds.filter(fitsInFile))).keys()),
  sealed: async (batchId, lines) => {
    const id = fileIdOf(batchId, lines);
    const known = await sealedFile(id);
    if (known !== null) return known;
    const payeesByAccount = await payees(lines.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])));
    const payments = lines.map((line) => paymentOf(line, payeesByAccount));
    const content = { messageId: batchId, createdAt: now(), payments };
    const xml = [...paymentInitiation(content, profile)].join('');
    return seal({
      _id: id,
      batchId,
      count: lines.length,
      controlSumMinor: sumMinor(lines.map(({ amountMinor }) => amountMinor)).toString(),
      sha256: sha256(xml),
      xml,
      csv: paymentCsv(content),
      sealedAt: content.createdAt,
    });
  },
});
