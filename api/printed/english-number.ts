// Whole numbers in English words, with "and" before the last two digits.

const small = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;
const scales = [
  { size: 1_000_000_000_000n, name: 'trillion' },
  { size: 1_000_000_000n, name: 'billion' },
  { size: 1_000_000n, name: 'million' },
  { size: 1_000n, name: 'thousand' },
] as const;

const belowHundred = (value: number): string => {
  const word = small[value];
  if (word !== undefined) return word;
  const ten = tens[Math.floor(value / 10)] ?? '';
  return value % 10 === 0 ? ten : `${ten}-${small[value % 10]}`;
};

const belowThousand = (value: number): string => {
  if (value < 100) return belowHundred(value);
  const hundred = `${small[Math.floor(value / 100)]} hundred`;
  return value % 100 === 0 ? hundred : `${hundred} and ${belowHundred(value % 100)}`;
};

export const englishNumber = (value: bigint): string => {
  if (value < 0n || value >= 1_000_000_000_000_000n) throw new RangeError(`no words for ${value}`);
  const large = scales.flatMap(({ size, name }) => {
    const count = Number((value / size) % 1_000n);
    return count === 0 ? [] : [`${belowThousand(count)} ${name}`];
  });
  const rest = Number(value % 1_000n);
  if (large.length === 0) return belowThousand(rest);
  if (rest === 0) return large.join(' ');
  return `${large.join(' ')} ${rest < 100 ? 'and ' : ''}${belowThousand(rest)}`;
};
