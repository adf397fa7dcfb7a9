// Amounts in words: the grammar of number and counted noun, as a table to be read by somebody who knows it.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CountedNoun } from '../../api/printed/arabic-number.js';
import { arabicCount } from '../../api/printed/arabic-number.js';
import { englishNumber } from '../../api/printed/english-number.js';
import { amountInFigures, amountInWords } from '../../api/printed/written-amount.js';

const pounds: readonly (readonly [bigint, string])[] = [
  [0n, 'صفر جنيه'],
  [1n, 'جنيه واحد'],
  [2n, 'جنيهان'],
  [3n, 'ثلاثة جنيهات'],
  [8n, 'ثمانية جنيهات'],
  [10n, 'عشرة جنيهات'],
  [11n, 'أحد عشر جنيهاً'],
  [12n, 'اثنا عشر جنيهاً'],
  [13n, 'ثلاثة عشر جنيهاً'],
  [19n, 'تسعة عشر جنيهاً'],
  [20n, 'عشرون جنيهاً'],
  [21n, 'واحد وعشرون جنيهاً'],
  [22n, 'اثنان وعشرون جنيهاً'],
  [38n, 'ثمانية وثلاثون جنيهاً'],
  [99n, 'تسعة وتسعون جنيهاً'],
  [100n, 'مائة جنيه'],
  [101n, 'مائة جنيه وجنيه واحد'],
  [102n, 'مائة جنيه وجنيهان'],
  [103n, 'مائة وثلاثة جنيهات'],
  [110n, 'مائة وعشرة جنيهات'],
  [111n, 'مائة وأحد عشر جنيهاً'],
  [125n, 'مائة وخمسة وعشرون جنيهاً'],
  [200n, 'مائتا جنيه'],
  [202n, 'مائتا جنيه وجنيهان'],
  [205n, 'مائتان وخمسة جنيهات'],
  [250n, 'مائتان وخمسون جنيهاً'],
  [300n, 'ثلاثمائة جنيه'],
  [800n, 'ثمانمائة جنيه'],
  [999n, 'تسعمائة وتسعة وتسعون جنيهاً'],
  [1_000n, 'ألف جنيه'],
  [1_001n, 'ألف جنيه وجنيه واحد'],
  [1_002n, 'ألف جنيه وجنيهان'],
  [1_003n, 'ألف وثلاثة جنيهات'],
  [1_100n, 'ألف ومائة جنيه'],
  [1_200n, 'ألف ومائتا جنيه'],
  [1_215n, 'ألف ومائتان وخمسة عشر جنيهاً'],
  [2_000n, 'ألفا جنيه'],
  [2_500n, 'ألفان وخمسمائة جنيه'],
  [3_000n, 'ثلاثة آلاف جنيه'],
  [10_000n, 'عشرة آلاف جنيه'],
  [11_000n, 'أحد عشر ألف جنيه'],
  [11_500n, 'أحد عشر ألفاً وخمسمائة جنيه'],
  [12_345n, 'اثنا عشر ألفاً وثلاثمائة وخمسة وأربعون جنيهاً'],
  [25_000n, 'خمسة وعشرون ألف جنيه'],
  [100_000n, 'مائة ألف جنيه'],
  [101_000n, 'مائة ألف وألف جنيه'],
  [103_000n, 'مائة وثلاثة آلاف جنيه'],
  [200_000n, 'مائتا ألف جنيه'],
  [202_000n, 'مائتا ألف وألفا جنيه'],
  [202_050n, 'مائتا ألف وألفان وخمسون جنيهاً'],
  [250_000n, 'مائتان وخمسون ألف جنيه'],
  [600_000n, 'ستمائة ألف جنيه'],
  [999_999n, 'تسعمائة وتسعة وتسعون ألفاً وتسعمائة وتسعة وتسعون جنيهاً'],
  [1_000_000n, 'مليون جنيه'],
  [1_000_001n, 'مليون جنيه وجنيه واحد'],
  [1_234_567n, 'مليون ومائتان وأربعة وثلاثون ألفاً وخمسمائة وسبعة وستون جنيهاً'],
  [1_500_000n, 'مليون وخمسمائة ألف جنيه'],
  [2_000_000n, 'مليونا جنيه'],
  [2_000_500n, 'مليونان وخمسمائة جنيه'],
  [2_002_002n, 'مليونان وألفا جنيه وجنيهان'],
  [3_000_000n, 'ثلاثة ملايين جنيه'],
  [3_012_000n, 'ثلاثة ملايين واثنا عشر ألف جنيه'],
  [11_000_000n, 'أحد عشر مليون جنيه'],
  [11_000_010n, 'أحد عشر مليوناً وعشرة جنيهات'],
  [50_000_000n, 'خمسون مليون جنيه'],
  [200_000_000n, 'مائتا مليون جنيه'],
  [1_000_000_000n, 'مليار جنيه'],
  [2_000_000_000n, 'مليارا جنيه'],
  [3_500_000_000n, 'ثلاثة مليارات وخمسمائة مليون جنيه'],
  [10_000_000_000n, 'عشرة مليارات جنيه'],
];

const mixed: readonly (readonly [string, string, string])[] = [
  ['0', 'فقط صفر جنيه لا غير', 'zero Egyptian pounds only'],
  ['1', 'فقط قرش واحد لا غير', 'one piastre only'],
  ['2', 'فقط قرشان لا غير', 'two piastres only'],
  ['5', 'فقط خمسة قروش لا غير', 'five piastres only'],
  ['75', 'فقط خمسة وسبعون قرشاً لا غير', 'seventy-five piastres only'],
  ['100', 'فقط جنيه واحد لا غير', 'one Egyptian pound only'],
  ['101', 'فقط جنيه واحد وقرش واحد لا غير', 'one Egyptian pound and one piastre only'],
  ['250', 'فقط جنيهان وخمسون قرشاً لا غير', 'two Egyptian pounds and fifty piastres only'],
  ['1010', 'فقط عشرة جنيهات وعشرة قروش لا غير', 'ten Egyptian pounds and ten piastres only'],
  [
    '123456750',
    'فقط مليون ومائتان وأربعة وثلاثون ألفاً وخمسمائة وسبعة وستون جنيهاً وخمسون قرشاً لا غير',
    'one million two hundred and thirty-four thousand five hundred and sixty-seven Egyptian pounds and fifty piastres only',
  ],
];

const tranche: CountedNoun = {
  gender: 'feminine',
  one: 'دفعة واحدة',
  two: 'دفعتان',
  twoOf: 'دفعتا',
  plural: 'دفعات',
  accusative: 'دفعة',
  singular: 'دفعة',
};

describe('an amount in Arabic words', () => {
  it.each(pounds)('%s pounds is %s', (value, words) => {
    expect(amountInWords((value * 100n).toString(), 'ar')).toBe(`فقط ${words} لا غير`);
  });

  it.each(mixed)('%s piastres is said in both languages', (amountMinor, ar, en) => {
    expect(amountInWords(amountMinor, 'ar')).toBe(ar);
    expect(amountInWords(amountMinor, 'en')).toBe(en);
  });

  it.each([
    [1n, 'دفعة واحدة'],
    [2n, 'دفعتان'],
    [3n, 'ثلاث دفعات'],
    [8n, 'ثماني دفعات'],
    [10n, 'عشر دفعات'],
    [11n, 'إحدى عشرة دفعة'],
    [12n, 'اثنتا عشرة دفعة'],
    [18n, 'ثماني عشرة دفعة'],
    [21n, 'إحدى وعشرون دفعة'],
    [28n, 'ثمانٍ وعشرون دفعة'],
    [103n, 'مائة وثلاث دفعات'],
  ])('%s of something feminine is %s', (value, words) => {
    expect(arabicCount(value, tranche)).toBe(words);
  });

  it('is never the same for two different amounts', () => {
    const amount = fc.bigInt({ min: 0n, max: 99_999_999_999_999n });
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        for (const language of ['ar', 'en'] as const)
          if (one !== other)
            expect(amountInWords(one.toString(), language)).not.toBe(amountInWords(other.toString(), language));
      }),
    );
  });
});

describe('an amount in English words and in figures', () => {
  it.each([
    [0n, 'zero'],
    [13n, 'thirteen'],
    [40n, 'forty'],
    [101n, 'one hundred and one'],
    [1_001n, 'one thousand and one'],
    [1_100n, 'one thousand one hundred'],
    [21_042n, 'twenty-one thousand and forty-two'],
    [2_000_300n, 'two million three hundred'],
    [1_000_000_000n, 'one billion'],
  ])('%s is %s', (value, words) => {
    expect(englishNumber(value)).toBe(words);
  });

  it('groups thousands and always shows piastres', () => {
    expect(amountInFigures('123456705', 'ar')).toBe('1,234,567.05 جنيه مصري');
    expect(amountInFigures('5', 'en')).toBe('EGP 0.05');
    expect(amountInFigures('100000', 'en')).toBe('EGP 1,000.00');
  });
});
