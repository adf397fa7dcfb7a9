// Whole numbers in Arabic words with what is counted, in the nominative, after the grammar of number and counted noun:
// 1 and 2 are the noun itself; 3 to 10 take the other gender and the plural; 11 to 99 the accusative singular; hundreds and
// thousands stand in construct with the singular. What the last two digits are decides, whatever stands before them.

export type CountedNoun = {
  readonly gender: 'masculine' | 'feminine';
  readonly one: string;
  readonly two: string;
  /** The dual before a noun it belongs to; only scales (thousand, million) are followed by one. */
  readonly twoOf: string;
  readonly plural: string;
  readonly accusative: string;
  readonly singular: string;
};

const scale = (singular: string, plural: string): CountedNoun => ({
  gender: 'masculine',
  one: singular,
  two: `${singular}ان`,
  twoOf: `${singular}ا`,
  plural,
  accusative: `${singular}اً`,
  singular,
});

const scales = [
  { size: 1_000_000_000_000n, noun: scale('تريليون', 'تريليونات') },
  { size: 1_000_000_000n, noun: scale('مليار', 'مليارات') },
  { size: 1_000_000n, noun: scale('مليون', 'ملايين') },
  { size: 1_000n, noun: scale('ألف', 'آلاف') },
] as const;

const tens = ['', '', 'عشرون', 'ثلاثون', 'أربعون', 'خمسون', 'ستون', 'سبعون', 'ثمانون', 'تسعون'] as const;
const hundreds = [
  '',
  'مائة',
  'مائتان',
  'ثلاثمائة',
  'أربعمائة',
  'خمسمائة',
  'ستمائة',
  'سبعمائة',
  'ثمانمائة',
  'تسعمائة',
] as const;

/** By the gender of what is counted; from 3 on the numeral itself has the other one. */
const units = {
  masculine: ['', 'واحد', 'اثنان', 'ثلاثة', 'أربعة', 'خمسة', 'ستة', 'سبعة', 'ثمانية', 'تسعة', 'عشرة'],
  feminine: ['', 'إحدى', 'اثنتان', 'ثلاث', 'أربع', 'خمس', 'ست', 'سبع', 'ثماني', 'تسع', 'عشر'],
} as const;
const teens = {
  masculine: { eleven: 'أحد عشر', twelve: 'اثنا عشر', ten: 'عشر' },
  feminine: { eleven: 'إحدى عشرة', twelve: 'اثنتا عشرة', ten: 'عشرة' },
} as const;

const and = (parts: readonly string[]): string => parts.join(' و');

/** 3 to 99, without the noun. */
const small = (value: number, gender: CountedNoun['gender']): string => {
  const unit = units[gender][value % 10] ?? '';
  if (value <= 10) return units[gender][value] ?? '';
  if (value === 11) return teens[gender].eleven;
  if (value === 12) return teens[gender].twelve;
  if (value < 20) return `${unit} ${teens[gender].ten}`;
  const ten = tens[Math.floor(value / 10)] ?? '';
  if (unit === '') return ten;
  return and([unit === 'ثماني' ? 'ثمانٍ' : unit, ten]);
};

/** `of`: directly followed by the noun it counts, so that the dual loses its ending and the accusative its tanween. */
const hundredsOf = (value: number, of: boolean): string => {
  const word = hundreds[value] ?? '';
  return of && value === 2 ? 'مائتا' : word;
};

type Joined = { readonly of: boolean };

/** 1 to 999 of a noun that is itself a number (so many thousands). */
const scaled = (count: number, noun: CountedNoun, { of }: Joined): string => {
  const [hundred, rest] = [Math.floor(count / 100), count % 100];
  if (rest === 0) return `${hundredsOf(hundred, true)} ${noun.singular}`;
  if (rest <= 2) {
    const before = hundred === 0 ? [] : [`${hundredsOf(hundred, true)} ${noun.singular}`];
    return and([...before, rest === 1 ? noun.one : of ? noun.twoOf : noun.two]);
  }
  const before = hundred === 0 ? [] : [hundredsOf(hundred, false)];
  const counted = rest <= 10 ? noun.plural : of ? noun.singular : noun.accusative;
  return `${and([...before, small(rest, noun.gender)])} ${counted}`;
};

/** The parts of a number whose last two digits are left out; the last part is in construct when the noun follows it. */
const roundParts = (value: bigint, { of }: Joined): string[] => {
  const counts = scales.map(({ size, noun }) => ({ noun, count: Number((value / size) % 1_000n) }));
  const hundred = Number((value % 1_000n) / 100n);
  const named = counts.filter(({ count }) => count > 0);
  const parts = named.map(({ noun, count }, index) =>
    scaled(count, noun, { of: of && hundred === 0 && index === named.length - 1 }),
  );
  return hundred === 0 ? parts : [...parts, hundredsOf(hundred, of)];
};

const most = 1_000_000_000_000_000n;

export const arabicCount = (value: bigint, noun: CountedNoun): string => {
  if (value < 0n || value >= most) throw new RangeError(`no words for ${value}`);
  if (value === 0n) return `صفر ${noun.singular}`;
  const rest = Number(value % 100n);
  const round = value - BigInt(rest);
  const closed = round === 0n ? [] : [`${and(roundParts(round, { of: true }))} ${noun.singular}`];
  if (rest === 0) return and(closed);
  if (rest <= 2) return and([...closed, rest === 1 ? noun.one : noun.two]);
  const counted = rest <= 10 ? noun.plural : noun.accusative;
  return `${and([...roundParts(round, { of: false }), small(rest, noun.gender)])} ${counted}`;
};
