// Statements as banks write them: one entry for several payments, reversals, pending lines, and dates that are none.
import { describe, expect, it } from '@jest/globals';
import { readStatement } from '../../bank/statement.js';
import { accountStatement } from '../../simulators/bank/messages.js';

const plain = accountStatement({
  messageId: 'CA1',
  at: new Date(Date.UTC(2026, 6, 1)),
  iban: 'EG380019000500000000263180002',
  day: '2026-07-01',
  bookings: [{ endToEndId: 'a-t1-1', amountMinor: '300', reference: 'BK1', bookedOn: '2026-07-01' }],
});
const details = /<NtryDtls>.*<\/NtryDtls>/;
const one = (id: string, amount = '') => `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>${amount}</TxDtls>`;
const amountOf = (text: string) => `<Amt Ccy="EGP">${text}</Amt>`;
const linesIn = (xml: string) => {
  const read = readStatement(xml);
  return read.ok ? read.value.lines : read.fault;
};

describe('an entry of a statement', () => {
  it('that stands for several payments gives a line for each, with references of their own', () => {
    const xml = plain.replace(
      details,
      `<NtryDtls>${one('a-t1-1', amountOf('1.00'))}${one('b-t1-1', amountOf('2.00'))}</NtryDtls>`,
    );

    expect(linesIn(xml)).toMatchObject([
      { reference: 'BK1/1', endToEndId: 'a-t1-1', amountMinor: '100' },
      { reference: 'BK1/2', endToEndId: 'b-t1-1', amountMinor: '200' },
    ]);
  });

  it('that names several payments without their amounts stays whole, for a person to part', () => {
    const [line, ...others] = linesIn(plain.replace(details, `<NtryDtls>${one('a-t1-1')}${one('b-t1-1')}</NtryDtls>`));

    expect(others).toEqual([]);
    expect(line).toMatchObject({ reference: 'BK1', amountMinor: '300' });
    expect(line).not.toHaveProperty('endToEndId');
  });

  it('says whether it is booked, and whether it takes an earlier one back', () => {
    const xml = plain
      .replace('<Cd>BOOK</Cd>', '<Cd>PDNG</Cd>')
      .replace('</CdtDbtInd><Sts>', '</CdtDbtInd><RvslInd>true</RvslInd><Sts>');

    expect(linesIn(xml)).toMatchObject([{ booked: false, reversal: true }]);
  });

  it('takes the day of an instant, and the value date where the bank gives no booking date', () => {
    const instant = plain.replace('<BookgDt><Dt>2026-07-01</Dt>', '<BookgDt><DtTm>2026-07-02T01:00:00+03:00</DtTm>');
    const valueOnly = plain.replace(/<BookgDt>.*<\/BookgDt>/, '');

    expect(linesIn(instant)).toMatchObject([{ bookingDate: '2026-07-02' }]);
    expect(linesIn(valueOnly)).toMatchObject([{ bookingDate: '2026-07-01' }]);
  });

  it.each([
    ['a booked entry without a day', plain.replace(/<BookgDt>.*<\/ValDt>/, ''), 'without a date'],
    ['a day that is none', plain.replaceAll('<Dt>2026-07-01</Dt>', '<Dt>2026-02-30</Dt>'), 'Dt'],
    [
      'an instant that is none',
      plain.replace('<BookgDt><Dt>2026-07-01</Dt>', '<BookgDt><DtTm>yesterday evening</DtTm>'),
      'DtTm',
    ],
    ['a currency that is none', plain.replace('<Ntry><Amt Ccy="EGP">', '<Ntry><Amt Ccy="E£P">'), 'currency'],
    ['an amount without a currency', plain.replace('<Ntry><Amt Ccy="EGP">', '<Ntry><Amt>'), 'Amt'],
    ['a second amount', plain.replace('<Ntry>', '<Ntry><Amt Ccy="EGP">9.00</Amt>'), 'Amt'],
    ['a direction that is none', plain.replace('<CdtDbtInd>DBIT', '<CdtDbtInd>BOTH'), 'CdtDbtInd'],
    ['two statements', plain.replace(/(<Stmt>.*<\/Stmt>)/, '$1$1'), 'one statement'],
    ['twenty million characters', plain.replace('CA1', 'x'.repeat(20_000_001)), 'longer'],
  ])('with %s is refused as a whole', (_what, xml, why) => {
    expect(linesIn(xml)).toContain(why);
  });
});
