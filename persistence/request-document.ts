// The read model's document of a request, from its folded state. Pure.
import type { Entry } from '../domain/audit-entry.js';
import { nextDeadline } from '../domain/deadline.js';
import type { GrantRequest } from '../domain/grant-request.js';
import { phaseOf, statusOf } from '../domain/lifecycle.js';
import { never } from './keyset.js';
import type { Heading } from './request-heading.projection.js';
import type { RequestDocument } from './request.model.js';

export type Recording = {
  readonly after: GrantRequest;
  readonly last: Entry;
  readonly heading: Heading;
  readonly planHash: string;
  readonly headHash: string;
  /** The document before, if the request has one. */
  readonly stored: Pick<RequestDocument, 'submittedAt'> | null;
};

export const documentOf = ({ after, last, heading, planHash, headHash, stored }: Recording): RequestDocument => {
  const { file, award, position, outcome, suspension } = after;
  if (file === null) throw new Error(`request ${after.id} has entries but no submission`);
  const due = nextDeadline(after);
  const at = new Date(last.atMs);
  const awardMinor = award?.amountMinor ?? null;
  return {
    _id: after.id,
    ...heading,
    version: after.version,
    planHash,
    state: after,
    status: statusOf({ position, outcome, suspension }),
    phase: phaseOf(position.stage),
    stage: position.stage,
    lateness: position.lateness,
    suspended: suspension !== null,
    outcome,
    organisationId: file.organisationId,
    programmeCode: file.programmeCode,
    callId: file.callId,
    governorates: file.governorates,
    requestedMinor: file.requestedMinor,
    awardMinor,
    amountOrder: BigInt(awardMinor ?? file.requestedMinor),
    nextDueAt: due === null ? null : new Date(due.atMs),
    dueOrder: due === null ? never : new Date(due.atMs),
    submittedAt: stored?.submittedAt ?? at,
    enteredStageAt: new Date(position.enteredAtMs),
    updatedAt: at,
    headHash,
  };
};
