// Names on their way to a bank: what its systems do not take, and what could deceive a reader, is replaced by one rule.
import { describe, expect, it } from '@jest/globals';
import { nameFor } from '../../bank/characters.js';
import { paymentInitiation } from '../../bank/payment-initiation.js';
import { demoProfile } from '../../bank/profile.js';

describe('a name for a bank that takes Latin letters only', () => {
  it.each([
    ['Café & Söhne', 'Cafe + Sohne'],
    ['O’Brien [NGO]', "O'Brien NGO"],
    ['Al-Amal / الأمل', 'Al-Amal /'],
    ['<b>Hope</b>', 'b Hope /b'],
    ['line\none', 'line one'],
    ['جمعية الأمل', 'NOT PROVIDED'],
    ['', 'NOT PROVIDED'],
    ['...', 'NOT PROVIDED'],
  ])('%j is written as %j', (name, written) => {
    expect(nameFor(name, 'latin')).toBe(written);
  });
});

describe('a name for a bank that takes Arabic', () => {
  it.each([
    ['جمعية «الأمل» & النور', 'جمعية «الأمل» & النور'],
    ['\u202eأمل\u0000\u200b', 'أمل'],
    ['\ud800أمل', 'أمل'],
    ['جَمْعِيَّة', 'جَمْعِيَّة'],
    [' \u0000 ', 'NOT PROVIDED'],
  ])('%j is written as %j', (name, written) => {
    expect(nameFor(name, 'arabic')).toBe(written.normalize('NFC'));
  });

  it('is cut at 140 characters and never inside one', () => {
    expect([...nameFor('𐤀'.repeat(200), 'arabic')]).toHaveLength(140);
  });
});

describe('a payment file', () => {
  const fileFor = (nameEn: string): string =>
    [
      ...paymentInitiation(
        {
          messageId: 'batch1',
          createdAt: new Date(0),
          payments: [
            {
              instructionId: 'a-t1-1',
              amountMinor: '1',
              accountId: 'account-1',
              payee: { nameAr: 'أمل', nameEn, iban: 'EG380019000500000000263180002' },
            },
          ],
        },
        { ...demoProfile, names: 'latin' },
      ),
    ].join('');

  it('carries the name after the profile of the bank', () => {
    expect(fileFor('Café')).toContain('<Cdtr><Nm>Cafe</Nm>');
    expect(fileFor('جمعية')).toContain('<Cdtr><Nm>NOT PROVIDED</Nm>');
  });
});
