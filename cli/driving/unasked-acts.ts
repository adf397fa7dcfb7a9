// What people do of their own accord: withdrawing, declining, deferring, declaring a conflict, suspending, lifting, terminating,
// giving money back.
import type { Cast } from './cast.js';
import { approversOf } from './cast.js';
import { documentHash } from './document-hash.js';
import { arrivedMinor } from './money.js';
import type { Act, Situation } from './situation.js';

export const withdrawal = ({ signatory }: Cast): Act => ({
  command: 'withdraw',
  as: signatory,
  path: '/withdrawal',
  body: { reason: 'حصلت الجهة على تمويل آخر' },
});

export const declining = ({ signatory }: Cast): Act => ({
  command: 'declineAgreement',
  as: signatory,
  path: '/agreement/declining',
  body: { reason: 'تغيّرت خطة الجهة' },
});

export const suspension = ({ monitoringOfficer }: Cast): Act => ({
  command: 'suspend',
  as: monitoringOfficer,
  path: '/suspension',
  body: { ground: 'registry-finding', reason: 'مخالفة مفتوحة في سجل الجمعيات' },
});

/** By the level that approved last, which is the level that may. */
export const termination = ({ internal }: Situation): Act => {
  const last = internal?.authority?.approvals.at(-1);
  return {
    command: 'terminate',
    as: last?.personId ?? approversOf('programme-director')[0] ?? '',
    path: '/termination',
    body: { reason: 'إخلال جسيم بالاتفاقية' },
  };
};

export const conflictOf = (personId: string): Act => ({
  command: 'declareInterest',
  as: personId,
  path: '/interests',
  body: { interest: 'conflict', nature: 'صلة عمل سابقة بالجهة' },
});

export const visitSuspension = ({ monitoringOfficer }: Cast): Act => ({
  command: 'suspend',
  as: monitoringOfficer,
  path: '/suspension',
  body: { ground: 'flagged-visit', reason: 'ملاحظات جوهرية في زيارة ميدانية' },
});

/** By another person than the one who suspended. */
export const lifting = ({ otherMonitoringOfficer }: Cast): Act => ({
  command: 'liftSuspension',
  as: otherMonitoringOfficer,
  path: '/suspension/lifting',
  body: { reason: 'عولجت ملاحظات الزيارة' },
});

/** `forMs` from now; without it the item may come up again at once. */
export const deferral = ({ chair }: Cast, forMs: number | null): Act => ({
  command: 'closeItem',
  as: chair,
  path: '/committee-item/closing',
  body: {
    verdict: 'defer',
    reason: 'تُستكمل دراسة الجدوى',
    ...(forMs === null ? {} : { deferUntil: new Date(Date.now() + forMs).toISOString() }),
  },
});

/** A saving: five percent of what arrived so far. */
export const refund = ({ financeOfficer }: Cast, seen: Situation): Act => ({
  command: 'recordRefund',
  as: financeOfficer,
  path: '/refunds',
  body: {
    amountMinor: (arrivedMinor(seen) / 20n).toString(),
    reason: 'وفر في بند المعدات',
    evidence: [{ fileId: 'credit-note', sha256: documentHash(`${seen.id} credit note`) }],
  },
});
