// "Will need …": which row of the authority matrix an award would take, whose levels those are, and which awards count together.
import { askMatrix } from '../domain/approval/authority-matrix.js';
import type { AmountMinor } from '../domain/amount.js';
import type { Plan } from '../domain/plan.js';
import { awardsWithinYear } from '../persistence/ledger.reads.js';
import { peopleByLevelAt } from '../persistence/person.repository.js';
import type { RequestRecord } from '../persistence/request.reads.js';

export type CountedAward = { readonly requestId: string; readonly amountMinor: AmountMinor; readonly at: Date };

/** Awards of other requests of the same NGO and programme that count together with one of this request. */
const countedAwards = async ({ _id, organisationId, programmeCode }: RequestRecord, now: Date) => {
  const awards = await awardsWithinYear(organisationId, programmeCode, now);
  return awards
    .filter((award) => award.requestId !== _id && award.amountMinor > award.releasedMinor)
    .map(({ requestId, amountMinor, releasedMinor, at }): CountedAward => {
      return { requestId, amountMinor: (amountMinor - releasedMinor).toString(), at };
    });
};

/** As the workflow will decide, from what is known now; people and awards may change until then. */
export const authorityPreviewOf = async (
  record: RequestRecord,
  plan: Plan,
  asked: AmountMinor | undefined,
  now: Date,
) => {
  const amountMinor = asked ?? record.awardMinor ?? record.requestedMinor;
  const [counted, peopleByLevel] = await Promise.all([countedAwards(record, now), peopleByLevelAt(now)]);
  const cumulative = counted.reduce((sum, award) => sum + BigInt(award.amountMinor), BigInt(amountMinor));
  const risk = record.state.screening?.risk;
  const answer = askMatrix(plan, {
    ...{ amountMinor, cumulativeMinor: cumulative.toString(), programmeCode: record.programmeCode, peopleByLevel },
    ...(risk === undefined ? {} : { risk }),
  });
  return { amountMinor, counted, peopleByLevel, answer };
};
