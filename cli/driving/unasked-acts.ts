// What people do of their own accord: withdrawing, declining, suspending, terminating.
import type { Cast } from './cast.js';
import { approversOf } from './cast.js';
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
