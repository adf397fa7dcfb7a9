// One sample request through the API: its draft written and handed in, its people acting, until it stands where the sample wants it.
import type { Stage } from '../../domain/lifecycle.js';
import { stageNames } from '../../domain/lifecycle.js';
import type { SampleRequest } from '../../sample/requests.js';
import { placeOf } from '../../sample/scenarios.js';
import type { ApiClient } from '../api-client.js';
import type { Cast } from '../driving/cast.js';
import { castFor } from '../driving/cast.js';
import { fillIn, submit } from '../driving/drafting.js';
import type { Draft } from '../driving/drafting.js';
import { drive, look } from '../driving/drive.js';
import type { PaymentDesk } from '../driving/payment-desk.js';
import type { SessionDesk } from '../driving/session-desk.js';
import type { Situation } from '../driving/situation.js';
import { Unexpected } from '../driving/unexpected.js';
import type { UnexpectedDetails } from '../driving/unexpected.js';
import type { Funding } from './funding.js';
import type { SampleDrafts } from './sample-drafts.js';
import { sampleScenario } from './sample-scenarios.js';

export type Driven = {
  readonly request: SampleRequest;
  readonly requestId: string | null;
  /** Where it is now; null for a draft. */
  readonly seen: Situation | null;
  /** `left`: it was there before and people have moved it on since, so it is left alone. */
  readonly result: 'reached' | 'left' | 'failed';
  readonly fault: UnexpectedDetails | null;
};

export type SampleDrive = {
  readonly api: ApiClient;
  readonly desk: PaymentDesk;
  readonly sessions: SessionDesk;
  readonly drafts: SampleDrafts;
  readonly request: SampleRequest;
  readonly callId: string;
  readonly funding: Funding;
  readonly decided: () => void;
};

export const sampleCast = ({ organisationNumber, programmeCode, index }: SampleRequest): Cast =>
  castFor({ organisationNumber, programmeCode, turn: index });

/** Started, and saved twice. */
const filledVersion = 3;

type Written = { readonly draft: Draft; readonly wasHere: boolean };

const writtenDraft = async ({ api, drafts, request, callId }: SampleDrive): Promise<Written> => {
  const { applicant } = sampleCast(request);
  const wanted = { applicant, callId, titleAr: request.titleAr };
  const found = await drafts.find(wanted);
  if (found !== null && (found.version >= filledVersion || found.submittedAt !== null))
    return { draft: found, wasHere: true };
  return { draft: await fillIn(api, found ?? (await drafts.start(wanted)), request, applicant), wasHere: false };
};

const placeInOrder = (stage: Stage): number => stageNames.indexOf(stage);

/** Whether a request that was here before has left its aim behind: then it is people's, not the sample's any more. */
const hasMovedOn = (request: SampleRequest, seen: Situation): boolean => {
  const place = placeOf(request.target);
  const target = stageNames.find((name) => name === place);
  if (target === undefined) return seen.outcome !== null && seen.outcome !== place;
  if (seen.outcome !== null || (seen.suspended && request.suspended !== true)) return true;
  if (target === 'correction') return seen.correction.rounds > 0 && seen.stage !== 'correction';
  return placeInOrder(seen.stage) > placeInOrder(target);
};

const driven = async (given: SampleDrive, { draft, wasHere }: Written): Promise<Driven> => {
  const { api, desk, sessions, request, funding, decided } = given;
  const requestId = draft.draftId;
  const at = { request, requestId, fault: null };
  const cast = sampleCast(request);
  const scenario = sampleScenario({ request, funding, cast, untilLate: false });
  if (scenario === null) return { ...at, seen: null, result: draft.submittedAt === null ? 'reached' : 'left' };
  const before = wasHere ? await look({ api, requestId }, 1) : null;
  if (before !== null && hasMovedOn(request, before)) return { ...at, seen: before, result: 'left' };
  if (before?.suspended) return { ...at, seen: before, result: 'reached' };
  if (before === null) await submit(api, draft, cast);
  const seen = await drive({ api, desk, sessions, requestId, cast, content: request, scenario, decided });
  return { ...at, seen, result: 'reached' };
};

export const driveSample = async (given: SampleDrive): Promise<Driven> => {
  let requestId: string | null = null;
  try {
    const written = await writtenDraft(given);
    requestId = written.draft.draftId;
    return await driven(given, written);
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    return { request: given.request, requestId, seen: null, result: 'failed', fault: error.details };
  }
};
