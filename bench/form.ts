// The form that every measured request hands in. Each of its texts carries the canary: found in history, it would be a leak.
import type { CompleteForm } from '../api/schemas/form.schema.js';
import { requestedMinor } from './l16.js';

/** Occurs nowhere else; looked for in the raw bytes of histories. */
export const canary = 'canary-7f3a9c51d2';

const marked = (text: string): string => `${text} ${canary}`;
/** As long as real summaries are. */
const summary = 'مشروع لتأهيل ذوي الإعاقة للعمل في ثلاث محافظات بالشراكة مع الجمعيات القاعدية. '.repeat(20);

export const benchForm: CompleteForm = {
  project: {
    titleAr: marked('تأهيل وتشغيل'),
    titleEn: marked('Training and work'),
    summaryAr: marked(summary),
    governorates: ['EG-C'],
    localityAr: marked('القاهرة'),
    startsOn: '2026-09-01',
    months: 12,
  },
  beneficiaries: { count: 250, descriptionAr: marked('شباب من ذوي الإعاقة') },
  budget: {
    lines: [
      {
        code: 'training',
        category: 'training',
        titleAr: marked('تدريب'),
        titleEn: marked('Training'),
        unitAr: 'متدرب',
        quantity: 250,
        unitCostMinor: '240000',
        amountMinor: requestedMinor,
      },
    ],
  },
};
