// What projects of each programme spend money on: weights and usual prices, from which budgets are made. Pure data.
import type { ProgrammeCode } from './programmes.js';

export type BudgetCategory =
  | 'staff'
  | 'training'
  | 'equipment'
  | 'materials'
  | 'works'
  | 'transport'
  | 'administration';

export type BudgetRow = {
  readonly code: string;
  readonly category: BudgetCategory;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly unitAr: string;
  readonly unitEn: string;
  /** The usual price of one unit, which gives the quantity; `months` takes the project's months as the quantity. */
  readonly unitEgp: number | 'months';
  readonly weight: number;
};

type Text = readonly [ar: string, en: string];
type Row = readonly [
  code: string,
  category: BudgetCategory,
  title: Text,
  unit: Text,
  unitEgp: BudgetRow['unitEgp'],
  weight: number,
];

const month: Text = ['شهر', 'month'];
const trainee: Text = ['متدرب', 'trainee'];
const device: Text = ['جهاز', 'device'];
const house: Text = ['منزل', 'house'];
const trip: Text = ['رحلة', 'trip'];
const day: Text = ['يوم', 'day'];
const kit: Text = ['مجموعة', 'kit'];

const team: Row = ['staff.team', 'staff', ['مكافآت فريق العمل', 'Pay of the project team'], month, 'months', 20];
const transport: Row = ['transport.trips', 'transport', ['انتقالات المشروع', 'Transport'], trip, 450, 7];

const rows: Readonly<Record<ProgrammeCode, readonly Row[]>> = {
  'social-defence': [
    team,
    ['training.courses', 'training', ['دورات وورش تدريب', 'Courses and workshops'], trainee, 3_500, 28],
    ['equipment.machines', 'equipment', ['معدات وتجهيزات', 'Equipment'], device, 18_000, 25],
    ['materials.training', 'materials', ['خامات ومواد تدريب', 'Training materials'], kit, 900, 12],
    transport,
  ],
  disability: [
    team,
    ['equipment.aids', 'equipment', ['أجهزة تعويضية ووسائل مساعدة', 'Assistive devices'], device, 6_500, 34],
    [
      'training.sessions',
      'training',
      ['جلسات تأهيل وتدريب', 'Rehabilitation and training'],
      ['جلسة', 'session'],
      250,
      20,
    ],
    ['works.access', 'works', ['أعمال الإتاحة', 'Accessibility works'], ['موقع', 'site'], 22_000, 11],
    transport,
  ],
  'family-care': [
    team,
    ['works.rooms', 'works', ['تجهيز المقار وصيانتها', 'Fitting out premises'], ['غرفة', 'room'], 35_000, 27],
    ['equipment.care', 'equipment', ['أجهزة ومستلزمات رعاية', 'Care equipment'], device, 9_000, 20],
    ['materials.meals', 'materials', ['وجبات ومستلزمات معيشة', 'Meals and supplies'], day, 1_200, 18],
    transport,
  ],
  relief: [
    ['materials.food', 'materials', ['عبوات غذائية', 'Food boxes'], ['عبوة', 'box'], 650, 48],
    ['materials.winter', 'materials', ['بطاطين وملابس', 'Blankets and clothes'], ['قطعة', 'piece'], 420, 24],
    ['materials.medical', 'materials', ['أدوية ومستلزمات طبية', 'Medicines and supplies'], kit, 1_500, 14],
    ['transport.trucks', 'transport', ['نقل القوافل', 'Convoy transport'], trip, 6_000, 6],
    ['staff.volunteers', 'staff', ['بدلات المتطوعين', 'Volunteer allowances'], day, 2_500, 4],
  ],
  citizenship: [
    team,
    ['training.meetings', 'training', ['لقاءات وندوات', 'Meetings and seminars'], ['لقاء', 'meeting'], 4_000, 42],
    ['materials.print', 'materials', ['مطبوعات ومواد توعية', 'Prints and materials'], ['نسخة', 'copy'], 35, 16],
    ['equipment.sound', 'equipment', ['أجهزة صوت وعرض', 'Sound and projection'], device, 11_000, 7],
    transport,
  ],
  housing: [
    ['works.roofs', 'works', ['أعمال تسقيف وترميم', 'Roofing and repair'], house, 24_000, 58],
    ['works.water', 'works', ['وصلات مياه وصرف', 'Water and sanitation'], house, 8_000, 24],
    ['staff.engineer', 'staff', ['إشراف هندسي', 'Engineering supervision'], month, 'months', 10],
  ],
  'early-childhood': [
    team,
    ['training.facilitators', 'training', ['تدريب الميسرات', 'Training facilitators'], trainee, 2_800, 26],
    ['equipment.toys', 'equipment', ['أثاث وألعاب تعليمية', 'Furniture and learning toys'], kit, 4_500, 30],
    ['materials.meals', 'materials', ['وجبات صحية', 'Healthy meals'], ['وجبة', 'meal'], 30, 16],
  ],
  'capacity-building': [
    ['training.courses', 'training', ['دورات تدريبية', 'Training courses'], trainee, 1_500, 60],
    ['equipment.office', 'equipment', ['أجهزة وبرامج', 'Computers and software'], device, 9_000, 30],
  ],
};

/** Comes last in every budget and takes the pounds that do not divide by a quantity. */
const administration: Row = [
  'administration.general',
  'administration',
  ['مصروفات إدارية', 'Administration'],
  ['مبلغ إجمالي', 'lump sum'],
  0,
  8,
];

const named = ([code, category, [titleAr, titleEn], [unitAr, unitEn], unitEgp, weight]: Row): BudgetRow => ({
  code,
  category,
  titleAr,
  titleEn,
  unitAr,
  unitEn,
  unitEgp,
  weight,
});

export const budgetRowsOf = (programme: ProgrammeCode): BudgetRow[] => rows[programme].map(named);
export const administrationRow: BudgetRow = named(administration);
