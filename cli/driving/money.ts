// Sums that people put into reports and closings, from what the request shows: what arrived, what of it is spent, what is left.
import { piastres, sumMinor } from '../../domain/amount.js';
import type { Script } from './script.js';
import type { Situation, TrancheSeen } from './situation.js';

export const hasArrived = ({ state }: Pick<TrancheSeen, 'state'>): boolean =>
  state === 'settled' || state === 'confirmed';

/** What arrived and was not given back. */
export const arrivedMinor = ({ tranches, refunded }: Situation): bigint =>
  sumMinor(tranches.filter(hasArrived).map(({ amount }) => amount)) - piastres(refunded);

/** Money that is kept back comes after the final report, so that report counts the whole award. */
export const spentFor = (situation: Situation, number: number, { spentPercent }: Script): string => {
  const isFinal = number === situation.reports.length;
  const { awardDetails, refunded } = situation;
  const base = isFinal && awardDetails ? piastres(awardDetails.amount) - piastres(refunded) : arrivedMinor(situation);
  return ((base * BigInt(spentPercent)) / 100n).toString();
};

/** As the rules compute it: accepted spending and arrived money, whichever is less, is accounted for. */
export const unspentMinor = (situation: Situation): bigint => {
  const accepted = situation.reports
    .filter(({ state }) => state === 'accepted')
    .map(({ spent: amount }) => piastres(amount));
  const spent = accepted.reduce((most, amount) => (amount > most ? amount : most), 0n);
  const arrived = arrivedMinor(situation);
  return arrived - (spent < arrived ? spent : arrived);
};
