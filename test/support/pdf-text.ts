// The text of a PDF as its glyphs are drawn, left to right along each line: enough to check a number digit by digit.
import { inflateSync } from 'node:zlib';

type Parts = ReadonlyMap<number, { readonly head: string; readonly stream: string }>;

const partsOf = (pdf: Buffer): Parts => {
  const raw = pdf.toString('latin1');
  const parts = new Map<number, { head: string; stream: string }>();
  for (const [, id, body = ''] of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [head = '', packed] = body.split(/\nstream\n/);
    const bytes = packed === undefined ? null : Buffer.from(packed.replace(/\nendstream$/, ''), 'latin1');
    const plain = bytes && head.includes('FlateDecode') ? inflateSync(bytes) : bytes;
    parts.set(Number(id), { head, stream: plain?.toString('latin1') ?? '' });
  }
  return parts;
};

const decoded = (utf16: string): string => Buffer.from(utf16, 'hex').swap16().toString('utf16le');

/** Glyph number → characters, from the font's ToUnicode table. */
const lettersOf = (cmap: string): string[] =>
  [...cmap.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[([^\]]*)\]/gi)].flatMap(([, list = '']) =>
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) => decoded(hex.replaceAll(' ', ''))),
  );

const referred = (text: string, name: string): number => Number(new RegExp(`/${name} (\\d+) 0 R`).exec(text)?.[1]);

export type Drawn = { readonly page: number; readonly text: string; readonly x: number };

const steps = /\/F\d+ [\d.]+ Tf|\[[^\]]*\] TJ|\bET\b|^q$|^Q$|^[\d. -]+ cm$/gm;

/** What one page draws, piece by piece; its matrices only move and mirror, so the way across is a sum. */
const drawnOn = (content: string, letters: (font: string) => string[]): { text: string; x: number }[] => {
  const drawn: { text: string; x: number }[] = [];
  const outer: number[] = [];
  let [x, font, text] = [0, '', ''];
  for (const [step] of content.matchAll(steps)) {
    if (step === 'q') outer.push(x);
    else if (step === 'Q') x = outer.pop() ?? 0;
    else if (step.endsWith('cm')) x += Number(step.split(' ')[4]);
    else if (step.endsWith('Tf')) font = step.slice(1).split(' ')[0] ?? '';
    else if (step.endsWith('TJ')) {
      const glyphs = [...step.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      text += glyphs.map((glyph) => letters(font)[parseInt(glyph, 16)] ?? '?').join('');
    } else {
      drawn.push({ text, x });
      text = '';
    }
  }
  return drawn;
};

export const pdfDrawn = (pdf: Buffer): Drawn[] => {
  const parts = partsOf(pdf);
  const at = (id: number): { head: string; stream: string } => parts.get(id) ?? { head: '', stream: '' };
  const pages = [...parts.values()].filter(({ head }) => /\/Type \/Page\n/.test(head));
  return pages.flatMap(({ head }, page) => {
    const resources = at(referred(head, 'Resources')).head;
    const letters = (font: string): string[] =>
      lettersOf(at(referred(at(referred(resources, font)).head, 'ToUnicode')).stream);
    return drawnOn(at(referred(head, 'Contents')).stream, letters).map((piece) => ({ page, ...piece }));
  });
};

/** The text of each page, one line for each piece drawn. */
export const pdfText = (pdf: Buffer): string[] => {
  const drawn = pdfDrawn(pdf);
  const pages = Math.max(-1, ...drawn.map(({ page }) => page)) + 1;
  return Array.from({ length: pages }, (_, number) =>
    drawn.flatMap(({ page, text }) => (page === number ? [text] : [])).join('\n'),
  );
};
