// Bank messages: what is written is valid by the official schemas and says what it should; what is foreign is read or refused, never guessed.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { amountTextOf, minorOfAmountText } from '../../bank/amount-text.js';
import { paymentCsv } from '../../bank/payment-csv.js';
import type { Payment } from '../../bank/payment-initiation.js';
import { paymentInitiation } from '../../bank/payment-initiation.js';
import { meaningOf, readStatusMessage } from '../../bank/payment-status.js';
import { demoProfile } from '../../bank/profile.js';
import { readStatement } from '../../bank/statement.js';
import { readPaymentFile } from '../../simulators/bank/payment-file.js';
import { accountStatement, statusReport } from '../../simulators/bank/messages.js';
import { officialSchemas } from '../support/official-schemas.js';

const hostile = [
  'جمعية <الخير> & "النور"',
  "O'Brien ]]> <!-- x -->",
  '=HYPERLINK("http://x")',
  'أ'.repeat(300),
  '\u0000\u202eأمل',
];
const paymentAt = (index: number): Payment => ({
  instructionId: `req${String(index).padStart(13, '0')}-t1-1`,
  amountMinor: String(100 + index),
  accountId: `account-${index}`,
  payee: {
    nameAr: hostile[index % hostile.length] ?? '',
    nameEn: `NGO ${index}`,
    iban: 'EG380019000500000000263180002',
  },
});
const createdAt = new Date(Date.UTC(2026, 6, 1, 22, 30));
const fileOf = (count: number) => ({
  messageId: 'batch0000000000001',
  createdAt,
  payments: Array.from({ length: count }, (_, index) => paymentAt(index)),
});
const written = (count: number): string => [...paymentInitiation(fileOf(count), demoProfile)].join('');
const statusXml = statusReport({
  messageId: 'ST1',
  at: createdAt,
  fileId: 'batch1',
  words: [
    { endToEndId: 'a-t1-1', status: 'ACSC' },
    { endToEndId: 'b-t1-1', status: 'RJCT', reasonCode: 'AC04' },
  ],
});
const statementXml = accountStatement({
  messageId: 'CA1',
  at: createdAt,
  iban: demoProfile.debtorIban,
  day: '2026-07-01',
  bookings: [{ endToEndId: 'a-t1-1', amountMinor: '12345', reference: 'BK1', bookedOn: '2026-07-01' }],
});

const schemas = officialSchemas('iso20022');
(schemas.folder === null ? describe.skip : describe)(`by the official schemas${schemas.note}`, () => {
  const faultsBy = (schema: string, xml: string): string | null => {
    const definition = XmlDocument.fromString(readFileSync(join(schemas.folder ?? '', schema), 'utf8'));
    const validator = XsdValidator.fromDoc(definition);
    const document = XmlDocument.fromString(xml);
    try {
      validator.validate(document);
      return null;
    } catch (error) {
      return String(error);
    } finally {
      document.dispose();
      validator.dispose();
      definition.dispose();
    }
  };

  it.each([
    ['pain.001.001.10.xsd', 'a payment file with hostile names', written(7)],
    ['pain.002.001.11.xsd', 'a status message', statusXml],
    ['camt.053.001.08.xsd', 'a statement', statementXml],
  ])('%s finds nothing wrong with %s', (schema, _what, xml) => {
    expect(faultsBy(schema, xml)).toBeNull();
  });

  it('would notice an element that is not allowed', () => {
    expect(faultsBy('pain.001.001.10.xsd', written(1).replace('<PmtMtd>TRF', '<PmtMtd>XXX'))).toContain('PmtMtd');
  });
});

describe('a payment file', () => {
  it('is read back payment by payment, with count and sum to the piastre', () => {
    const read = readPaymentFile(written(5_000));

    expect(read).toMatchObject({ ok: true, value: { messageId: 'batch0000000000001' } });
    expect(read.ok && read.value.payments.map(({ endToEndId, amountMinor }) => [endToEndId, amountMinor])).toEqual(
      fileOf(5_000).payments.map(({ instructionId, amountMinor }) => [instructionId, amountMinor]),
    );
  });

  it('comes in pieces no longer than one payment, so that its length does not matter', () => {
    const lengths = [...paymentInitiation(fileOf(5_000), demoProfile)].map((piece) => piece.length);

    expect(lengths.length).toBeGreaterThan(5_000);
    expect(Math.max(...lengths)).toBeLessThan(2_000);
  });

  it('is executed on the day it is in Cairo, not in Greenwich', () => {
    expect(written(1)).toContain('<ReqdExctnDt><Dt>2026-07-02</Dt></ReqdExctnDt>');
  });

  it('takes no id that a bank would cut', () => {
    const [payment] = fileOf(1).payments;
    const long = { ...fileOf(1), payments: payment ? [{ ...payment, instructionId: 'x'.repeat(36) }] : [] };

    expect(() => [...paymentInitiation(long, demoProfile)]).toThrow('35');
  });

  it('has a twin for spreadsheets in which nothing is a formula and the last row is the sum', () => {
    const rows = paymentCsv(fileOf(3)).trim().split('\r\n');

    expect(rows).toHaveLength(5);
    expect(rows[3]).toContain("'=HYPERLINK");
    expect(rows[4]).toContain('batch0000000000001 (3),3.03,EGP');
  });
});

describe('a status message', () => {
  it('says of each payment what the bank says', () => {
    expect(readStatusMessage(statusXml)).toEqual({
      ok: true,
      value: {
        messageId: 'ST1',
        createdAt: createdAt.toISOString(),
        originalMessageId: 'batch1',
        transactions: [
          { endToEndId: 'a-t1-1', status: 'ACSC' },
          { endToEndId: 'b-t1-1', status: 'RJCT', reasonCode: 'AC04' },
        ],
      },
    });
  });

  it.each([
    ['ACSC', 'settled'],
    ['RJCT', 'rejected'],
    ['PDNG', 'under-way'],
    ['ACSP', 'under-way'],
    ['UNKN', 'unknown'],
    ['acsc', 'unknown'],
  ])('means by %s: %s', (code, meaning) => {
    expect(meaningOf(code)).toBe(meaning);
  });
});

describe('a statement', () => {
  it('gives its lines with exact amounts', () => {
    expect(readStatement(statementXml)).toMatchObject({
      ok: true,
      value: {
        messageId: 'CA1',
        accountIban: demoProfile.debtorIban,
        lines: [
          {
            reference: 'BK1',
            endToEndId: 'a-t1-1',
            amountMinor: '12345',
            currency: 'EGP',
            direction: 'debit',
            booked: true,
            bookingDate: '2026-07-01',
            reversal: false,
          },
        ],
      },
    });
  });
});

const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
const cases: readonly (readonly [string, string, string])[] = [
  ['an entity bomb', statusXml.replace(/<\?xml[^>]*\?>/, bomb), 'document type'],
  [
    'a file of the host',
    statusXml.replace(/<\?xml[^>]*\?>/, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
    'document type',
  ],
  ['another message', statusXml.replaceAll('CstmrPmtStsRpt', 'Other'), 'CstmrPmtStsRpt'],
  ['another version', statusXml.replace('pain.002.001.11', 'pain.002.001.03'), 'namespace'],
  ['text that is no XML', 'ACSC', 'well-formed'],
  ['another root', '<Other/>', 'Document'],
  ['a tag left open', statusXml.replace('</Document>', ''), 'well-formed'],
  ['a payment without an id', statusXml.replace('<OrgnlEndToEndId>a-t1-1</OrgnlEndToEndId>', ''), 'OrgnlEndToEndId'],
  ['an id too long for a bank', statusXml.replace('a-t1-1', 'a'.repeat(36)), 'OrgnlEndToEndId'],
  ['nesting without end', statusXml.replace('<GrpHdr>', '<GrpHdr>' + '<a>'.repeat(90) + '</a>'.repeat(90)), 'read'],
];

describe('a status message that is not one', () => {
  it.each(cases)('%s is refused', (_what, xml, why) => {
    const read = readStatusMessage(xml);
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? '' : read.fault).toContain(why);
  });

  it.each([
    ['three decimals', '123.450', 'exact'],
    ['an exponent', '1e3', 'exact'],
    ['a comma', '123,45', 'exact'],
    ['less than nothing', '-123.45', 'exact'],
    ['Arabic digits', '١٢٣٫٤٥', 'exact'],
  ])('a statement with %s in an amount is refused', (_what, amount, why) => {
    const read = readStatement(statementXml.replace('>123.45<', `>${amount}<`));
    expect(read.ok ? '' : read.fault).toContain(why);
  });
});

describe('an amount', () => {
  it.each([
    ['0', '0'],
    ['0.5', '50'],
    ['0.05', '5'],
    ['90071992547409.93', '9007199254740993'],
  ])('%s is %s piastres and comes back', (text, minor) => {
    expect(minorOfAmountText(text)).toBe(minor);
    expect(minorOfAmountText(amountTextOf(minor))).toBe(minor);
  });
});
