// What operators see in Temporal's own UI: search attributes and details. Stored in clear, so never anything personal.
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { GrantRequest } from '../domain/grant-request.js';
import { statusOf } from '../domain/lifecycle.js';
import { nextDeadline } from '../domain/deadline.js';

export const phaseAttribute = defineSearchAttributeKey('SanadPhase', SearchAttributeType.KEYWORD);
export const statusAttribute = defineSearchAttributeKey('SanadStatus', SearchAttributeType.KEYWORD);

export const currentDetailsOf = (request: GrantRequest): string => {
  const due = nextDeadline(request);
  return [
    `**${statusOf(request)}** (version ${request.version})`,
    ...(request.position.lateness ? [`- ${request.position.lateness}`] : []),
    ...(due ? [`- next: ${due.id} ${due.step} at ${new Date(due.atMs).toISOString()}`] : []),
    ...request.tranches.map((tranche) => `- ${tranche.purpose} ${tranche.number}: ${tranche.state}`),
  ].join('\n');
};
