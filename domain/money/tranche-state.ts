// Where a tranche stands: asked by every rule about tranches, and by those that release or close what is left of an award.
import type { GrantRequest, Tranche, TrancheState } from '../grant-request.js';

export const trancheNumbered = (request: GrantRequest, number: number): Tranche | undefined =>
  request.tranches.find((tranche) => tranche.number === number);

const paidStates: readonly TrancheState[] = ['settled', 'confirmed'];
export const isPaid = (tranche: Tranche): boolean => paidStates.includes(tranche.state);
const inFlightStates: readonly TrancheState[] = ['released', 'unknown'];
export const isInFlight = (tranche: Tranche): boolean => inFlightStates.includes(tranche.state);

/** Still to be paid: its money is committed. */
export const isOwed = (tranche: Tranche): boolean => !isPaid(tranche) && tranche.state !== 'unearned';

type Change = Partial<Omit<Tranche, 'number' | 'purpose' | 'changedVersion'>>;
export const changedTranche = (
  request: GrantRequest,
  number: number,
  version: number,
  change: (tranche: Tranche) => Change,
): GrantRequest => ({
  ...request,
  tranches: request.tranches.map((tranche) =>
    tranche.number === number ? { ...tranche, ...change(tranche), changedVersion: version } : tranche,
  ),
});
