// Printed documents: a page that a screen reader can follow, a PDF in which every digit stands where it belongs, nothing taken as code.
import { describe, expect, it } from '@jest/globals';
import { printedHtml } from '../../api/printed/html.js';
import { printedPdf } from '../../api/printed/pdf.js';
import type { PrintedDocument } from '../../api/printed/printed-document.js';
import { printedPolicy, printedStyle } from '../../api/printed/style.js';
import { sha256 } from '../../platform/hashing.js';
import { pdfDrawn, pdfText } from '../support/pdf-text.js';

const proof = {
  code: 'SF-2026-000123-7-9f3a-11bc-02',
  verifyUrl: 'https://sanad.example/v1/letters/verify?code=SF-2026-000123-7-9f3a-11bc-02',
  sha256: sha256('content'),
};

const award: PrintedDocument = {
  language: 'ar',
  title: 'خطاب منحة',
  reference: 'SF-2026-000123',
  issuedAt: new Date('2026-11-20T22:30:00Z'),
  blocks: [
    { kind: 'heading', text: 'القرار' },
    { kind: 'paragraph', text: 'وافقت اللجنة على منحة قدرها 1,234,567.50 جنيه مصري للطلب رقم SF-2026-000123.' },
    { kind: 'list', items: ['يُفتح حساب مستقل للمشروع.', 'تُقدَّم 3 تقارير.'] },
    { kind: 'facts', rows: [{ label: 'المبلغ', value: '1,234,567.50 جنيه' }] },
    {
      kind: 'table',
      caption: 'الدفعات',
      columns: ['رقم', 'الغرض', 'المبلغ'],
      rows: [
        ['1', 'دفعة أولى', '987,654.05'],
        ['2', 'دفعة ثانية', '٢٤٦٬٩١٣٫٤٥'],
      ],
    },
    { kind: 'signatures', places: [{ role: 'رئيس اللجنة', name: 'سامي' }] },
  ],
  proof,
};

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe('a printed page', () => {
  it('says its language and direction and has one first heading, then headings in order', () => {
    const page = printedHtml(award);
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(printedHtml({ ...award, language: 'en' })).toContain('<html lang="en" dir="ltr">');
    expect(count(page, /<h1>/g)).toBe(1);
    expect([...page.matchAll(/<h(\d)/g)].map(([, level]) => level)).toEqual(['1', '2', '2']);
  });

  it('names what each table and each of its cells is about', () => {
    const page = printedHtml(award);
    expect(page).toContain('<table><caption>الدفعات</caption>');
    expect(count(page, /<th scope="col">/g)).toBe(3);
    expect(count(page, /<th scope="row">/g)).toBe(2);
  });

  it('keeps references and sums from turning around in a sentence', () => {
    const page = printedHtml(award);
    expect(page).toContain('قدرها <bdi>1,234,567.50</bdi> جنيه');
    expect(page).toContain('رقم <bdi>SF-2026-000123</bdi>.');
  });

  it("shows the day as Cairo's calendar has it", () => {
    expect(printedHtml(award)).toContain('21 نوفمبر 2026');
    expect(printedHtml({ ...award, language: 'en' })).toContain('21 November 2026');
  });

  it('carries the code, a readable hash and the address as link and QR', () => {
    const page = printedHtml(award);
    expect(page).toContain(`<bdi dir="ltr">${proof.code}</bdi>`);
    expect(page).toContain(`<a href="${proof.verifyUrl}" dir="ltr">`);
    expect(page).toMatch(/<bdi dir="ltr">[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}<\/bdi>/);
    expect(page).toMatch(/<svg role="img" aria-label="[^"]+"/);
  });

  it('lets nothing run: no script, and a policy that allows its own style alone', () => {
    expect(printedHtml(award)).not.toMatch(/<script|javascript:| on\w+=/i);
    expect(printedPolicy).toContain("default-src 'none'");
    expect(printedPolicy).not.toContain('unsafe-inline');
    expect(printedStyle).not.toMatch(/(margin|padding|border)-(left|right)|text-align: (left|right)/);
  });
});

describe('text that people gave', () => {
  const hostile = `<script>alert(1)</script>"'&<img src=x onerror=y>`;
  const everywhere: PrintedDocument = {
    ...award,
    title: hostile,
    reference: hostile,
    blocks: [
      { kind: 'heading', text: hostile },
      { kind: 'paragraph', text: hostile },
      { kind: 'list', items: [hostile] },
      { kind: 'facts', rows: [{ label: hostile, value: hostile }] },
      { kind: 'table', caption: hostile, columns: [hostile, hostile], rows: [[hostile, hostile]] },
      { kind: 'signatures', places: [{ role: hostile, name: hostile }] },
    ],
    proof: { code: hostile, verifyUrl: `javascript:${hostile}`, sha256: hostile },
  };

  it('is never markup, wherever it stands', () => {
    const page = printedHtml(everywhere);
    expect(page).not.toMatch(/<script|<img/);
    expect(page).not.toContain('href=');
    expect(count(page, /&lt;<bdi>script<\/bdi>&gt;|&lt;script&gt;/g)).toBe(18);
  });

  it('cannot turn the direction of what follows it', async () => {
    const turned: PrintedDocument = { ...award, blocks: [{ kind: 'paragraph', text: 'EGP \u202e000,001\u202c' }] };
    expect(printedHtml(turned)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect((await pdfPages(turned)).join()).toContain('000,001');
  });
});

const pdfPages = async (document: PrintedDocument): Promise<string[]> => pdfText(await printedPdf(document));

describe('a printed PDF', () => {
  it('is a PDF, and the same document prints the same twice', async () => {
    const once = await printedPdf(award);
    expect(once.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect((await printedPdf(award)).equals(once)).toBe(true);
  });

  it('has every digit of a sum in its place, in a sentence, beside a label and in a table, in both kinds of digits', async () => {
    const [page = ''] = await pdfPages(award);
    expect(count(page, /(?<![\d,.])1,234,567\.50(?![\d,.])/g)).toBe(2);
    expect(page).toContain('987,654.05');
    expect(page).toContain('٢٤٦٬٩١٣٫٤٥');
    expect(page).toContain('SF-2026-000123');
  });

  it('leaves out no letter, whatever was printed before: vowel signs and ligatures do not shift the count', async () => {
    const texts = [
      'نحيطكم علماً بأنه تقرر رفض طلبكم، وذلك للأسباب المبينة أدناه.',
      'إلى مصر على الله',
      'يسرّنا إخطاركم بالموافقة على تمويل مشروعكم بالقيمة والشروط المبينة أدناه.',
      'مدّة على إلى',
      'لا إله إلا الله',
    ];
    const letters = (text: string): string[] => [...text.replaceAll(/\s/g, '')].sort();
    const around = letters((await pdfPages({ ...award, blocks: [] })).join(''));
    for (const text of texts) {
      const pages = await pdfPages({ ...award, blocks: [{ kind: 'paragraph', text }] });
      expect(letters(pages.join(''))).toEqual([...around, ...letters(text)].sort());
    }
  });

  it('draws Arabic right to left: glyphs read from the left are the reversed word', async () => {
    const [page = ''] = await pdfPages(award);
    expect(page).toContain([...'الدفعات'].reverse().join(''));
  });

  it('lays the columns of an Arabic table out from the right, those of an English one from the left', async () => {
    const columns = ['A1', 'B2', 'C3'];
    const table = { kind: 'table', caption: 'T', columns, rows: [] } as const;
    const order = async (language: 'ar' | 'en'): Promise<string[]> => {
      const drawn = pdfDrawn(await printedPdf({ ...award, language, blocks: [table] }));
      const cells = drawn.filter(({ text }) => columns.includes(text.replaceAll('\n', '')));
      return cells.toSorted((a, b) => a.x - b.x).map(({ text }) => text);
    };
    expect(await order('en')).toEqual(['A1', 'B2', 'C3']);
    expect(await order('ar')).toEqual(['C3', 'B2', 'A1']);
  });

  it('prints reference and page number on every page of a long document, and the proof once', async () => {
    const long = Array.from({ length: 120 }, (_, index) => `${index + 1}: شرط`);
    const pages = await pdfPages({ ...award, language: 'en', blocks: [{ kind: 'list', items: long }] });
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('SF-2026-000123');
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
    expect(pages.filter((page) => page.includes(proof.code))).toHaveLength(1);
  });
});
