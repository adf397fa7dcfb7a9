// Egypt's public holidays by day, with their names. Hijri days follow moon sighting: they are expectations until the cabinet declares them.
import type { Holiday } from '../holiday.js';

type Name = Pick<Holiday, 'nameAr' | 'nameEn'>;
const name = (nameAr: string, nameEn: string): Name => ({ nameAr, nameEn });

const years = [2025, 2026, 2027, 2028];

const fixed: readonly (readonly [string, Name])[] = [
  ['01-25', name('عيد الشرطة وثورة 25 يناير', 'Police Day and 25 January Revolution')],
  ['04-25', name('عيد تحرير سيناء', 'Sinai Liberation Day')],
  ['05-01', name('عيد العمال', 'Labour Day')],
  ['06-30', name('ثورة 30 يونيو', '30 June Revolution')],
  ['07-23', name('ثورة 23 يوليو', '23 July Revolution')],
  ['10-06', name('عيد القوات المسلحة', 'Armed Forces Day')],
];

const copticChristmas = name('عيد الميلاد المجيد', 'Coptic Christmas');
const shamElNessim = name('شم النسيم', 'Sham el-Nessim');
const springDays = ['2025-04-21', '2026-04-13', '2027-05-03', '2028-04-17'];

const hijri: readonly (readonly [Name, readonly string[]])[] = [
  [
    name('عيد الفطر', 'Eid al-Fitr'),
    [
      ...['2025-03-30', '2025-03-31', '2025-04-01', '2026-03-20', '2026-03-21', '2026-03-22'],
      ...['2027-03-09', '2027-03-10', '2027-03-11', '2028-02-26', '2028-02-27', '2028-02-28'],
    ],
  ],
  [
    name('وقفة عرفات وعيد الأضحى', 'Arafat Day and Eid al-Adha'),
    [
      ...[
        '2025-06-06',
        '2025-06-07',
        '2025-06-08',
        '2025-06-09',
        '2026-05-26',
        '2026-05-27',
        '2026-05-28',
        '2026-05-29',
      ],
      ...[
        '2027-05-15',
        '2027-05-16',
        '2027-05-17',
        '2027-05-18',
        '2028-05-04',
        '2028-05-05',
        '2028-05-06',
        '2028-05-07',
      ],
    ],
  ],
  [name('رأس السنة الهجرية', 'Hijri New Year'), ['2025-06-26', '2026-06-16', '2027-06-06', '2028-05-25']],
  [name('المولد النبوي الشريف', "Prophet's Birthday"), ['2025-09-04', '2026-08-25', '2027-08-14', '2028-08-03']],
];

export const egyptianHolidays: readonly Holiday[] = [
  ...years.flatMap((year) =>
    fixed.map(([day, named]): Holiday => ({ day: `${year}-${day}`, ...named, kind: 'fixed', confirmed: true })),
  ),
  ...years.map((year): Holiday => ({ day: `${year}-01-07`, ...copticChristmas, kind: 'coptic', confirmed: true })),
  ...springDays.map((day): Holiday => ({ day, ...shamElNessim, kind: 'coptic', confirmed: true })),
  ...hijri.flatMap(([named, days]) =>
    days.map((day): Holiday => ({ day, ...named, kind: 'hijri', confirmed: day < '2026-01-01' })),
  ),
].sort((one, other) => one.day.localeCompare(other.day));
