// Rows of a CSV file that spreadsheets open with Arabic intact and never take for formulas.
import { stringify } from 'csv-stringify/sync';

/** The first rows of a file carry the byte order mark. `escape_formulas` puts an apostrophe before what would be calculated. */
export const spreadsheetRows = (rows: readonly (readonly string[])[], isFirst = false): string =>
  stringify(
    rows.map((row) => [...row]),
    { bom: isFirst, escape_formulas: true, record_delimiter: '\r\n' },
  );
