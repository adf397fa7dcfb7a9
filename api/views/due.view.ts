// Why something is due when it is, in data and in one sentence of each language.
import { z } from 'zod';
import type { DueExplanation } from '../../domain/due.js';
import { instant } from '../schemas/text.schema.js';

export const dueBecause = z
  .object({
    from: instant,
    unit: z.enum(['working-days', 'working-hours', 'hours']),
    count: z.number(),
    skipped: z.array(
      z.object({
        day: z.iso.date(),
        why: z.enum(['weekend', 'holiday']),
        nameAr: z.string().nullable(),
        nameEn: z.string().nullable(),
      }),
    ),
    pausedHours: z.number().meta({ description: 'How long suspensions held the clock' }),
    sentence: z.object({ ar: z.string(), en: z.string() }),
  })
  .meta({ id: 'DueBecause', description: 'How the due time was computed' });

export type HolidayNames = ReadonlyMap<string, { readonly nameAr: string; readonly nameEn: string }>;
type Language = 'ar' | 'en';
type Words = Readonly<Record<'one' | 'two' | 'few' | 'many' | 'other', string>>;

const locales = { ar: 'ar-EG', en: 'en-GB' } as const;
const plurals = { ar: new Intl.PluralRules('ar-EG'), en: new Intl.PluralRules('en') };
const numbers = {
  ar: new Intl.NumberFormat(locales.ar, { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat(locales.en, { maximumFractionDigits: 1 }),
};
const whole = { timeZone: 'Africa/Cairo', dateStyle: 'full', timeStyle: 'short' } as const;
const moments = {
  ar: new Intl.DateTimeFormat(locales.ar, whole),
  en: new Intl.DateTimeFormat(locales.en, whole),
};
const short = { timeZone: 'UTC', day: 'numeric', month: 'long' } as const;
const dates = { ar: new Intl.DateTimeFormat(locales.ar, short), en: new Intl.DateTimeFormat(locales.en, short) };

const english = (word: string): Words => {
  const more = `# ${word}s`;
  return { one: `# ${word}`, two: more, few: more, many: more, other: more };
};
const countable: Readonly<Record<DueExplanation['unit'] | 'weekend', Readonly<Record<Language, Words>>>> = {
  'working-days': {
    ar: { one: 'يوم عمل واحد', two: 'يوما عمل', few: '# أيام عمل', many: '# يوم عمل', other: '# يوم عمل' },
    en: english('working day'),
  },
  'working-hours': {
    ar: { one: 'ساعة عمل واحدة', two: 'ساعتا عمل', few: '# ساعات عمل', many: '# ساعة عمل', other: '# ساعة عمل' },
    en: english('working hour'),
  },
  hours: {
    ar: { one: 'ساعة واحدة', two: 'ساعتان', few: '# ساعات', many: '# ساعة', other: '# ساعة' },
    en: english('hour'),
  },
  weekend: {
    ar: {
      ...{ one: 'يوم واحد من العطلة الأسبوعية', two: 'يومان من العطلة الأسبوعية' },
      ...{ few: '# أيام من العطلة الأسبوعية', many: '# يوماً من العطلة الأسبوعية', other: '# يوم من العطلة الأسبوعية' },
    },
    en: english('weekend day'),
  },
};

const counted = (what: keyof typeof countable, count: number, language: Language): string => {
  const plural = plurals[language].select(count);
  const words = countable[what][language];
  return (plural === 'zero' ? words.other : words[plural]).replace('#', numbers[language].format(count));
};

const hourMs = 3_600_000;
const between = { ar: '، ', en: ', ' };

const sentenceIn = (language: Language, explained: DueExplanation, names: HolidayNames): string => {
  const { fromMs, unit, count, skipped, pausedMs } = explained;
  const weekend = skipped.filter(({ why }) => why === 'weekend').length;
  const holidays = skipped
    .filter(({ why }) => why === 'holiday')
    .map(({ day }) => {
      const name = names.get(day)?.[language === 'ar' ? 'nameAr' : 'nameEn'];
      const date = dates[language].format(new Date(day));
      return name === undefined ? date : `${date} (${name})`;
    });
  const left = [...(weekend > 0 ? [counted('weekend', weekend, language)] : []), ...holidays].join(between[language]);
  const start = `${counted(unit, count, language)} ${language === 'ar' ? 'من' : 'from'} ${moments[language].format(fromMs)}`;
  const paused = counted('hours', Math.round(pausedMs / hourMs), language);
  const words =
    language === 'ar'
      ? { skipped: 'لا يُحتسب منها', paused: 'وتوقف احتساب المدة أثناء الإيقاف' }
      : { skipped: 'not counted', paused: 'the clock stood still during a suspension for' };
  const colon = language === 'ar' ? '؛ ' : '; ';
  return [
    start,
    ...(left === '' ? [] : [`${words.skipped}: ${left}`]),
    ...(pausedMs > 0 ? [`${words.paused} ${paused}`] : []),
  ].join(colon);
};

export const dueBecauseOf = (explained: DueExplanation, names: HolidayNames): z.output<typeof dueBecause> => ({
  from: new Date(explained.fromMs).toISOString(),
  unit: explained.unit,
  count: explained.count,
  skipped: explained.skipped.map(({ day, why }) => ({
    ...{ day, why },
    nameAr: (why === 'holiday' ? names.get(day)?.nameAr : undefined) ?? null,
    nameEn: (why === 'holiday' ? names.get(day)?.nameEn : undefined) ?? null,
  })),
  pausedHours: explained.pausedMs / hourMs,
  sentence: { ar: sentenceIn('ar', explained, names), en: sentenceIn('en', explained, names) },
});
