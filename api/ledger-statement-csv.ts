// Statements as CSV files that spreadsheets open with Arabic intact and never take for formulas: of an envelope between its balances at
// both ends, of a holder with count and sum behind. A file that was cut off shows.
import { amountTextOf } from '../bank/amount-text.js';
import { spreadsheetRows } from '../bank/spreadsheet.js';
import { accounts } from '../domain/money/ledger.js';
import type { Balances, PostingDocument } from '../persistence/ledger.model.js';
import { balanceFields, noBalances } from '../persistence/ledger.model.js';
import type { LedgerWords } from './ledger-words.js';

export type StatementLines = {
  readonly from: Date;
  readonly until: Date;
  readonly opening: Balances;
  readonly closing: Balances;
  readonly postings: AsyncIterable<PostingDocument>;
};

const movedColumns = ({ columns }: LedgerWords): string[] => [
  ...[columns.number, columns.bookedAt, columns.decidedAt, columns.kind, columns.from, columns.to, columns.amount],
  columns.request,
];
const sourceColumns = ({ columns }: LedgerWords): string[] => [columns.posting, columns.reverses];

const columnsOf = (words: LedgerWords): string[] => [
  ...movedColumns(words),
  ...accounts.map((name) => words.columns.after(words.account[name])),
  ...sourceColumns(words),
];

const heldIn = (balances: Balances): string[] => accounts.map((name) => amountTextOf(balances[balanceFields[name]]));

const endOf = (title: string, at: Date, balances: Balances): string[] => [
  ...['', at.toISOString(), '', title, '', '', '', ''],
  ...heldIn(balances),
  ...['', ''],
];

const movedOf = (posting: PostingDocument, words: LedgerWords): string[] => [
  String(posting.booking?.number ?? ''),
  (posting.booking?.bookedAt ?? posting.at).toISOString(),
  posting.at.toISOString(),
  words.kind[posting.kind],
  words.account[posting.from],
  words.account[posting.to],
  amountTextOf(posting.amountMinor),
  posting.requestId ?? '',
];
const sourceOf = ({ _id, reverses = '' }: PostingDocument): string[] => [_id, reverses];

const rowOf = (posting: PostingDocument, words: LedgerWords): string[] => [
  ...movedOf(posting, words),
  ...heldIn(posting.booking?.after ?? noBalances),
  ...sourceOf(posting),
];

const written = (row: readonly string[], isFirst = false): string => spreadsheetRows([row], isFirst);

export async function* statementCsv(
  { from, until, opening, closing, postings }: StatementLines,
  words: LedgerWords,
): AsyncGenerator<string> {
  yield written(columnsOf(words), true);
  yield written(endOf(words.opening, from, opening));
  for await (const posting of postings) yield written(rowOf(posting, words));
  yield written(endOf(words.closing, until, closing));
}

/** The envelope comes first: a holder may have postings in several, each with numbers of its own. */
export async function* movementsCsv(
  postings: AsyncIterable<PostingDocument>,
  words: LedgerWords,
): AsyncGenerator<string> {
  let [count, sum] = [0, 0n];
  yield written([words.columns.envelope, ...movedColumns(words), ...sourceColumns(words)], true);
  for await (const posting of postings) {
    count += 1;
    sum += posting.amountMinor;
    yield written([posting.envelopeId, ...movedOf(posting, words), ...sourceOf(posting)]);
  }
  yield written(['', '', '', '', words.inAll(count), '', '', amountTextOf(sum), '', '', '']);
}
