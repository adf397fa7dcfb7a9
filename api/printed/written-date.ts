// A day as it stands in a letter: Cairo's calendar day, Latin digits, the month by name, from tables of our own.
// What a letter says must not change with the locale data of a newer Node.

const months = {
  ar: ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const;

const inCairo = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Africa/Cairo',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const partsOf = (at: Date): Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>> =>
  Object.fromEntries(inCairo.formatToParts(at).map(({ type, value }) => [type, value]));

export const writtenDate = (at: Date, language: 'ar' | 'en'): string => {
  const { day, month, year } = partsOf(at);
  return `${day} ${months[language][Number(month) - 1]} ${year}`;
};

/** A day alone would promise its evening to somebody whose time is up at noon. */
export const writtenMoment = (at: Date, language: 'ar' | 'en'): string => {
  const { hour, minute } = partsOf(at);
  return language === 'ar'
    ? `الساعة ${hour}:${minute} بتوقيت القاهرة من يوم ${writtenDate(at, language)}`
    : `${hour}:${minute} (Cairo) on ${writtenDate(at, language)}`;
};
