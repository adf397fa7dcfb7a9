// A printed document as a PDF. Arabic runs right to left: texts carry the direction, rows are laid out reversed.
// Each text is one flat Text element: the engine puts nested ones into the wrong order.
import { Document, Page, Path, Svg, Text, View, renderToBuffer } from '@react-pdf/renderer';
import type { ReactElement } from 'react';
import { createElement } from 'react';
import { fontsLoaded } from './pdf-fonts.js';
import { sheetOf } from './pdf-style.js';
import type { Sheet } from './pdf-style.js';
import { plainText } from './plain-text.js';
import type { PrintedBlock, PrintedDocument } from './printed-document.js';
import { printedWords, readableHash } from './printed-words.js';
import { qrPathOf } from './qr.js';
import { writtenDate } from './written-date.js';

type Style = Sheet[keyof Sheet];
const line = (text: string, style: Style): ReactElement => createElement(Text, { style }, plainText(text));
const row = (style: Style, ...children: ReactElement[]): ReactElement => createElement(View, { style }, ...children);
/** What has to stand on one page. */
const whole = (style: Style, ...children: ReactElement[]): ReactElement =>
  createElement(View, { style, wrap: false }, ...children);

const factRow = (sheet: Sheet, { label, value }: { label: string; value: string }): ReactElement =>
  row(sheet.row, line(label, sheet.label), line(value, sheet.value));

const tableOf = (
  sheet: Sheet,
  { caption, columns, rows }: Extract<PrintedBlock, { kind: 'table' }>,
): ReactElement[] => [
  createElement(Text, { style: sheet.caption, minPresenceAhead: 60 }, plainText(caption)),
  whole(sheet.headRow, ...columns.map((column) => line(column, sheet.headCell))),
  ...rows.map((cells) => whole(sheet.tableRow, ...columns.map((_, index) => line(cells[index] ?? '', sheet.cell)))),
];

const contentOf = (sheet: Sheet, content: PrintedBlock): ReactElement[] => {
  switch (content.kind) {
    case 'heading':
      return [createElement(Text, { style: sheet.heading, minPresenceAhead: 60 }, plainText(content.text))];
    case 'paragraph':
      return [line(content.text, sheet.paragraph)];
    case 'list':
      return content.items.map((item) => row(sheet.row, line('•', sheet.bullet), line(item, sheet.item)));
    case 'facts':
      return content.rows.map((fact) => factRow(sheet, fact));
    case 'table':
      return tableOf(sheet, content);
    case 'signatures':
      return [
        whole(
          sheet.signatures,
          ...content.places.map(({ role, name }) =>
            whole(sheet.signature, line(role, sheet.role), line(name, sheet.paragraph)),
          ),
        ),
      ];
  }
};

const proofOf = (sheet: Sheet, { proof, language }: PrintedDocument): ReactElement | null => {
  if (proof === undefined) return null;
  const words = printedWords[language];
  const { side, path } = qrPathOf(proof.verifyUrl);
  return whole(
    sheet.proof,
    createElement(
      Svg,
      { style: sheet.qr, viewBox: `0 0 ${side} ${side}` },
      createElement(Path, { d: path, fill: '#000' }),
    ),
    whole(
      sheet.proofText,
      line(words.proof, sheet.role),
      factRow(sheet, { label: words.code, value: proof.code }),
      factRow(sheet, { label: words.hash, value: readableHash(proof.sha256) }),
      line(words.verify, sheet.small),
      line(proof.verifyUrl, sheet.address),
    ),
  );
};

const pageOf = (document: PrintedDocument): ReactElement => {
  const { language, title, reference, issuedAt, blocks } = document;
  const sheet = sheetOf(language);
  const words = printedWords[language];
  return createElement(
    Page,
    { size: 'A4', style: sheet.page },
    line(words.fund, sheet.fund),
    line(title, sheet.title),
    factRow(sheet, { label: words.reference, value: reference }),
    factRow(sheet, { label: words.issued, value: writtenDate(issuedAt, language) }),
    ...blocks.map((content) => row(sheet.block, ...contentOf(sheet, content))),
    proofOf(sheet, document),
    createElement(
      View,
      { style: sheet.foot, fixed: true },
      line(reference, sheet.footText),
      createElement(Text, {
        style: sheet.footEnd,
        render: ({ pageNumber, totalPages }) => words.page(pageNumber, totalPages ?? pageNumber),
      }),
    ),
  );
};

export const printedPdf = async (document: PrintedDocument): Promise<Buffer> => {
  await fontsLoaded();
  const { language, title, reference, issuedAt } = document;
  return renderToBuffer(
    createElement(
      Document,
      {
        title: `${title} – ${reference}`,
        author: printedWords[language].fund,
        language,
        creator: 'Sanad',
        producer: 'Sanad',
        creationDate: issuedAt,
        modificationDate: issuedAt,
      },
      pageOf(document),
    ),
  );
};
