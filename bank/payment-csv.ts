// The payment file's twin for people and for banks that take a table: the same payments, the same sums, safe in a spreadsheet.
import { sumMinor } from '../domain/amount.js';
import { amountTextOf } from './amount-text.js';
import type { PaymentInitiation } from './payment-initiation.js';
import { spreadsheetRows } from './spreadsheet.js';

const columns = ['end_to_end_id', 'amount_egp', 'currency', 'payee_ar', 'payee_en', 'iban'];

/** The last row carries count and sum, so that a file that was cut off shows. */
export const paymentCsv = ({ messageId, payments }: PaymentInitiation): string =>
  spreadsheetRows(
    [
      columns,
      ...payments.map(({ instructionId, amountMinor, payee }) => [
        instructionId,
        amountTextOf(amountMinor),
        'EGP',
        payee.nameAr,
        payee.nameEn,
        payee.iban,
      ]),
      [
        `${messageId} (${payments.length})`,
        amountTextOf(sumMinor(payments.map(({ amountMinor }) => amountMinor)).toString()),
        'EGP',
        '',
        '',
        '',
      ],
    ],
    true,
  );
