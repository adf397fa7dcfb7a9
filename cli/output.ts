// Where words go: data on stdout, everything else on stderr, so that `sanad … --json | jq` works. Plain tables, no colours.
import type { Command } from 'commander';

export type OutputOptions = { readonly json?: boolean; readonly quiet?: boolean };

export type Output = {
  readonly json: boolean;
  /** The result: text for people, or one JSON document with --json. */
  readonly data: (text: string, document: unknown) => void;
  /** Progress and remarks; silent with --quiet. */
  readonly say: (text: string) => void;
};

export const createOutput = ({ json = false, quiet = false }: OutputOptions): Output => ({
  json,
  data: (text, document) => void process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${text}\n`),
  say: (text) => {
    if (!quiet) process.stderr.write(`${text}\n`);
  },
});

export const withOutputOptions = (command: Command): Command =>
  command.option('--json', 'print one JSON document on stdout').option('--quiet', 'no progress and remarks on stderr');

export type Column = { readonly title: string; readonly align?: 'end' };

/** Combining marks and bidi marks take no column; the rest of Arabic and Latin take one. */
const widthOf = (text: string): number => [...text.normalize('NFC').replace(/[\p{Mn}\p{Cf}]/gu, '')].length;

const padded = (text: string, width: number, align: Column['align']): string => {
  const filling = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'end' ? filling + text : text + filling;
};

export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const widths = columns.map(({ title }, index) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? '')), widthOf(title)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.align))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
};
