// Markdown pieces for generated documents: tables, and the blocks between markers that a generator may replace.

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

export const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(titles), `|${' --- |'.repeat(titles.length)}`, ...rows.map(row)].join('\n');

export const code = (text: string): string => `\`${text}\``;
export const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

export const mermaid = (diagram: string): string => `\`\`\`mermaid\n${diagram}\n\`\`\``;

/** Puts `content` between the markers of a block; a document without them is a defect of that document. */
export const withBlock = (document: string, name: string, content: string): string => {
  const [begin, end] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the markers ${begin} … ${end} are missing`);
  return `${document.slice(0, from)}${begin}\n\n${content}\n\n${document.slice(to)}`;
};
