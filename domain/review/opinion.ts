// Regional opinions: one per governorate of the project, in parallel; silence is recorded, an objection never stops the request.
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { isUnreasoned } from '../reason.js';
import { refuse } from '../refusal.js';
import { enterOnward } from './onward.js';
import { awaitedGovernorates } from './opinion-state.js';

export const objectingGovernorates = (request: GrantRequest): string[] =>
  Object.keys(request.opinions).filter((governorate) => request.opinions[governorate] === 'object');

export const decideOpinion = (
  request: GrantRequest,
  command: PersonCommand<'recordOpinion'>,
  context: Context,
): Decision => {
  const { governorate, verdict } = command.body;
  const own = command.by.roles.some((held) => held.role === 'directorateOfficer' && held.governorate === governorate);
  if (!own || !request.file?.governorates.includes(governorate)) return refuse('notYourGovernorate');
  if (request.opinions[governorate] !== undefined) return refuse('alreadyActed', 'opinion-given');
  if (context.plan.opinions?.textFor.includes(verdict) === true && isUnreasoned(command))
    return refuse('conditionsNotMet', 'remarks-missing', 'reason');
  const last = awaitedGovernorates(request).length === 1;
  return happened(
    { kind: 'opinionRecorded', governorate, verdict },
    ...(last ? [enterOnward(request, 'regional-opinion', context)] : []),
  );
};

/** At the due time the missing opinions are recorded as missing and the request goes on. */
export const closeOpinions = (request: GrantRequest, context: Context): Decision =>
  happened(
    { kind: 'opinionsMissing', governorates: awaitedGovernorates(request) },
    enterOnward(request, 'regional-opinion', context),
  );

export const opinionFolds: Folds<'opinionRecorded' | 'opinionsMissing'> = {
  opinionRecorded: (request, { governorate, verdict }) => ({
    ...request,
    opinions: { ...request.opinions, [governorate]: verdict },
  }),
  opinionsMissing: (request, { governorates }) => ({
    ...request,
    opinions: {
      ...request.opinions,
      ...Object.fromEntries(governorates.map((name) => [name, 'none-in-time' as const])),
    },
  }),
};
