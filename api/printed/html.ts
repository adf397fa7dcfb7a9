// A printed document as a web page of its own: readable by screen readers, printable, without script; everything from outside is escaped.
import { plainText } from './plain-text.js';
import type { PrintedBlock, PrintedDocument } from './printed-document.js';
import { printedWords, readableHash } from './printed-words.js';
import { qrPathOf } from './qr.js';
import { printedStyle } from './style.js';
import { writtenDate } from './written-date.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => plainText(text).replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');

const isolated = (text: string): string => `<bdi>${escape(text)}</bdi>`;

/** Numbers and Latin codes inside a sentence keep their own direction, whatever stands around them. */
const codes = /([A-Za-z0-9][A-Za-z0-9.,/:_%-]*[A-Za-z0-9])/;
const sentence = (text: string): string =>
  text
    .split(codes)
    .map((piece, index) => (index % 2 === 1 ? isolated(piece) : escape(piece)))
    .join('');

const each = <T>(items: readonly T[], html: (item: T) => string): string => items.map(html).join('');

const facts = (rows: Extract<PrintedBlock, { kind: 'facts' }>['rows']): string =>
  `<dl>${each(rows, ({ label, value }) => `<div><dt>${escape(label)}</dt><dd>${isolated(value)}</dd></div>`)}</dl>`;

const table = ({ caption, columns, rows }: Extract<PrintedBlock, { kind: 'table' }>): string => {
  const head = each(columns, (column) => `<th scope="col">${escape(column)}</th>`);
  const row = ([first = '', ...others]: readonly string[]): string =>
    `<tr><th scope="row">${isolated(first)}</th>${each(others, (cell) => `<td>${isolated(cell)}</td>`)}</tr>`;
  return `<table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${each(rows, row)}</tbody></table>`;
};

const block = (content: PrintedBlock): string => {
  switch (content.kind) {
    case 'heading':
      return `<h2>${sentence(content.text)}</h2>`;
    case 'paragraph':
      return `<p>${sentence(content.text)}</p>`;
    case 'list':
      return `<ul>${each(content.items, (item) => `<li>${sentence(item)}</li>`)}</ul>`;
    case 'facts':
      return facts(content.rows);
    case 'table':
      return table(content);
    case 'signatures':
      return `<ul class="signatures">${each(
        content.places,
        ({ role, name }) => `<li><span>${escape(role)}</span> <span>${isolated(name)}</span></li>`,
      )}</ul>`;
  }
};

/** Only an address of the web becomes a link; anything else stays text. */
const link = (address: string): string =>
  /^https?:\/\//.test(address)
    ? `<a href="${escape(address)}" dir="ltr">${escape(address)}</a>`
    : `<bdi dir="ltr">${escape(address)}</bdi>`;

const proof = ({ proof: given, language }: PrintedDocument): string => {
  if (given === undefined) return '';
  const words = printedWords[language];
  const { side, path } = qrPathOf(given.verifyUrl);
  return [
    `<footer><section aria-labelledby="proof"><h2 id="proof">${words.proof}</h2>`,
    `<svg role="img" aria-label="${words.qr}" viewBox="0 0 ${side} ${side}"><path d="${path}"/></svg>`,
    `<dl><div><dt>${words.code}</dt><dd><bdi dir="ltr">${escape(given.code)}</bdi></dd></div>`,
    `<div><dt>${words.hash}</dt><dd><bdi dir="ltr">${escape(readableHash(given.sha256))}</bdi></dd></div>`,
    `<div><dt>${words.verify}</dt><dd>${link(given.verifyUrl)}</dd></div></dl></section></footer>`,
  ].join('\n');
};

export const printedHtml = (document: PrintedDocument): string => {
  const { language, title, reference, issuedAt, blocks } = document;
  const words = printedWords[language];
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escape(title)} – ${escape(reference)}</title>`,
    `<style>${printedStyle}</style></head>`,
    `<body><header><p>${words.fund}</p></header>`,
    `<main><h1>${sentence(title)}</h1>`,
    facts([
      { label: words.reference, value: reference },
      { label: words.issued, value: writtenDate(issuedAt, language) },
    ]),
    ...blocks.map(block),
    `</main>${proof(document)}</body></html>`,
    '',
  ].join('\n');
};
